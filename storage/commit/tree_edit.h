// Files written and deleted in a tree: only the folders on their paths are made anew.
//
// A folder that loses its last file goes, and so do the folders above that it leaves empty.
// Whatever else lies in a touched folder (odd names, modes, links) stays byte for byte.
#pragma once

#include <span>

#include "storage/base/repo_path.h"
#include "storage/commit/staged_objects.h"

namespace stet::storage {

struct TreeEdit {
  RepoPath path;
  std::optional<BlobId> blob;  // none: delete
  std::string_view content;    // of the blob; must live as long as the staged objects
  bool is_stored = false;      // the blob is there already; `content` is not looked at
  // What the path becomes, or was until it goes, of any kind. 0: a file keeps its mode, a new one
  // is plain.
  std::uint32_t mode = 0;
};

// The root after all `edits` (each path once), in whatever order: a file may go and a folder of its
// name come in one step. Files keep their modes; new ones are plain. Contents that are there
// already are not staged. `root` none: the empty repository. kConflict: a file lies where a folder
// is wanted, or a folder where a file is; kNotFound: nothing to delete; kForbidden: a symbolic link
// or submodule lies on the path, or at its end where the edit has no mode.
Result<TreeId> edit_tree(StagedObjects& objects,
                         const std::optional<TreeId>& root,
                         std::span<const TreeEdit> edits);

// What lies at `path` below `root`: none for nothing; a folder has the id of its tree.
struct TreeSpot {
  std::uint32_t mode = 0;
  BlobId id;
};
Result<std::optional<TreeSpot>> look_up(const StagedObjects& objects,
                                        const std::optional<TreeId>& root,
                                        const RepoPath& path);

}  // namespace stet::storage
