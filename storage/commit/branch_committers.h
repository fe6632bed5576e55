// The committers of many branches: one for each that is being written to, and never two.
//
// A committer is a thread and a look at the folder of packs. Those that were used last stay open,
// kOpenMax of them; one that somebody holds is never closed. Threads: any. Failure: as
// Committer::open; kUnavailable where kHeldMax are held at once.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "storage/commit/committer.h"

namespace stet::storage {

class BranchCommitters {
 public:
  static constexpr std::size_t kOpenMax = 8, kHeldMax = 64;

  // `settings.branch` is not looked at. `repository` and `clock` must outlive it, and nobody may
  // hold a committer of it when it ends.
  BranchCommitters(const Repository& repository, CommitterSettings settings, const Clock& clock);

  // kNotFound: there is no such branch. Hold it for as long as it takes to commit.
  Result<std::shared_ptr<Committer>> of(const std::string& branch);

  const Repository& repository() const { return repository_; }
  // Who is the committer of what is committed now.
  Signature committer() const;
  std::size_t open_count() const;

 private:
  const Repository& repository_;
  const CommitterSettings settings_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::list<std::shared_ptr<Committer>> open_;  // the last used first
};

}  // namespace stet::storage
