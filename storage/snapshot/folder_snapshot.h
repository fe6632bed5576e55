// A working folder as a snapshot: `stet build -s DIR`.
//
// Names and contents are read once, when it is opened, and named by their git blob ids. Small
// contents are kept until they are first asked for; else they are read again, and one that has
// changed since is kConflict. Symbolic links to
// files and folders inside the root are followed, as Jekyll does outside of its safe mode; all
// other links, and those that would lead in a circle, are listed as symlinks. Sockets, devices and
// pipes are problems.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "storage/base/for_all.h"
#include "storage/snapshot/snapshot.h"

namespace stet::storage {

struct FolderOptions {
  // Paths from the root of folders that are not entered, such as "_site". Any .git is skipped
  // anyway.
  std::vector<std::string> skipped_folders;
  std::size_t files_max = 500'000;  // more are kInvalidInput
  std::size_t depth_max = 100;      // folders in folders; deeper ones are problems
  ForAll for_all = {};              // by which files are read
};

// kNotFound, kForbidden or kInvalidInput where `root` is no folder that can be read. Single files
// that cannot be read are problems.
Result<SnapshotPtr> open_folder_snapshot(const std::filesystem::path& root,
                                         const FolderOptions& options = {});

}  // namespace stet::storage
