// Two commits merged file by file and field by field: what becomes of the first of them.
//
// The base is where their histories part. Where they part at several commits, having merged one
// another crosswise, these are merged first, as git's own merge does it, and what conflicts there
// is a conflict of whatever both sides made of it. A file that one side left alone is taken from
// the other, unread and with its mode. A file that both changed is merged by the API's own code
// (document/merge.h). All else is a conflict: what is no text or more than kMergedBytesMax, links
// and submodules, a file deleted here and changed there, two new files of one name, a file where
// the other side has a folder, a name that is no RepoPath. Renames are a deletion and a new file.
//
// Reads what `theirs` changed, and of that only what both changed. Threads: pure functions of the
// repository. Limits: kConflictsMax; an error of the call is a repository that cannot be read, or
// histories that have crossed more than kCrossingsMax times over (kConflict).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cms/document/merge.h"
#include "cms/document/resolve.h"
#include "storage/commit/change_set.h"
#include "storage/diff/diff.h"
#include "storage/snapshot/snapshot.h"

namespace stet::change {

inline constexpr std::size_t kMergedBytesMax = std::size_t{5} << 20;
inline constexpr std::size_t kConflictsMax = 1000;
inline constexpr int kCrossingsMax = 8;

struct FileConflict {
  std::string path;  // printable
  int line = 0;      // of the file as ours has it, from 1; 0: of the whole file, or not known
  // Of a field: the pointer and the three values. Of a whole file: none of them, and `reason`.
  document::Conflict field;
  std::string reason;

  // For people: "path:line: /front_matter/title: it was "A", is now "B", and theirs is "C"".
  std::string string(std::string_view theirs = "theirs") const;
  Problem problem(std::string_view theirs = "theirs") const;  // the same in its parts
};

// What document::merge() found in a file of that path.
FileConflict conflict_in(std::string_view path, std::string_view ours, document::Conflict conflict);

struct TreeMerge {
  storage::Diff diff;                                // from ours to what the merge makes of it
  std::unordered_map<BlobId, std::string> contents;  // that neither side has
  std::vector<FileConflict> conflicts;               // where there are some, `diff` is for no use

  std::vector<storage::FileEdit> edits() const;
  storage::SnapshotPtr over(const storage::SnapshotPtr& ours) const;
};

// What somebody has decided, by path. A choice of "" is the whole file's: a side, the text that it
// shall have, or nil for none.
using FileChoices = std::map<std::string, std::vector<document::Choice>>;

// None: they have no commit in common. kInvalidInput: a choice cannot stand where it is put.
Result<std::optional<TreeMerge>> merge_commits(const storage::Repository& repository,
                                               const CommitId& ours,
                                               const CommitId& theirs,
                                               const FileChoices& choices = {});

}  // namespace stet::change
