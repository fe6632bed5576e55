// How far a long piece of work is: told by who does it, looked at by who shows it.
//
// Threads: every method from any thread. There is one piece of work at a time; what begins takes
// the place of what was.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "storage/base/for_all.h"

namespace stet {

class Progress {
 public:
  struct Step {
    std::string what;         // for people: "rendering pages"
    std::uint64_t done = 0;   // of total
    std::uint64_t total = 0;  // 0: nobody knows
  };

  void begin(std::string what, std::uint64_t total);
  void add(std::uint64_t count = 1) { done_ += count; }
  void end();
  // None while nothing is done that takes long.
  std::optional<Step> now() const;

 private:
  mutable std::mutex mutex_;
  std::optional<Step> step_;  // done but for done_
  std::atomic<std::uint64_t> done_{0};
};

// "rendering pages: 1200 of 40000"
std::string to_string(const Progress::Step& step);

// `for_all`, by which every turn of kLongWork calls and more is a step of `progress`; null: as it
// is. `for_all` may be empty.
inline constexpr std::size_t kLongWork = 256;
ForAll told(ForAll for_all, std::shared_ptr<Progress> progress, std::string what);

}  // namespace stet
