// The states of a site's files that a pipeline can make live, each under the id of a commit.
//
// A git repository has them for ever. A working folder has those that were seen since two of them
// were last compared, and these two: enough for a pipeline, which goes from one to the next.
// Threads: any.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "cms/pipeline/schedule_histories.h"
#include "storage/diff/diff.h"
#include "storage/history/last_changed.h"
#include "storage/snapshot/folder_snapshot.h"

namespace stet::pipeline {

class Versions {
 public:
  virtual ~Versions() = default;

  // The newest one of a branch; none where the branch has no commit.
  virtual Result<std::optional<CommitId>> head(std::string_view branch) const = 0;
  virtual Result<storage::SnapshotPtr> open(const CommitId& commit) const = 0;
  virtual Result<storage::Diff> compare(const CommitId& from, const CommitId& to) const = 0;
  // Of `to`, grown from `before`, which is of `from`; built from nothing where there is no `from`.
  virtual Result<storage::LastChanged> last_changed(const storage::LastChanged& before,
                                                    const std::optional<CommitId>& from,
                                                    const CommitId& to) const = 0;
  // What calendars have been told of the schedule, up to that version.
  virtual Result<site::ScheduleHistory> schedule(const CommitId& commit) const = 0;
};

class GitVersions final : public Versions {
 public:
  explicit GitVersions(const storage::Repository& repository)
      : repository_(repository), schedules_(repository) {}

  Result<std::optional<CommitId>> head(std::string_view branch) const override;
  Result<storage::SnapshotPtr> open(const CommitId& commit) const override;
  Result<storage::Diff> compare(const CommitId& from, const CommitId& to) const override;
  Result<storage::LastChanged> last_changed(const storage::LastChanged& before,
                                            const std::optional<CommitId>& from,
                                            const CommitId& to) const override;
  Result<site::ScheduleHistory> schedule(const CommitId& commit) const override;

 private:
  const storage::Repository& repository_;
  const ScheduleHistories schedules_;
};

// A working folder, which has one branch and no history: head() reads the folder anew, whatever the
// branch's name. kNotFound: a version that is forgotten. Nobody's work is committed by it: its ids
// are made from names and contents, and no repository knows them.
class FolderVersions final : public Versions {
 public:
  // Files that lie elsewhere, by the path at which the site has them.
  using Borrowed = std::map<RepoPath, std::filesystem::path>;

  FolderVersions(std::filesystem::path root, storage::FolderOptions options, Borrowed borrowed = {})
      : root_(std::move(root)), options_(std::move(options)), borrowed_(std::move(borrowed)) {}

  Result<std::optional<CommitId>> head(std::string_view branch) const override;
  Result<storage::SnapshotPtr> open(const CommitId& commit) const override;
  Result<storage::Diff> compare(const CommitId& from, const CommitId& to) const override;
  Result<storage::LastChanged> last_changed(const storage::LastChanged& before,
                                            const std::optional<CommitId>& from,
                                            const CommitId& to) const override;
  Result<site::ScheduleHistory> schedule(const CommitId& commit) const override;

 private:
  const std::filesystem::path root_;
  const storage::FolderOptions options_;
  const Borrowed borrowed_;
  mutable std::mutex mutex_;
  mutable std::map<CommitId, storage::SnapshotPtr> known_;
};

}  // namespace stet::pipeline
