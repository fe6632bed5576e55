// Names of media that lead nowhere.

#include <algorithm>
#include <set>

#include "cms/media/name.h"
#include "cms/media/reference_scan.h"
#include "cms/media/references.h"

namespace stet::media {
namespace {

constexpr std::size_t kFoundMax = 2000;

bool leads_nowhere(const site::Site& site, std::string_view name, const NameHolder& holder) {
  if (name.find('/') == name.npos) return false;
  auto paths = paths_of(name, holder);
  return !paths.empty() && std::none_of(paths.begin(), paths.end(), [&](const std::string& path) {
    return site.blob_of(path) || site.find_output(path);
  });
}

// What stands before a name in a template may be a part of it; the site's own address is none.
bool may_be_a_part(std::string_view before) {
  if (!before.ends_with('}')) return false;
  std::string_view tag = before.substr(std::min(before.rfind('{'), before.size()));
  return tag.find("site.baseurl") == tag.npos && tag.find("site.url") == tag.npos;
}

void add_places(const std::string& holder,
                const std::string& text,
                const std::set<std::string>& names,
                std::vector<Use>& uses) {
  PlaceCounter places(text);
  for (const NameSpan& span : find_names(text)) {
    std::string name = text.substr(span.begin, span.end - span.begin);
    if (!names.contains(name) || may_be_a_part(std::string_view(text).substr(0, span.begin))) {
      continue;
    }
    const PlaceCounter::Place place = places.at(span.begin);
    uses.push_back({.path = holder,
                    .line = place.line,
                    .column = place.column,
                    .text = std::move(name),
                    .is_sure = true,
                    .begin = span.begin});
  }
}

}  // namespace

Result<std::vector<Use>> References::dead_names(std::size_t names_max) const {
  std::lock_guard lock(mutex_);
  if (!dead_) {
    const std::string url = site_->config().text("url"), base = site_->config().text("baseurl");
    std::vector<Use> uses;
    for (std::size_t i = 0; i < holders_.size() && uses.size() < kFoundMax; ++i) {
      const auto& [path, keys] = holders_.at(i);
      const std::string page = page_of(*site_, path);
      std::set<std::string> names;
      for (const std::string& key : *keys) {
        std::string name = key.substr(key.rfind('\n') + 1);
        if (leads_nowhere(*site_, name, {path, page, url, base})) names.insert(std::move(name));
      }
      if (!names.empty()) add_places(path, TRY(site_->read_path(path)), names, uses);
    }
    dead_ = std::make_shared<const std::vector<Use>>(std::move(uses));
  }
  auto end = dead_->begin() + static_cast<std::ptrdiff_t>(std::min(names_max, dead_->size()));
  return std::vector<Use>(dead_->begin(), end);
}

}  // namespace stet::media
