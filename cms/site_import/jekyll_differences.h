// In what a Jekyll site will be another when stet serves it, beside what the site says of itself
// (Site::problems, what renders tell): files that stet does not follow, keys of the configuration
// and plugins of a Gemfile that mean nothing to it, rules of other hosts.
//
// Threads: pure function of an immutable site. Cost: a look at all names, and at the contents of
// small files that may stand for large ones. Each with its file, its line where there is one, and
// the mend.
#pragma once

#include <cstdint>
#include <functional>

#include "cms/site/site.h"
#include "storage/base/problem.h"
#include "storage/snapshot/large_files.h"
#include "storage/snapshot/snapshot.h"

namespace stet::site_import {

struct JekyllFiles {
  const storage::Snapshot& snapshot;
  std::function<Result<std::uint64_t>(const storage::SnapshotEntry&)> size_of;
  // Whether the object that a pointer of Git LFS stands for is here.
  std::function<bool(const storage::LfsPointer&)> has_object;
  std::uint64_t file_bytes_max = std::uint64_t{100} << 20;
};

Result<Problems> jekyll_differences(const site::Site& site, const JekyllFiles& files);

}  // namespace stet::site_import
