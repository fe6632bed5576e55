// Moves a branch to new commits, or says who got there first. One committer a branch.
//
// Change sets queue up; one worker takes those that wait, makes each a commit of its own on top of
// the one before, writes all new objects as one pack, and moves the branch by compare-and-swap.
// Where somebody else (a git push) has moved it meanwhile, everything is applied again to the new
// head, preconditions first. Who has lost thrice takes the branch's lock first, and then wins. Then
// everyone is answered.
//
// In a crowd groups are large, and their cost is shared: where writers have said that they are at
// work (Presence), a group waits until half of them have come, for a moment at most. Who is alone
// never waits.
//
// Threads: commit() from any thread; it blocks until the answer is known. Destruction refuses what
// still waits in the queue (kUnavailable) and ends the worker; no commit() may still be running
// then. Durability: when commit() returns ok, the commit survives a power cut; so does one that the
// branch goes on from, if git was told to sync its objects. Stopped at any
// moment, the repository is sound: the branch names either the old commit or a complete new one.
// Failure: one change set's refusal concerns nobody else. kConflict: a precondition fails, or a
// file is where a folder is wanted or the other way round (the message names both). kNotFound: the
// branch is gone, or a file to delete is not there. kForbidden: a symbolic link or a submodule lies
// at an edited path. kInvalidInput: an empty message, a limit. kUnavailable: disk full, queue full,
// the branch's lock held by another (the message names the file); nothing has changed then.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "storage/base/clock.h"
#include "storage/base/result.h"
#include "storage/commit/change_set.h"
#include "storage/git/repository.h"

namespace stet::storage {

struct CommitLimits {
  std::size_t edits_max = 10'000;                                 // in one change set
  std::uint64_t change_set_bytes_max = std::uint64_t{256} << 20;  // all contents together
  std::size_t message_bytes_max = 64 * 1024;
  std::size_t queue_max = 10'000;                           // change sets that wait
  std::size_t group_max = 256;                              // commits in one pack
  std::uint64_t group_bytes_max = std::uint64_t{64} << 20;  // a group ends with what exceeds it
  int attempts_max = 30;                   // to move the branch, before it is kUnavailable
  std::int64_t gather_ns_max = 3'000'000;  // that a group waits for writers who are at work
};

struct CommitterSettings {
  std::string branch = "main";
  std::string name = "stet";  // the committer of every commit; the author is the change set's
  std::string email = "stet@localhost";
  CommitLimits limits;
  // Told of what an operator should know, such as a stale lock that was removed. From the worker's
  // thread or from open().
  std::function<void(std::string_view)> note = [](std::string_view) {};
};

// A change set; or a commit for the branch to go on from, which must have the head in its history:
// the head itself, where there is nothing to do.
using HeadStep = std::variant<ChangeSet, CommitId>;
using DecideOnHead = std::function<Result<HeadStep>(const std::optional<CommitId>& head)>;

class Committer {
  class Worker;

 public:
  // A lock that a killed process has left on the branch is removed when it is older than 10
  // seconds; later, one that has not changed for 10 seconds. `clock` must outlive the committer.
  // kNotFound: no such branch (an unborn HEAD is one).
  static Result<std::unique_ptr<Committer>> open(const Repository& repository,
                                                 CommitterSettings settings,
                                                 const Clock& clock);
  ~Committer();
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  // Somebody who writes, from before the change set is made until all is done. It must not outlive
  // the committer.
  class Presence {
   public:
    explicit Presence(Committer& committer);
    ~Presence();
    Presence(const Presence&) = delete;
    Presence& operator=(const Presence&) = delete;

   private:
    Worker& worker_;
  };

  Result<Committed> commit(ChangeSet change_set);

  // What is done follows from the head (a merge): `decide` is asked in the worker's thread, anew
  // for each head that it is tried on, perhaps with the branch's lock held; meanwhile nobody else's
  // change is committed, so it should be quick. Its error is the answer. `head` none: the branch
  // has no commit yet.
  Result<Committed> commit_on_head(DecideOnHead decide);

  // Change sets that have no answer yet.
  std::size_t waiting() const;

  const std::string& branch() const;

 private:
  explicit Committer(std::unique_ptr<Worker> worker);
  std::unique_ptr<Worker> worker_;
};

}  // namespace stet::storage
