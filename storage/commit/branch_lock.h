// The .lock file that whoever moves a branch holds meanwhile, and that a killed process leaves.
//
// Nobody holds it for long: one that has not changed for 10 seconds is nobody's. Threads: one.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

#include "storage/base/clock.h"

namespace stet::storage {

class BranchLock {
 public:
  using Note = std::function<void(std::string_view)>;

  // `note` is told of each lock that is removed.
  BranchLock(const std::filesystem::path& repository_folder,
             const std::string& branch,
             const Clock& clock,
             Note note);

  // By the file's own time. True if it was there and went.
  bool remove_if_old();

  // To be called each time the lock was met: true if it has been the same for 10 seconds, and went.
  bool remove_if_stuck();

  const std::filesystem::path& path() const { return path_; }

 private:
  struct Sighting {
    ino_t inode = 0;
    std::int64_t changed_ns = 0;
    std::int64_t first_seen_ns = 0;  // by the clock that never jumps
  };

  std::optional<Sighting> look() const;
  bool remove(const Sighting& expected);

  const std::filesystem::path path_;
  const Clock& clock_;
  const Note note_;
  std::optional<Sighting> seen_;
};

}  // namespace stet::storage
