// All files at one moment: of a commit, of a working folder, or of memory.
//
// Values do not change: the same question always has the same answer. Symbolic links and submodules
// are listed and never followed. Threads: every method from any thread.
// Names that are no RepoPath (not UTF-8, for one) are left out of find and walk, and are problems.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/object_id.h"
#include "storage/base/problem.h"
#include "storage/base/repo_path.h"
#include "storage/base/result.h"

namespace stet::storage {

enum class EntryKind { kFile, kExecutable, kSymlink, kSubmodule };

inline bool is_readable(EntryKind kind) {
  return kind == EntryKind::kFile || kind == EntryKind::kExecutable;
}

struct SnapshotEntry {
  RepoPath path;
  BlobId blob;  // of a symlink: its target's text; of a submodule: the commit's id, nothing to read
  EntryKind kind = EntryKind::kFile;

  friend bool operator==(const SnapshotEntry&, const SnapshotEntry&) = default;
};

class Snapshot {
 public:
  using Visit = std::function<Status(const SnapshotEntry&)>;

  // Larger contents are not read into memory.
  static constexpr std::uint64_t kReadBytesMax = std::uint64_t{256} << 20;

  virtual ~Snapshot() = default;

  // None where there is nothing, or a folder.
  virtual Result<std::optional<SnapshotEntry>> find(const RepoPath& path) const = 0;

  // The content that find or walk named. kNotFound: there is none of this id; kInvalidInput: it has
  // more than kReadBytesMax bytes.
  virtual Result<std::string> read(const BlobId& blob) const = 0;

  // read() gives what it gives now for as long as anybody has the snapshot, and so does that of any
  // other that has the blob: who needs the content later need not keep it.
  virtual bool is_lasting() const { return false; }

  // All entries below `folder` ("" is the root), in byte order of the full path. Nothing is visited
  // where there is no such folder. An error of `visit` ends the walk and is returned.
  virtual Status walk(std::string_view folder, const Visit& visit) const = 0;

  // The entries left out: one problem each, found on the first call (which reads every folder) and
  // remembered. At most 1000 are told apart.
  virtual Problems problems() const = 0;
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace stet::storage
