// What happens, as events for those who listen at /api/v1/events.
//
// "publication": a new state of the site. "progress": pages of it that were stale have become
// fresh. "rollback": an older publication is live, or no longer. "remote": the upstream stands
// otherwise than before (remote.h). "state": what there is to know
// when somebody begins to listen. Threads: any.
#pragma once

#include "api/routes/call.h"
#include "storage/base/clock.h"

namespace stet::api {

// Of news that a pipeline tells, one after the other. Progress is told at most every fifth of a
// second, and at its end.
class NewsTeller {
 public:
  NewsTeller(events::EventFeed& feed, const Clock& clock) : feed_(feed), clock_(clock) {}
  void tell(const pipeline::News& news);

 private:
  events::EventFeed& feed_;
  const Clock& clock_;
  std::int64_t last_progress_ns_ = 0;
};

void tell_rollback(const Backend& backend);

// The route: a stream without an end.
Answer listen_to_events(const Call& call);

}  // namespace stet::api
