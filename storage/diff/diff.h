// What differs between two sets of files: by path, in byte order, without guesses about renames.
//
// The diff always runs from the commit that is live to the new one, whatever lies between them.
// Limits: DiffLimits. A commit of twenty objects can have more paths than any machine has memory,
// for one folder may stand in another any number of times.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "storage/git/repository.h"
#include "storage/snapshot/snapshot.h"

namespace stet::storage {

struct FileState {
  BlobId blob;
  EntryKind kind = EntryKind::kFile;
  friend bool operator==(const FileState&, const FileState&) = default;
};

// Added (no before), deleted (no after) or changed; before and after are never equal.
struct FileChange {
  RepoPath path;
  std::optional<FileState> before, after;
  friend bool operator==(const FileChange&, const FileChange&) = default;
};

using Diff = std::vector<FileChange>;

// What has more is kInvalidInput.
struct DiffLimits {
  std::size_t changes_max = 500'000;    // and names that are left out
  std::size_t entries_max = 5'000'000;  // looked at, equal ones too
};

// Compares tree ids, and reads only the folders that differ: the cost is that of what differs. From
// none: all of `to` is new. Names that are no RepoPath are left out, as in snapshots.
Result<Diff> compare(const Repository& repository,
                     const std::optional<CommitId>& from,
                     const CommitId& to);

// The same; `left_out` gets the paths, printable, whose names are no RepoPath and that differ.
Result<Diff> compare(const Repository& repository,
                     const std::optional<CommitId>& from,
                     const CommitId& to,
                     std::vector<std::string>& left_out,
                     const DiffLimits& limits = {});

// Of these files alone, however much else differs.
Result<Diff> compare_files(const Repository& repository,
                           const CommitId& from,
                           const CommitId& to,
                           const std::set<RepoPath>& paths);

// Of what lies at or below these paths, each a file's or a folder's: nothing else is read.
Result<Diff> compare_below(const Repository& repository,
                           const std::optional<CommitId>& from,
                           const CommitId& to,
                           const std::vector<RepoPath>& paths);

// Any two snapshots, by walking both.
Result<Diff> compare(const Snapshot& from, const Snapshot& to);

}  // namespace stet::storage
