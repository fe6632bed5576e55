#include "api/events/commit_events.h"

#include <array>
#include <charconv>
#include <utility>

#include "api/events/commit_changes.h"
#include "cms/change/field_changes.h"
#include "cms/schedule/event.h"
#include "storage/history/commit_range.h"

namespace stet::events {
namespace {

using Kind = EntryEvent::Kind;

constexpr std::array<std::string_view, 4> kNames = {
    "entry.created", "entry.updated", "entry.deleted", "entry.moved"};

// Configurations of commits, each read once.
class PlacesOf {
 public:
  Result<change::PlacesPtr> find(const storage::SnapshotPtr& snapshot) {
    std::pair<std::string, bool> key;
    if (auto entry = TRY(snapshot->find(TRY(RepoPath::parse("_config.yml"))))) {
      key.first = entry->blob.hex();
    }
    key.second = TRY(snapshot->find(TRY(RepoPath::parse(schedule::kEventPath)))).has_value();
    auto known = places_.find(key);
    if (known != places_.end()) return known->second;
    auto places = TRY(change::Places::of(*snapshot));
    places_.emplace(std::move(key), places);
    return places;
  }

 private:
  std::map<std::pair<std::string, bool>, change::PlacesPtr> places_;
};

Kind kind_of(const FileMove& file) {
  if (!file.before) return Kind::kCreated;
  if (!file.after) return Kind::kDeleted;
  return *file.from == *file.to ? Kind::kUpdated : Kind::kMoved;
}

void add_fields(const std::string& before, const std::string& after, EntryEvent& event) {
  auto changes = change::field_changes(event.after->path, before, after);
  event.has_more_fields = changes.size() > CommitEvents::kFieldsMax;
  if (event.has_more_fields) changes.resize(CommitEvents::kFieldsMax);
  for (change::FieldChange& change : changes) event.fields.push_back(std::move(change.pointer));
}

Result<EntryEvent> event_of(const FileMove& file, const CommitFiles& files, PlacesOf& places) {
  EntryEvent event;
  event.kind = kind_of(file);
  std::string before, after;
  if (file.before) {
    before = TRY(text_of(files.before, *file.from, *file.before));
    auto found = TRY(places.find(files.before));
    event.before = {*file.from, file.before->blob, found->find(*file.from, before)};
  }
  if (file.after) {
    after = TRY(text_of(files.after, *file.to, *file.after));
    auto found = TRY(places.find(files.after));
    event.after = {*file.to, file.after->blob, found->find(*file.to, after)};
  }
  if (file.before && file.after) add_fields(before, after, event);
  return event;
}

std::optional<std::size_t> number_of(std::string_view text) {
  std::size_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::string_view name_of(Kind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<EventCursor> EventCursor::parse(std::string_view text) {
  const std::string_view whole = text;
  std::array<std::string_view, 4> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::size_t dot = i + 1 < parts.size() ? text.find('.') : text.size();
    if (dot == std::string_view::npos) return std::nullopt;
    parts[i] = text.substr(0, dot);
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  auto since = CommitId::parse(parts[0]), until = CommitId::parse(parts[1]);
  auto commit = number_of(parts[2]), event = number_of(parts[3]);
  if (!since || !until || !commit || !event) return std::nullopt;
  EventCursor cursor{*since, *until, *commit, *event};
  return cursor.string() == whole ? std::optional(cursor) : std::nullopt;
}

std::string EventCursor::string() const {
  return since.hex() + "." + until.hex() + "." + std::to_string(commit) + "." +
         std::to_string(event);
}

Result<CommitEvents::Commits> CommitEvents::range(const CommitId& since,
                                                  const CommitId& until) const {
  {
    std::lock_guard lock(mutex_);
    if (commits_ && since_ == since && until_ == until) return commits_;
  }
  auto commits = std::make_shared<const std::vector<CommitId>>(
      TRY(storage::commits_between(repository_, since, until, kCommitsMax)));
  std::lock_guard lock(mutex_);
  since_ = since;
  until_ = until;
  commits_ = commits;
  return Commits(std::move(commits));
}

Result<EventPage> CommitEvents::page(const EventCursor& from, std::size_t limit) const {
  Commits commits = TRY(range(from.since, from.until));
  if (from.commit > commits->size()) return invalid_input("the cursor is beyond its range");
  EventPage page;
  PlacesOf places;
  EventCursor at = from;
  std::size_t looked_at = 0;
  for (; at.commit < commits->size(); ++at.commit, at.event = 0) {
    if (page.events.size() == limit || looked_at++ == kCommitsLookedAt) {
      page.next = at;
      return page;
    }
    auto record = std::make_shared<const storage::CommitRecord>(
        TRY(repository_.read_commit((*commits)[at.commit])));
    CommitFiles files = TRY(files_of(repository_, *record, kMovesMax));
    for (; at.event < files.files.size(); ++at.event) {
      if (page.events.size() == limit) {
        page.next = at;
        return page;
      }
      EntryEvent event = TRY(event_of(files.files[at.event], files, places));
      event.id = record->id.hex() + "-" + std::to_string(at.event);
      event.commit = record;
      event.commit_number = at.commit;
      event.number = at.event;
      page.events.push_back(std::move(event));
    }
  }
  return page;
}

}  // namespace stet::events
