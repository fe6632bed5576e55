// What calendars have been told of a schedule, commit by commit.
//
// Cost: along first parents from the commit back to one that is known, a look at the root of each,
// and what it has changed in the schedule; of nothing known, the whole line, once. What is known:
// the commits that were asked about last, and each kStride-th of a line that was followed. Threads:
// any.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cms/schedule/history_step.h"
#include "cms/site/schedule_history.h"
#include "storage/base/bounded_cache.h"
#include "storage/git/repository.h"

namespace stet::pipeline {

class ScheduleHistories {
 public:
  explicit ScheduleHistories(const storage::Repository& repository) : repository_(repository) {}

  // Empty where the commit has no event. An error: the repository cannot be read.
  Result<site::ScheduleHistory> of(const CommitId& commit) const;

 private:
  static constexpr std::size_t kStride = 64;
  using Known = std::shared_ptr<const site::ScheduleHistory>;

  struct Link {
    CommitId commit;
    std::optional<CommitId> parent;
    Instant when;
    std::string roots;  // the ids of what a schedule is in
  };
  Result<std::string> roots_of(const TreeId& root) const;
  Result<Known> next(const Known& before,
                     const Link& link,
                     bool is_untouched,
                     schedule::KnownFiles& seen) const;

  const storage::Repository& repository_;
  mutable BoundedCache<CommitId, Known> known_{std::uint64_t{8} << 20};
};

}  // namespace stet::pipeline
