// How pages have printed the live instant, so that a new one dirties only those that see a change.
//
// Threads: every method from any thread.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace stet::render {

class Instants {
 public:
  // `how` as Host::saw_instant has it: "date:%Y".
  void note(std::string_view how, std::string_view result) {
    std::lock_guard lock(mutex_);
    auto it = seen_.find(how);
    if (it == seen_.end()) {
      seen_.emplace(how, result);
    } else if (it->second != result) {
      it->second = result;
    }
  }
  std::map<std::string, std::string, std::less<>> seen() const {
    std::lock_guard lock(mutex_);
    return seen_;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> seen_;
};

}  // namespace stet::render
