// One upkeep of a repository at a time, whoever does it.
//
// git's own ways of saying so: `git gc` leaves its process number in gc.pid, `git maintenance`
// holds objects/maintenance.lock. We look for the first and hold the second, so that git stands
// back while we work. A lock of ours that a killed process has left is taken over; git's go after
// 12 hours, as git itself takes them. Threads: one.
#pragma once

#include <filesystem>
#include <optional>

#include "storage/base/clock.h"
#include "storage/base/result.h"

namespace stet::storage {

class RepackLock {
 public:
  // kConflict: somebody else is at it; the message names the file.
  static Result<RepackLock> take(const std::filesystem::path& repository_folder,
                                 const Clock& clock);
  ~RepackLock();
  RepackLock(RepackLock&& other) noexcept;
  RepackLock& operator=(RepackLock&&) = delete;

 private:
  explicit RepackLock(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;  // empty: handed on
};

}  // namespace stet::storage
