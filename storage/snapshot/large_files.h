// Contents that are read in parts and not into memory: large files of a repository, and what Git
// LFS keeps beside one.
//
// Of LFS the objects that are here are served; nothing is fetched. Each is compared with its hash
// before it is first read, and whenever its file has changed. Threads: any. What open() and
// open_large() give may be read as long as it is held, whatever becomes of the repository.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/byte_source.h"
#include "storage/base/object_id.h"
#include "storage/git/repository.h"

namespace stet::storage {

// What stands in a repository in the place of a file that LFS keeps.
struct LfsPointer {
  std::string oid;  // SHA-256, 64 small hex digits
  std::uint64_t size = 0;
  friend bool operator==(const LfsPointer&, const LfsPointer&) = default;
};

inline constexpr std::size_t kLfsPointerBytesMax = 1024;

// As the specification has it (version, oid, size); none of any other text.
std::optional<LfsPointer> parse_lfs_pointer(std::string_view text);

class LargeFiles {
 public:
  static constexpr std::uint64_t kLargeBytes = std::uint64_t{4} << 20;

  // `repository` none: of no repository, where there are no large ones. `lfs_folder`: "lfs" in the
  // repository's folder, or that of a clone's .git.
  LargeFiles(std::optional<Repository> repository, std::filesystem::path lfs_folder)
      : repository_(std::move(repository)), lfs_folder_(std::move(lfs_folder)) {}

  // Null: it is not large, or can only be read whole.
  Result<ByteSourcePtr> open_large(const BlobId& blob) const;

  // Whether there is such an object of that size, and none that open() has found spoilt.
  bool has(const LfsPointer& pointer) const;

  // kNotFound: the object is not here, and how to get it. kInternal: it is spoilt.
  Result<ByteSourcePtr> open(const LfsPointer& pointer) const;

 private:
  std::filesystem::path path_of(const LfsPointer& pointer) const;
  struct Seen {
    std::int64_t seconds = 0, nanoseconds = 0;  // when the file was last written
    friend bool operator==(const Seen&, const Seen&) = default;
  };
  struct Verdict {
    Seen seen;
    bool is_whole = false;
  };

  const std::optional<Repository> repository_;
  const std::filesystem::path lfs_folder_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, Verdict> verdicts_;  // by oid
};

}  // namespace stet::storage
