// What happens to the site, as events for those who listen at /api/v1/events.
//
// "site.published": a new state of the site. "site.progress": pages of it that were stale have
// become fresh. "site.rollback": an older publication is live, or no longer. "site.remote": the
// upstream stands otherwise than before (remote.h). "site.state": what there is to know when
// somebody begins to listen. What happens to entries, "entry.created" and the like, is told by the
// events::CommitTeller; what is left out by "events.skipped"; a webhook that was switched off by
// "webhook.disabled"; who has what open by "presence", and by a member of "site.state".
// Threads: any.
#pragma once

#include "api/routes/call.h"
#include "storage/base/clock.h"

namespace stet::api {

// Of news that a pipeline tells, one after the other. Progress is told at most every fifth of a
// second, and at its end.
class NewsTeller {
 public:
  NewsTeller(events::EventFeed& feed, events::CommitTeller& commits, const Clock& clock)
      : feed_(feed), commits_(commits), clock_(clock) {}
  void tell(const pipeline::News& news);

 private:
  events::EventFeed& feed_;
  events::CommitTeller& commits_;
  const Clock& clock_;
  std::int64_t last_progress_ns_ = 0;
};

void tell_rollback(const Backend& backend);

// A stream without an end. It begins, for who has a cursor, with what came since, as far as that is
// known or can be had from the commits; for others with "site.state".
Answer listen_to_events(const Call& call);

}  // namespace stet::api
