// A version of the site as the public sees it, where the site says `stet: {schedule: {public:
// released}}` in its configuration files: event, sessions and speakers as the newest release left
// them, all else as the version has it.
//
// Before the first release there are no sessions and speakers, and of the event no rooms, tracks
// and types. What calendars were told, and when files were last changed, goes by the release's
// commit too; a slot that no release had is not told as cancelled. So everything that is made of
// what the public sees follows from the commit and its history alone. A working folder has no
// history, so nothing is released in it; where it names releases, that is a problem. Where the
// configuration says neither of the policy's words, it holds back as well.
//
// Threads: any. Cost: a look at the configuration; where something is held back, of the dates the
// files that differ since the release, and for each new release one walk along the history.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cms/pipeline/versions.h"
#include "cms/site/builder.h"

namespace stet::pipeline {

// What tells two faces of the site apart, beside the versions that they are of.
struct Face {
  std::vector<RepoPath> held_back = {};  // files, and folders; none: it is the version as it is
  std::optional<CommitId> release = {};  // whose program it has; none: none yet
  storage::SnapshotPtr snapshot = {};
  Problems problems = {};

  bool is_held_back() const { return !held_back.empty(); }
};

struct PublicSource {
  site::SiteSource source;
  Face face;
};

class ReleasedProgram {
 public:
  // `versions` must outlive it; `overrides` name the configuration files.
  ReleasedProgram(const Versions& versions, const site::Overrides& overrides)
      : versions_(versions), overrides_(overrides) {}

  // Of a version with all that it holds; `commit`: that it is of, where it is of one.
  Result<PublicSource> shown(site::SiteSource source, const std::optional<CommitId>& commit) const;

  // From what one face shows to what the other shows; `diff`: between the two versions.
  static Result<storage::Diff> diff_between(const Face& before,
                                            const Face& after,
                                            storage::Diff diff);

 private:
  // What the configuration says is held back.
  Result<std::vector<RepoPath>> held_back_in(const storage::Snapshot& snapshot) const;
  Result<storage::LastChanged> dates_of(const CommitId& release) const;

  const Versions& versions_;
  const site::Overrides overrides_;
  mutable std::mutex mutex_;
  // What was found last.
  mutable std::pair<std::string, std::vector<RepoPath>> held_back_;  // by blobs of configuration
  mutable std::optional<std::pair<CommitId, storage::LastChanged>> dates_;
};

}  // namespace stet::pipeline
