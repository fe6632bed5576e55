#include "api/webhooks/subscription.h"

#include <algorithm>
#include <array>

#include "api/events/event_json.h"
#include "cms/change/resource.h"
#include "storage/base/utf8.h"

namespace stet::webhooks {
namespace {

constexpr auto kTypes = std::to_array<std::string_view>({"entry.created",
                                                         "entry.updated",
                                                         "entry.deleted",
                                                         "entry.moved",
                                                         kPublished,
                                                         kRollback,
                                                         "change.created",
                                                         "change.updated",
                                                         "change.reviewed",
                                                         "change.review_dismissed",
                                                         "change.commented",
                                                         "change.scheduled",
                                                         "change.blocked",
                                                         "change.published",
                                                         "change.withdrawn"});

bool fits(std::string_view pattern, std::string_view type) {
  if (!pattern.ends_with('*')) return pattern == type;
  return type.starts_with(pattern.substr(0, pattern.size() - 1));
}

bool is_word_in(std::string_view text, const auto& is_wanted) {
  while (!text.empty()) {
    std::string_view word = text.substr(0, text.find(' '));
    if (is_wanted(word)) return true;
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return false;
}

}  // namespace

std::span<const std::string_view> event_types() { return kTypes; }

Status check_type(std::string_view pattern) {
  for (std::string_view known : {"*", "entry.*", "site.*", "change.*"}) {
    if (pattern == known) return {};
  }
  if (std::find(kTypes.begin(), kTypes.end(), pattern) != kTypes.end()) return {};
  std::string names;
  for (std::string_view type : kTypes) names.append(type).append(", ");
  return invalid_input("'" + printable(pattern, 60) + "' is no type of events; there are " + names +
                       "entry.*, site.*, change.* and *");
}

Status check_resource(std::string_view name) {
  if (change::find_resource(name)) return {};
  std::string names;
  for (const change::Resource& resource : change::resources()) {
    names.append(names.empty() ? "" : ", ").append(resource.name);
  }
  return invalid_input("'" + printable(name, 60) + "' is no resource; there are " + names);
}

bool wants_type(std::string_view patterns, std::string_view type) {
  if (patterns.empty() || type == events::kSkipped) return true;
  return is_word_in(patterns, [&](std::string_view pattern) { return fits(pattern, type); });
}

bool wants_resource(std::string_view resources, std::string_view resource) {
  if (resources.empty()) return true;
  return is_word_in(resources, [&](std::string_view name) { return name == resource; });
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  is_word_in(text, [&](std::string_view word) {
    if (!word.empty()) words.emplace_back(word);
    return false;
  });
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

}  // namespace stet::webhooks
