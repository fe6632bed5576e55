// What makes written bytes outlive a power cut, counted and timed: disks differ most in this.
//
// SQLite and libgit2 do theirs by themselves, and are not among the counts. Threads: any.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>

#include "storage/base/result.h"

namespace stet {

// fsync(2). Waits for the disk. `path` is for the error (error_of_errno).
Status sync_file(int file, const std::filesystem::path& path);

// syncfs(2): all that has been written to the file system that holds the folder.
Status sync_file_system(const std::filesystem::path& folder);

// Since the process began.
struct SyncCounts {
  // Upper bounds, inclusive; what took longer is in the last place of `took`.
  static constexpr std::array<std::int64_t, 9> kBoundsNs = {100'000,
                                                            500'000,
                                                            1'000'000,
                                                            5'000'000,
                                                            10'000'000,
                                                            50'000'000,
                                                            100'000'000,
                                                            500'000'000,
                                                            2'500'000'000};

  std::array<std::uint64_t, kBoundsNs.size() + 1> took = {};  // how many, by time
  std::uint64_t took_ns = 0, failures = 0;
};
SyncCounts sync_counts();

}  // namespace stet
