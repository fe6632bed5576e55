// Publishes the head of the branch when somebody says that it may have moved.
//
// One thread does the work; calls that come while it is busy are answered together by the one run
// that begins afterwards, so a burst of hooks costs two publications. Threads: every method from
// any thread. Failure: reported to `note` and to those who wait; the next call tries again.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "cms/pipeline/pipeline.h"
#include "storage/git/repository.h"

namespace stet::hooks {

class HeadFollower {
 public:
  // Called from the follower's thread with what an operator should know. May be empty.
  using Note = std::function<void(std::string_view)>;

  // Both must outlive it.
  HeadFollower(std::string branch,
               pipeline::Pipeline& pipeline,
               const storage::Repository& repository,
               Note note);
  ~HeadFollower();  // stop()
  HeadFollower(const HeadFollower&) = delete;
  HeadFollower& operator=(const HeadFollower&) = delete;

  // Publishes the head some time soon.
  void wake();

  // Waits until a head that was read after this call is live. kUnavailable: it was stopped.
  Status follow();

  // Waits for the work in progress; what waits is answered kUnavailable.
  void stop();

  // Why what is live is not the branch's head; "": it was, as of the last run.
  std::string trouble() const;

  std::uint64_t runs() const;  // how often it has worked; for tests and metrics

 private:
  void work();
  Status run();
  void tell(const Status& status);

  const std::string branch_;
  pipeline::Pipeline& pipeline_;
  const storage::Repository& repository_;
  const Note note_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool is_wanted_ = false, is_stopped_ = false;
  std::uint64_t begun_ = 0, done_ = 0;  // runs
  Status last_;                         // of the run `done_`
  std::thread thread_;
};

}  // namespace stet::hooks
