// A branch that nobody else can move: its lock, held.
//
// For those who have lost the race for a branch too often to go on without. Whoever waits for the
// lock meanwhile gives up after a second or so, and takes a lock of 10 seconds for nobody's: hold
// it for a moment. Threads: one. Failure: the lock goes with this, and the branch stays as it is.
#pragma once

#include <optional>
#include <string>

#include "storage/git/objects.h"

namespace stet::storage {

class HeldBranch {
 public:
  // None: somebody else holds it. `reference` is "refs/heads/main".
  static Result<std::optional<HeldBranch>> take(const Repository& repository,
                                                const std::string& reference);

  // To `commit`, in the name of `author`, durably; lets go of the lock.
  Status move(const CommitId& commit, const Signature& author);

  // Deletes it; lets go of the lock.
  Status remove();

 private:
  using Transaction = Handle<git_transaction, git_transaction_free>;
  HeldBranch(HandlePool::Lease lease, std::string reference)
      : lease_(std::move(lease)), reference_(std::move(reference)) {}

  HandlePool::Lease lease_;
  std::string reference_;
  Transaction transaction_;  // points into the lease: declared after it, gone before it
};

}  // namespace stet::storage
