#include "api/events/commit_teller.h"

#include "api/events/event_json.h"
#include "storage/history/merge_base.h"

namespace stet::events {

CommitTeller::CommitTeller(const storage::Repository& repository,
                           EventFeed& feed,
                           std::function<void(std::string_view)> note)
    : repository_(repository),
      commits_(repository),
      feed_(feed),
      note_(std::move(note)),
      thread_([this] { work(); }) {}

CommitTeller::~CommitTeller() {
  {
    std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void CommitTeller::reach(const CommitId& commit) {
  if (feed_.begin_at(commit)) return;
  {
    std::lock_guard lock(mutex_);
    wanted_ = commit;
  }
  changed_.notify_all();
}

void CommitTeller::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return is_stopped_ || wanted_; });
    if (is_stopped_) return;
    CommitId commit = *std::exchange(wanted_, std::nullopt);
    lock.unlock();
    std::optional<CommitId> since = feed_.reached();
    bool is_news = since && *since != commit;
    if (!is_news || !feed_.reach_untold(commit)) {
      if (is_news) {
        for (const ToldEvent& event : events_between(whole(*since), whole(commit), kEventsMax)) {
          feed_.tell(event);
        }
      }
      feed_.reach(commit);
    }
    lock.lock();
  }
}

std::vector<ToldEvent> CommitTeller::skipped(Skipped why, const EventCursor& range) const {
  std::optional<CommitId> base;
  if (why == Skipped::kRewritten) {
    auto found = storage::merge_base(repository_, range.since, range.until);
    if (found) base = *found;
  }
  return {{std::string(kSkipped), dump(skipped_json(why, range.since, range.until, base))}};
}

bool CommitTeller::add_range(const Reach& reach,
                             std::size_t limit,
                             std::vector<ToldEvent>& events) const {
  EventCursor cursor = reach.from;
  for (;;) {
    auto page = commits_.page(cursor, limit);
    if (!page) {
      switch (page.error().code) {
        case ErrorCode::kNotFound: events = skipped(Skipped::kGone, cursor); return false;
        case ErrorCode::kInvalidInput: events = skipped(Skipped::kTooMany, cursor); return false;
        case ErrorCode::kConflict: events = skipped(Skipped::kRewritten, cursor); return false;
        default: note_("events of commits: " + page.error().message); return true;
      }
    }
    for (const EntryEvent& event : page->events) {
      EventCursor place{cursor.since, cursor.until, event.commit_number, event.number + 1};
      events.push_back(
          {std::string(name_of(event.kind)), dump(to_json(event)), {.commits = place}});
      if (place == reach.until) return true;
    }
    if (!page->next) break;
    if (events.size() >= limit) {
      events = skipped(Skipped::kTooMany, cursor);
      return false;
    }
    cursor = *page->next;
  }
  if (!events.empty()) events.back().place.commits = whole(cursor.until);
  return true;
}

std::vector<ToldEvent> CommitTeller::events_between(const EventCursor& from,
                                                    const EventCursor& until,
                                                    std::size_t limit) const {
  std::vector<Reach> reaches;
  bool is_same_range = from.since == until.since && from.until == until.until;
  if (from == until) return {};
  if (is_same_range) {
    reaches.push_back({from, until});
  } else {
    if (!is_whole(from)) reaches.push_back({from});
    if (from.until != until.since) reaches.push_back({{from.until, until.since}});
    if (!is_whole(until)) reaches.push_back({{until.since, until.until}, until});
  }
  std::vector<ToldEvent> events;
  for (const Reach& reach : reaches) {
    std::vector<ToldEvent> more;
    bool is_told = add_range(reach, limit, more);
    if (is_told && events.size() + more.size() > limit) {
      is_told = false;
      more = skipped(Skipped::kTooMany, {from.since, until.since});
    }
    if (!is_told) {
      more.back().place.commits = until;
      return more;
    }
    events.insert(events.end(), more.begin(), more.end());
  }
  return events;
}

}  // namespace stet::events
