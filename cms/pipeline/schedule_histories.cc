#include "cms/pipeline/schedule_histories.h"

#include <optional>
#include <vector>

#include "cms/schedule/event.h"
#include "cms/schedule/history_step.h"
#include "storage/diff/diff.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::pipeline {
namespace {

// What a version holds that no other one shares, roughly.
constexpr std::uint64_t kOwnBytes = 4096;

}  // namespace

Result<site::ScheduleHistory> ScheduleHistories::of(const CommitId& commit) const {
  auto snapshot = TRY(storage::open_git_snapshot(repository_, commit));
  auto event = TRY(RepoPath::parse(schedule::kEventPath));
  if (!TRY(snapshot->find(event))) return site::ScheduleHistory();
  std::vector<Link> line;
  Known known = known_.find(commit);
  for (std::optional<CommitId> at = commit; !known && at;) {
    auto record = TRY(repository_.read_commit(*at));
    Link link{*at, std::nullopt, {record.committer.when.seconds}};
    if (!record.parents.empty()) link.parent = record.parents.front();
    line.push_back(link);
    at = link.parent;
    if (at) known = known_.find(*at);
  }
  if (!known) known = std::make_shared<const site::ScheduleHistory>();
  for (std::size_t left = line.size(); left > 0; --left) {
    known = TRY(next(known, line[left - 1]));
    if (left % kStride == 1) known_.put(line[left - 1].commit, known, kOwnBytes);
  }
  return *known;
}

Result<ScheduleHistories::Known> ScheduleHistories::next(const Known& before,
                                                         const Link& link) const {
  static const std::vector<RepoPath> kPaths = {*RepoPath::parse(schedule::kEventPath),
                                               *RepoPath::parse(schedule::kSessionFolder),
                                               *RepoPath::parse(schedule::kReleasesPath)};
  auto diff = TRY(storage::compare_below(repository_, link.parent, link.commit, kPaths));
  bool is_same = diff.empty() && before->withdrawn.empty();
  if (is_same) return before;
  auto snapshot = TRY(storage::open_git_snapshot(repository_, link.commit));
  return std::make_shared<const site::ScheduleHistory>(
      TRY(schedule::grown(*before, {*snapshot, diff, link.when, link.commit})));
}

}  // namespace stet::pipeline
