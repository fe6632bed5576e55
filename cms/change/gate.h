// Whether a push may come in: what it changes, validated as the API's writes are.
//
// Threads: pure functions of immutable snapshots. Limits: kPushProblemsMax. Cost: the changed
// files, twice where one is broken, and the configuration, event and names of layouts of one
// commit.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "storage/base/problem.h"
#include "storage/diff/diff.h"
#include "storage/snapshot/snapshot.h"

namespace stet::change {

struct Resource;

inline constexpr std::size_t kPushProblemsMax = 1000;

struct Push {
  storage::Diff diff;                  // from `before` to `after`
  storage::SnapshotPtr before, after;  // before: null where the branch is new
  storage::SnapshotPtr theme;          // the default theme's files, or null
};

// What looked at a file: a server's settings may let one kind of mistake pass and not another.
enum class Check {
  kDocuments,  // posts, pages, layouts and includes: front matter, Liquid
  kSchedule,   // sessions, speakers, the event
  kData,       // data files
  kConfig,     // _config.yml
  kSchemas,    // fields that are not what the site says of them
  kLinks,      // symbolic links and submodules, which are never followed
};

struct PushProblem {
  Check check = Check::kDocuments;
  Problem problem;
};

// Errors are reasons to refuse the push. What was already wrong with a file before is a warning:
// who mends one thing need not mend all. Deleted files are not asked, but those that name them by a
// schema's reference are a warning, and that sessions go by a speaker that is gone, or by a room, a
// track or a type that the event has no more, is an error (lost_names.h). After kPushProblemsMax
// problems of either severity no more of it are told. An error of the call is a repository that
// cannot be read.
Result<std::vector<PushProblem>> check_push(const Push& push);

struct PathScope {
  RepoPath path;
  std::string_view scope;              // "theme:write"
  const Resource* resource = nullptr;  // what it is, or is taken for; never null
};

// What a token needs for each path that the push changes: as the API asks it of a write to that
// path on the site as it is before the push.
Result<std::vector<PathScope>> write_scopes_of(const Push& push);

}  // namespace stet::change
