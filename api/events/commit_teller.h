// Tells the feed what each commit that becomes live has done to entries.
//
// A thread of its own, so that no publication waits for it; the events of a commit therefore come a
// moment after it is live. While nobody listens nothing is told: who comes back is told then.
// Threads: every method from any thread. Failure: what cannot be read is noted, and left out.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

#include "api/events/commit_events.h"
#include "api/events/event_feed.h"
#include "api/events/event_json.h"

namespace stet::events {

class CommitTeller {
 public:
  // Of one range; of a larger one a listener is told only that there are more.
  static constexpr std::size_t kEventsMax = 200;

  // All must outlive it. `note` is told what an operator should know.
  CommitTeller(const storage::Repository& repository,
               EventFeed& feed,
               std::function<void(std::string_view)> note);
  ~CommitTeller();

  // This commit is live. Does not wait. The first is where the feed begins: what is before it is
  // told to those who come with an id of an earlier run.
  void reach(const CommitId& commit);

  const CommitEvents& commits() const { return commits_; }

  // What was told behind one place and up to another, each with its own; for openings. At most
  // `limit` events, or one that says why they are left out.
  std::vector<ToldEvent> events_between(const EventCursor& from,
                                        const EventCursor& until,
                                        std::size_t limit) const;

 private:
  void work();
  // Events of one range, behind `from` and up to the last place that is given; false, and one that
  // says why, where they cannot be told.
  struct Reach {
    EventCursor from;
    std::optional<EventCursor> until = std::nullopt;  // of the same range; none: to its end
  };
  bool add_range(const Reach& reach, std::size_t limit, std::vector<ToldEvent>& events) const;
  std::vector<ToldEvent> skipped(Skipped why, const EventCursor& range) const;

  const storage::Repository& repository_;
  const CommitEvents commits_;
  EventFeed& feed_;
  const std::function<void(std::string_view)> note_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<CommitId> wanted_;
  bool is_stopped_ = false;
  std::thread thread_;
};

}  // namespace stet::events
