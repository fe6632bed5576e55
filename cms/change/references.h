// Who names an entry in a field that is a reference (cms/schema).
//
// Threads: pure functions of an immutable site.
#pragma once

#include <cstddef>
#include <string_view>

#include "cms/change/gate.h"
#include "cms/change/resource.h"
#include "storage/base/problem.h"
#include "storage/base/result.h"

namespace stet::change {

inline constexpr std::size_t kReferrersMax = 20;  // named one by one; of the rest how many

// A warning for each entry that names the file at `path`, which is to go: what it says will lead
// nowhere. Costs a look at the entries that have such fields; nothing where no schema has one.
Problems referrers_of(const site::Site& site,
                      const Resource& resource,
                      std::string_view label,
                      const RepoPath& path);

inline constexpr std::size_t kFilesAskedMax = 50'000;  // of a commit, for one push

// The same of a push that deletes entries, or gives them another name: who names them in the commit
// that it brings. Costs a look at the files that have such fields; nothing where no schema has one.
Result<Problems> lost_references(const Push& push, const Surroundings& after);

}  // namespace stet::change
