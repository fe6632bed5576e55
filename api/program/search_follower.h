// Brings search's index to what is live, on a thread of its own: no writer waits for it.
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

  // Both must outlive it. What is live already is followed at once.
  SearchFollower(search::Index& index, const pipeline::Pipeline& pipeline, Note note);
  ~SearchFollower();

  // Something was published. Does not wait.
  void wake();

 private:
  void work();
  bool is_over();
  bool follow();  // false: to be tried again

  search::Index& index_;
  const pipeline::Pipeline& pipeline_;
  const Note note_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_wanted_ = true, is_stopped_ = false;
  std::string trouble_;  // of the thread alone
  std::thread thread_;
};

}  // namespace stet::program
