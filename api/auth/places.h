// So many at once, so many who wait, and no more: for what costs a thread long, or memory much.
//
// Threads: any.
#pragma once

#include <condition_variable>
#include <mutex>

namespace stet::auth {

class Places {
 public:
  Places(unsigned running_max, unsigned waiting_max)
      : running_max_(running_max), waiting_max_(waiting_max) {}

  // One of them, for as long as it lives, once it has been waited for; or none.
  class Place {
   public:
    explicit Place(Places& places);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    bool is_taken() const { return is_taken_; }

   private:
    Places& places_;
    bool is_taken_ = false;
  };

  unsigned running_most() const;  // at once, so far

 private:
  const unsigned running_max_, waiting_max_;
  mutable std::mutex mutex_;
  std::condition_variable is_free_;
  unsigned running_ = 0, waiting_ = 0, running_most_ = 0;
};

}  // namespace stet::auth
