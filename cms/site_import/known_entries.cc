#include "cms/site_import/known_entries.h"

#include <algorithm>
#include <cstdlib>

#include "cms/site_import/site_name.h"
#include "storage/base/time.h"

namespace stet::site_import {
namespace {

using document::Data;

constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::string_view kDigits = "0123456789";

std::string known_text(const Data* value) {
  if (!value) return "";
  if (const std::int64_t* number = value->integer()) return std::to_string(*number);
  return value->string() ? *value->string() : "";
}

std::optional<std::int64_t> known_seconds(const Data* value) {
  if (!value) return std::nullopt;
  if (value->time()) return value->time()->seconds;
  if (value->date()) return seconds_as_utc({.date = *value->date()});
  return std::nullopt;
}

// "ropes" and "ropes-2" of "_posts/2020-05-03-ropes-2.html".
bool has_name(std::string_view path, std::string_view name) {
  path.remove_prefix(path.rfind('/') + 1);
  path = path.substr(0, path.rfind('.'));
  bool is_dated = path.size() > 11 && path[4] == '-' && path[7] == '-' && path[10] == '-' &&
                  path.substr(0, 4).find_first_not_of(kDigits) == path.npos;
  if (is_dated) path.remove_prefix(11);
  if (path == name) return true;
  std::size_t hyphen = path.find_last_not_of(kDigits);
  return hyphen != path.npos && hyphen + 1 < path.size() && path[hyphen] == '-' &&
         path.substr(0, hyphen) == name;
}

}  // namespace

void KnownEntries::add(const Data& front_matter, const std::string& path) {
  std::string id = known_text(front_matter.find(kIdKey));
  if (id.empty()) return;
  Entry entry{.path = path,
              .title = known_text(front_matter.find("title")),
              .site = {},
              .seconds = known_seconds(front_matter.find("date"))};
  if (front_matter.find(kSiteKey)) entry.site = known_text(front_matter.find(kSiteKey));
  by_id_.emplace(std::move(id), std::move(entry));
}

// People may have written it in another way.
bool KnownEntries::Entry::is_of(const std::string& name) const {
  return site && (*site == name || site_name(*site) == name);
}

KnownEntries::Likeness KnownEntries::likeness(const Entry& entry, const SoughtEntry& sought) {
  bool is_dated = entry.seconds && sought.seconds;
  if (is_dated && std::abs(*entry.seconds - *sought.seconds) > kDaySeconds) return Likeness::kNone;
  bool is_like = (!sought.title.empty() && entry.title == sought.title) ||
                 (!sought.slug.empty() && has_name(entry.path, sought.slug));
  if (!is_like) return Likeness::kNone;
  return is_dated ? Likeness::kDated : Likeness::kLooks;
}

// One that says the site is the item's, whatever it looks like by now, where there is one for each
// item of that number.
KnownEntries::Entry* KnownEntries::own_entry(const SoughtEntry& sought) {
  Entry *own = nullptr, *unnamed = nullptr;
  std::size_t own_number = 0;
  auto [begin, end] = by_id_.equal_range(sought.id);
  for (auto at = begin; at != end; ++at) {
    Entry& entry = at->second;
    bool is_own = entry.is_of(sought.site);
    own_number += is_own;
    if (entry.is_taken || (entry.site && !is_own)) continue;
    bool is_like = likeness(entry, sought) != Likeness::kNone;
    if (is_own && is_like) return &entry;
    if (is_own && !own) own = &entry;
    if (!is_own && is_like && !unnamed) unnamed = &entry;
  }
  return own && own_number >= sought.items ? own : unnamed;
}

KnownEntries::Found KnownEntries::take(const SoughtEntry& sought) {
  if (Entry* own = own_entry(sought)) {
    own->is_taken = true;
    return {.own = own->path, .is_guessed = !own->site};
  }
  auto [begin, end] = by_id_.equal_range(sought.id);
  auto other = std::find_if(begin, end, [&](const auto& one) {
    const Entry& entry = one.second;
    if (entry.is_taken) return false;
    if (!entry.site) return true;
    return !entry.is_of(sought.site) && likeness(entry, sought) == Likeness::kDated;
  });
  if (other == end) return {};
  return {.other = other->second.path, .other_site = other->second.site};
}

}  // namespace stet::site_import
