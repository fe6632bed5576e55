// Notices what other programs do to the repository, as it happens.
//
// The folder of branches, the packed references and HEAD are watched (inotify); and the folder
// itself is looked at now and then, for somebody may put another in its place: then all handles are
// let go of. What was noticed is not believed but looked at: where the branch's head is another
// than what is live, the follower is woken. Where the machine watches too much already, the branch
// is looked at every second instead. Threads: one of its own. Failure: none to its user; without
// inotify the keeper's look at the branch remains.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "api/hooks/head_follower.h"
#include "cms/pipeline/pipeline.h"
#include "storage/git/repository.h"
#include "storage/snapshot/folder_watch.h"

namespace stet::hooks {

class BranchWatch {
 public:
  // All must outlive it.
  struct Parts {
    const storage::Repository& repository;
    const pipeline::Pipeline& pipeline;
    HeadFollower& follower;
    std::function<void(std::string_view)> note;
  };
  // `is_of_head`: the branch was chosen because HEAD named it, so that is told when HEAD names
  // another; the server goes on with this one until it starts again.
  BranchWatch(Parts parts, std::string branch, bool is_of_head);
  ~BranchWatch();
  BranchWatch(const BranchWatch&) = delete;
  BranchWatch& operator=(const BranchWatch&) = delete;

 private:
  void work();
  void look();
  void look_at_head();
  void open();
  void note(std::string_view text) const;
  bool rest();  // a second; false: it is to end

  const Parts parts_;
  const std::string branch_;
  const bool is_of_head_;
  const std::filesystem::path references_;
  std::string other_head_;  // that was told of
  std::string identity_;    // which folder lies where the repository is
  std::mutex mutex_;        // guards the rest, which the thread alone changes
  std::condition_variable changed_;
  bool is_stopped_ = false;
  std::unique_ptr<storage::FolderWatch> watch_;
  std::thread thread_;
};

}  // namespace stet::hooks
