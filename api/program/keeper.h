// The server's second hand: publishes what time changes, fills stale pages, notices foreign
// commits.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "api/hooks/head_follower.h"
#include "cms/pipeline/pipeline.h"
#include "cms/publish/publisher.h"
#include "cms/publish/store.h"
#include "storage/git/repository.h"

namespace stet::program {

// One thread, from construction to destruction.
class Keeper {
 public:
  // All must outlive it.
  struct Kept {
    const storage::Repository& repository;
    pipeline::Pipeline& pipeline;
    hooks::HeadFollower& follower;
    publish::Publisher& publisher;
    publish::Store& store;
  };
  Keeper(Kept kept, std::string branch);
  ~Keeper();

 private:
  void work();
  void look();
  void take_away_unused();

  const Kept kept_;
  const std::string branch_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool is_stopped_ = false;
  std::thread thread_;
};

}  // namespace stet::program
