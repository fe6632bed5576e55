// The server's second hand: publishes what time changes, fills stale pages, notices foreign
// commits.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "api/hooks/head_follower.h"
#include "cms/pipeline/pipeline.h"
#include "storage/git/repository.h"

namespace stet::program {

// One thread, from construction to destruction.
class Keeper {
 public:
  // All must outlive it.
  Keeper(const storage::Repository& repository,
         std::string branch,
         pipeline::Pipeline& pipeline,
         hooks::HeadFollower& follower);
  ~Keeper();

 private:
  void work();
  void look();

  const storage::Repository& repository_;
  const std::string branch_;
  pipeline::Pipeline& pipeline_;
  hooks::HeadFollower& follower_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool is_stopped_ = false;
  std::thread thread_;
};

}  // namespace stet::program
