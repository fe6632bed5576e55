// Brings search's indexes to what is live, on a thread of its own: no writer waits for it.
//
// Of publications that come while it is at work, or rests from it, it follows the last one alone:
// in a storm it takes a twentieth of a processor, and the index is up to ten seconds behind.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "cms/pipeline/pipeline.h"
#include "cms/search/index.h"

namespace stet::program {

// Threads: wake() from any.
class SearchFollower {
 public:
  using Note = std::function<void(std::string_view)>;

  // All must outlive it. What is live already is followed at once. `held_back`: what the public may
  // find where the site shows it less than there is; left alone where it does not.
  SearchFollower(search::Index& index,
                 search::Index& held_back,
                 const pipeline::Pipeline& pipeline,
                 Note note);
  ~SearchFollower();

  // Something was published. Does not wait.
  void wake();

 private:
  void work();
  bool is_over();
  bool follow();  // false: to be tried again
  Status follow(const site::SitePtr& site, const site::SitePtr& shown, const CommitId& commit);

  search::Index& index_;
  search::Index& held_back_;
  const pipeline::Pipeline& pipeline_;
  const Note note_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_wanted_ = true, is_stopped_ = false;
  std::string trouble_;  // of the thread alone
  std::thread thread_;
};

}  // namespace stet::program
