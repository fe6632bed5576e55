// Files that lie in memory: unsaved previews, tests, the empty site.
#pragma once

#include <map>
#include <string>

#include "storage/snapshot/snapshot.h"

namespace stet::storage {

// Every file is a plain one, under git's own blob id. A path below another file's path hides
// nothing: both are there, as no disk would have it.
SnapshotPtr make_memory_snapshot(const std::map<RepoPath, std::string>& files);

// For literal paths: kInvalidInput names the first that is no RepoPath.
Result<SnapshotPtr> make_memory_snapshot(const std::map<std::string, std::string>& files);

}  // namespace stet::storage
