#include "api/events/commit_teller.h"

#include "api/events/event_json.h"
#include "storage/history/merge_base.h"

namespace stet::events {
namespace {

ToldEvent told(std::string_view type, const Json& json) { return {std::string(type), dump(json)}; }

}  // namespace

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
      if (is_news) tell(*since, commit);
      feed_.reach(commit);
    }
    lock.lock();
  }
}

void CommitTeller::tell(const CommitId& since, const CommitId& until) {
  for (const ToldEvent& event : between(since, until, kEventsMax)) {
    feed_.tell(event.type, event.json);
  }
}

std::vector<ToldEvent> CommitTeller::events_since(const CommitId& since, std::size_t limit) const {
  std::optional<CommitId> until = feed_.reached();
  return until ? between(since, *until, limit) : std::vector<ToldEvent>();
}

std::vector<ToldEvent> CommitTeller::between(const CommitId& since,
                                             const CommitId& until,
                                             std::size_t limit) const {
  std::vector<ToldEvent> events;
  auto skipped = [&](Skipped why, const std::optional<CommitId>& base = std::nullopt) {
    return std::vector{told(kSkipped, skipped_json(why, since, until, base))};
  };
  EventCursor cursor{since, until};
  for (;;) {
    auto page = commits_.page(cursor, limit);
    if (!page) {
      switch (page.error().code) {
        case ErrorCode::kNotFound: return skipped(Skipped::kGone);
        case ErrorCode::kInvalidInput: return skipped(Skipped::kTooMany);
        case ErrorCode::kConflict: {
          auto base = storage::merge_base(repository_, since, until);
          return skipped(Skipped::kRewritten, base ? *base : std::nullopt);
        }
        default: note_("events of commits: " + page.error().message); return events;
      }
    }
    for (const EntryEvent& event : page->events) {
      events.push_back(told(name_of(event.kind), to_json(event)));
    }
    if (!page->next) return events;
    if (events.size() >= limit) return skipped(Skipped::kTooMany);
    cursor = *page->next;
  }
}

}  // namespace stet::events
