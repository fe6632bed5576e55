// The write path: prepare, commit, publish, answer.
//
// Prepared on the site that is live; where somebody else was first (the committer says so, or a
// refusal was made on a site behind the branch's head), the head is published and everything is
// prepared again. Who has lost kLosesMax times stands in line for the committer, and is prepared
// while nobody else commits: of many who edit one entry each gets its turn. Only a git that moves
// the branch itself can be faster then; who has lost to it kAttemptsMax times hears 503. An answer
// means that the page is live, unless the client prefers `respond-async`. A dry run goes the same
// way up to the commit. Failure: once the commit is made it stays; if it cannot be published, the
// answer is 503 and names it. Threads: any.
#pragma once

#include <functional>

#include "api/routes/call.h"
#include "cms/change/plan.h"

namespace stet::api {

inline constexpr int kLosesMax = 3, kAttemptsMax = 30;

struct Write {
  // Asked again for each site that it is tried on. Where it refuses for entries that clash, what
  // they clash with is found on the site that it has asked the ground for last.
  std::function<Result<change::PlanOutcome>(const change::Ground&)> prepare;
  std::function<ProblemReport(const site::Site&, const change::Refusal&)> refuse;
  bool is_dry_run = false;
  // Of one entry: the answer has "entry", ETag and Location; else it has "actions".
  bool is_of_entry = true;
  // Adds to the answer what only its own route knows; of the site as the write leaves it, or would.
  // May be empty.
  std::function<void(const site::Site&, Json&)> complete = {};
};

Answer run_write(const Call& call, const Write& write);

// 422, 412, 409, 404, 403, with the proposed merge where there is one.
ProblemReport report_of(const site::Site& site,
                        const change::WriteRequest& request,
                        const change::Refusal& refusal);

// {pointer, line, base, ours, theirs}.
Json conflict_json(const document::Conflict& conflict);

// The branch's head, published; other requests have this one's place meanwhile.
Result<pipeline::PublishedPtr> publish_and_wait(const Call& call);

// The commit is made and could not be published: 503 that names it.
ProblemReport unpublished_report(const Error& error, const CommitId& commit);

}  // namespace stet::api
