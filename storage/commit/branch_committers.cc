#include "storage/commit/branch_committers.h"

#include <algorithm>

namespace stet::storage {

BranchCommitters::BranchCommitters(const Repository& repository,
                                   CommitterSettings settings,
                                   const Clock& clock)
    : repository_(repository), settings_(std::move(settings)), clock_(clock) {}

Result<std::shared_ptr<Committer>> BranchCommitters::of(const std::string& branch) {
  std::list<std::shared_ptr<Committer>> closed;  // ends after the lock
  std::lock_guard lock(mutex_);
  auto found = std::find_if(
      open_.begin(), open_.end(), [&](const auto& known) { return known->branch() == branch; });
  if (found != open_.end()) {
    open_.splice(open_.begin(), open_, found);
    return open_.front();
  }
  for (auto it = open_.end(); it != open_.begin() && open_.size() >= kOpenMax;) {
    --it;
    // Nobody else can come to hold it while the lock is held.
    if (it->use_count() > 1) continue;
    auto next = std::next(it);
    closed.splice(closed.end(), open_, it);
    it = next;
  }
  if (open_.size() >= kHeldMax) {
    return unavailable("too many branches are being written to at once: try again");
  }
  CommitterSettings settings = settings_;
  settings.branch = branch;
  open_.push_front(TRY(Committer::open(repository_, std::move(settings), clock_)));
  return open_.front();
}

Signature BranchCommitters::committer() const {
  Signature committer{settings_.name, settings_.email, {}};
  committer.when.seconds = clock_.now().seconds;
  return committer;
}

std::size_t BranchCommitters::open_count() const {
  std::lock_guard lock(mutex_);
  return open_.size();
}

}  // namespace stet::storage
