#include "cms/media/references.h"

#include <algorithm>

#include "cms/media/name.h"
#include "cms/media/reference_scan.h"
#include "cms/site/permalink.h"
#include "storage/base/utf8.h"

namespace stet::media {
namespace {

constexpr std::size_t kTextBytesMax = std::size_t{8} << 20;
constexpr char kPart = '\n';  // in no name

std::string last_part(std::string_view name) {
  std::string decoded = site::unescape_path(name);
  return decoded.substr(decoded.rfind('/') + 1);
}

// What is no text has no names in it; an SVG is a text, and may show others.
bool may_name(std::string_view path) {
  if (!is_media_path(path)) return true;
  return path.ends_with(".svg") || path.ends_with(".vtt") || path.ends_with(".ics");
}

std::string output_of(const site::Site& site, std::string_view path) {
  const site::SourceFile* source = site.find_source(path);
  return source && source->static_file ? source->static_file->output_path() : std::string(path);
}

struct HolderFacts {
  std::string path, page, site_url, base_url;
  NameHolder view() const { return {path, page, site_url, base_url}; }
};

// A file that is there, so that only its name is like another's.
bool names_another(const site::Site& site, std::string_view name, const NameHolder& holder) {
  for (const std::string& path : paths_of(name, holder)) {
    if (site.blob_of(path) || site.find_output(path)) return true;
  }
  return false;
}

HolderFacts facts_of(const site::Site& site, const std::string& holder) {
  return {holder, page_of(site, holder), site.config().text("url"), site.config().text("baseurl")};
}

}  // namespace

std::string page_of(const site::Site& site, std::string_view holder) {
  const site::SourceFile* source = site.find_source(holder);
  if (!source) return "";
  for (const site::DocumentPtr& document : source->documents) return document->facts().output_path;
  return source->static_file ? source->static_file->output_path() : "";
}

void References::remove(const std::string& holder) {
  const auto* keys = holders_.find(holder);
  if (!keys) return;
  for (const std::string& key : **keys) names_ = names_.erase(key);
  holders_ = holders_.erase(holder);
}

void References::add(const std::string& holder) {
  if (!may_name(holder)) return;
  auto text = site_->read_path(holder);
  if (!text || text->size() > kTextBytesMax || !is_utf8(*text)) return;
  std::vector<std::string> keys;
  for (const NameSpan& span : find_names(*text)) {
    std::string name = text->substr(span.begin, span.end - span.begin);
    keys.push_back(last_part(name) + kPart + holder + kPart + name);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  if (keys.empty()) return;
  for (const std::string& key : keys) names_ = names_.set(key, true);
  holders_ =
      holders_.set(holder, std::make_shared<const std::vector<std::string>>(std::move(keys)));
}

ReferencesPtr References::build(site::SitePtr site) {
  std::shared_ptr<References> built(new References(std::move(site)));
  std::vector<std::pair<std::string, bool>> names;
  std::vector<std::pair<std::string, std::shared_ptr<const std::vector<std::string>>>> holders;
  built->site_->sources().for_each([&](const std::string& path, const site::SourceFilePtr&) {
    built->names_ = Names();
    built->holders_ = Holders();
    built->add(path);
    const auto* keys = built->holders_.find(path);
    if (!keys) return;
    for (const std::string& key : **keys) names.emplace_back(key, true);
    holders.emplace_back(path, *keys);
  });
  std::sort(names.begin(), names.end());
  built->names_ = Names::from_sorted(std::move(names));
  built->holders_ = Holders::from_sorted(std::move(holders));
  return built;
}

ReferencesPtr References::advance(site::SitePtr site) const {
  std::shared_ptr<References> next(new References(std::move(site)));
  next->names_ = names_;
  next->holders_ = holders_;
  auto is_same = [](const site::SourceFilePtr& a, const site::SourceFilePtr& b) {
    return a == b || a->blob == b->blob;
  };
  site_->sources().compare(
      next->site_->sources(),
      is_same,
      [&](const std::string& path, const site::SourceFilePtr* before, const auto* after) {
        if (before) next->remove(path);
        if (after) next->add(path);
      });
  return next;
}

template <typename Visit>
void References::for_each_holder(std::string_view path, Visit visit) const {
  const std::string output = output_of(*site_, path);
  const std::string_view name = path.substr(path.rfind('/') + 1), seen = seen_name(name);
  for (std::string_view last : {name, seen}) {
    for_each_name(path, output, std::string(last), visit);
    if (seen == name) return;
  }
}

template <typename Visit>
void References::for_each_name(std::string_view path,
                               const std::string& output,
                               const std::string& last,
                               Visit visit) const {
  const std::string begin = last + kPart;
  HolderFacts facts;
  for (std::size_t i = names_.rank_of(begin); i < names_.size(); ++i) {
    std::string_view key = names_.at(i).first;
    if (!key.starts_with(begin)) return;
    key.remove_prefix(begin.size());
    std::string_view own = key.substr(0, key.find(kPart)), name = key.substr(own.size() + 1);
    if (own == path) continue;
    if (own != facts.path) facts = facts_of(*site_, std::string(own));
    Naming naming = naming_of(name, facts.view(), path, output);
    if (naming == Naming::kByName && names_another(*site_, name, facts.view())) continue;
    if (naming != Naming::kOther) visit(facts, name, naming == Naming::kByPath);
  }
}

std::size_t References::count_of(std::string_view path) const {
  std::size_t count = 0;
  std::string last;
  for_each_holder(path, [&](const HolderFacts& holder, std::string_view, bool) {
    count += holder.path != last;
    last = holder.path;
  });
  return count;
}

Result<std::vector<Use>> References::uses_of(std::string_view path, std::size_t uses_max) const {
  std::vector<Use> uses;
  std::vector<std::string> holders;
  for_each_holder(path, [&](const HolderFacts& holder, std::string_view, bool) {
    if (holders.empty() || holders.back() != holder.path) holders.push_back(holder.path);
  });
  const std::string output = output_of(*site_, path);
  for (const std::string& holder : holders) {
    if (uses.size() >= uses_max) break;
    std::string text = TRY(site_->read_path(holder));
    HolderFacts facts = facts_of(*site_, holder);
    PlaceCounter places(text);
    for (const NameSpan& span : find_names(text)) {
      std::string name = text.substr(span.begin, span.end - span.begin);
      Naming naming = naming_of(name, facts.view(), path, output);
      bool is_other = naming == Naming::kOther ||
                      (naming == Naming::kByName && names_another(*site_, name, facts.view()));
      if (is_other || uses.size() >= uses_max) continue;
      const PlaceCounter::Place place = places.at(span.begin);
      uses.push_back({.path = holder,
                      .line = place.line,
                      .column = place.column,
                      .text = std::move(name),
                      .is_sure = naming == Naming::kByPath,
                      .begin = span.begin});
    }
  }
  return uses;
}

ReferencesPtr RecentReferences::of(const site::SitePtr& site) {
  std::lock_guard lock(mutex_);
  auto found = std::find_if(recent_.begin(), recent_.end(), [&](const ReferencesPtr& one) {
    return one->site() == site;
  });
  if (found != recent_.end()) {
    std::rotate(found, found + 1, recent_.end());
    return recent_.back();
  }
  auto made = recent_.empty() ? References::build(site) : recent_.back()->advance(site);
  if (recent_.size() == kSitesMax) recent_.erase(recent_.begin());
  recent_.push_back(made);
  return made;
}

}  // namespace stet::media
