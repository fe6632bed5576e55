#include "api/routes/list_index.h"

#include <algorithm>
#include <set>

#include "api/routes/entry_field.h"
#include "api/routes/hidden_fields.h"
#include "api/routes/sort_key.h"
#include "cms/change/sessions.h"

namespace stet::api {
namespace {

using change::Listed;
using site::Site;
using site::SourceFile;
using site::SourceFilePtr;

liquid::Value value_of(const ListSpec& spec, const Listed& listed, const std::string& field) {
  return hides(spec.hidden, field) ? liquid::Value() : field_of(listed, field);
}

// When the session first takes place, however its times are written.
liquid::Value start_of(const schedule::Session& session) {
  std::optional<Time> first;
  for (const schedule::Slot& slot : session.slots) {
    if (slot.start && (!first || *slot.start < *first)) first = slot.start;
  }
  return first ? liquid::Value(*first) : liquid::Value();
}

bool is_shown(const Site& site, const Listed& listed) {
  if (!listed.document) return false;
  site::DocumentPtr shown = site.find_document(listed.document->facts().subject);
  return shown.get() == listed.document.get();
}

// None where the file is not in the list.
std::optional<std::pair<std::string, ListIndex::Row>> row_of(const Site& site,
                                                             const ListSpec& spec,
                                                             const std::string& path,
                                                             const SourceFilePtr& source) {
  auto listed = change::listed_at(site, *spec.resource, spec.label, path, *source);
  if (!listed || (spec.is_public && !is_shown(site, *listed))) return std::nullopt;
  for (const Filter& filter : spec.filters) {
    if (!filter.passes(value_of(spec, *listed, filter.field()))) return std::nullopt;
  }
  std::optional<schedule::Session> session;
  if (spec.event && listed->document) {
    session = change::session_of(*listed->document, *spec.event);
  }
  bool passes = session ? spec.sessions.passes(*session) : spec.sessions.is_empty();
  if (!passes) return std::nullopt;
  std::string key;
  for (const SortField& field : spec.sort) {
    bool is_start = session && field.name == "start" && !hides(spec.hidden, field.name);
    liquid::Value value = is_start ? start_of(*session) : value_of(spec, *listed, field.name);
    append_sort_key(key, value, field.is_descending, site.config().zone());
  }
  ListIndex::Row row{source, static_cast<std::uint32_t>(key.size())};
  key += path;
  return std::pair(std::move(key), std::move(row));
}

std::size_t bytes_of(const std::string& key) {
  constexpr std::size_t kRowBytes = 128;  // its node, and what the heap adds
  return key.size() + kRowBytes;
}

// The files that may be in the list in another way than before.
std::set<std::string> touched_between(const Site& before, const Site& after, bool is_public) {
  std::set<std::string> paths;
  before.sources().compare(
      after.sources(),
      [](const SourceFilePtr& a, const SourceFilePtr& b) { return a == b; },
      [&](const std::string& path, const SourceFilePtr*, const SourceFilePtr*) {
        paths.insert(path);
      });
  if (!is_public) return paths;
  before.documents().compare(
      after.documents(),
      [](const site::DocumentPtr& a, const site::DocumentPtr& b) { return a.get() == b.get(); },
      [&](const std::string&, const site::DocumentPtr* a, const site::DocumentPtr* b) {
        paths.insert((a ? *a : *b)->facts().path);
      });
  return paths;
}

}  // namespace

std::string ListSpec::canonical() const {
  std::string text(resource->name);
  auto add = [&](std::string_view part) {
    text += "\n" + std::to_string(part.size()) + ":";
    text += part;
  };
  add(label);
  add(scope);
  for (const SortField& field : sort) add((field.is_descending ? "-" : "+") + field.name);
  std::vector<std::string> conditions;
  for (const Filter& filter : filters) conditions.push_back(filter.canonical());
  std::sort(conditions.begin(), conditions.end());
  for (const std::string& condition : conditions) add("?" + condition);
  if (event) add("sessions " + event_version + sessions.canonical());
  if (!is_public) return text;
  add("public");
  for (const std::string& field : hidden) add(field);
  return text;
}

ListIndexPtr ListIndex::build(site::SitePtr site, const ListSpec& spec) {
  std::vector<std::pair<std::string, Row>> rows;
  std::size_t bytes = 0;
  site->sources().for_each([&](const std::string& path, const SourceFilePtr& source) {
    auto row = row_of(*site, spec, path, source);
    if (!row) return;
    bytes += bytes_of(row->first);
    rows.push_back(std::move(*row));
  });
  std::sort(
      rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  Rows sorted = Rows::from_sorted(std::move(rows));
  return ListIndexPtr(new ListIndex(std::move(site), std::move(sorted), bytes));
}

ListIndexPtr ListIndex::advance(site::SitePtr site, const ListSpec& spec) const {
  Rows rows = rows_;
  std::size_t bytes = bytes_;
  for (const std::string& path : touched_between(*site_, *site, spec.is_public)) {
    const SourceFilePtr* before = site_->sources().find(path);
    const SourceFilePtr* after = site->sources().find(path);
    if (before) {
      if (auto row = row_of(*site_, spec, path, *before)) {
        bytes -= bytes_of(row->first);
        rows = rows.erase(row->first);
      }
    }
    if (!after) continue;
    if (auto row = row_of(*site, spec, path, *after)) {
      bytes += bytes_of(row->first);
      rows = rows.set(std::move(row->first), std::move(row->second));
    }
  }
  return ListIndexPtr(new ListIndex(std::move(site), std::move(rows), bytes));
}

ListIndexPtr ListIndexes::find_or_make(const site::SitePtr& site,
                                       const ListSpec& spec,
                                       bool is_patient) {
  std::string key = spec.canonical();
  ListIndexPtr known = find(key);
  if (known && known->site() == site) return known;
  bool is_of_same = known && &known->site()->config() == &site->config();
  std::mutex& mutex =
      is_of_same ? advancing_[std::hash<std::string>()(key) % advancing_.size()] : making_;
  std::unique_lock making(mutex, std::defer_lock);
  if (is_of_same) {
    making.lock();
  } else if (is_patient) {
    ++waiting_;
    making.lock();
    --waiting_;
  } else if (waiting_ > 0 || !making.try_lock()) {
    return nullptr;
  }
  known = find(key);
  if (known && known->site() == site) return known;
  is_of_same = known && &known->site()->config() == &site->config();
  ListIndexPtr index = is_of_same ? known->advance(site, spec) : ListIndex::build(site, spec);
  {
    std::lock_guard lock(mutex_);
    ++(is_of_same ? advanced_ : made_);
  }
  put(key, index);
  return index;
}

std::uint64_t ListIndexes::made() const {
  std::lock_guard lock(mutex_);
  return made_;
}

std::uint64_t ListIndexes::advanced() const {
  std::lock_guard lock(mutex_);
  return advanced_;
}

ListIndexPtr ListIndexes::find(const std::string& key) {
  std::lock_guard lock(mutex_);
  auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  found->second->turn = turn_;
  return found->second->index;
}

void ListIndexes::drop_last(std::list<Entry>& dropped) {
  auto last = std::prev(entries_.end());
  bytes_ -= last->index->bytes();
  by_key_.erase(last->key);
  dropped.splice(dropped.begin(), entries_, last);
}

void ListIndexes::put(const std::string& key, ListIndexPtr index) {
  std::list<Entry> dropped;  // freed after the lock
  std::lock_guard lock(mutex_);
  if (newest_ != index->site()) {
    newest_ = index->site();
    ++turn_;
  }
  if (auto found = by_key_.find(key); found != by_key_.end()) {
    entries_.splice(entries_.end(), entries_, found->second);
    drop_last(dropped);
  }
  bytes_ += index->bytes();
  entries_.push_front({key, std::move(index), turn_});
  by_key_.emplace(key, entries_.begin());
  auto is_beyond = [&] {
    return entries_.size() > kIndexesMax || bytes_ > bytes_max_ ||
           turn_ - entries_.back().turn > kSitesMax;
  };
  while (entries_.size() > 1 && is_beyond()) drop_last(dropped);
}

}  // namespace stet::api
