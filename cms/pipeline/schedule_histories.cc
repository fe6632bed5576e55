#include "cms/pipeline/schedule_histories.h"

#include <string_view>
#include <vector>

#include "cms/schedule/event.h"
#include "storage/diff/diff.h"
#include "storage/git/objects.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::pipeline {
namespace {

// What a version holds that no other one shares, roughly.
constexpr std::uint64_t kOwnBytes = 4096;

// What is compared, or the folder that it is in.
constexpr std::string_view kRoots[] = {"_data", schedule::kSessionFolder, schedule::kConfigPath};

}  // namespace

Result<site::ScheduleHistory> ScheduleHistories::of(const CommitId& commit) const {
  auto snapshot = TRY(storage::open_git_snapshot(repository_, commit));
  auto event = TRY(RepoPath::parse(schedule::kEventPath));
  if (!TRY(snapshot->find(event))) return site::ScheduleHistory();
  std::vector<Link> line;
  Known known = known_.find(commit);
  for (std::optional<CommitId> at = commit; !known && at;) {
    auto record = TRY(repository_.read_commit(*at));
    Link link{*at, std::nullopt, {record.committer.when.seconds}, TRY(roots_of(record.tree))};
    if (!record.parents.empty()) link.parent = record.parents.front();
    line.push_back(link);
    at = link.parent;
    if (at) known = known_.find(*at);
  }
  if (!known) known = std::make_shared<const site::ScheduleHistory>();
  schedule::KnownFiles seen;
  for (std::size_t left = line.size(); left > 0; --left) {
    bool is_same = left < line.size() && line[left].roots == line[left - 1].roots;
    known = TRY(next(known, line[left - 1], is_same, seen));
    if (left % kStride == 1) known_.put(line[left - 1].commit, known, kOwnBytes);
  }
  return *known;
}

// Most commits touch none of the folders that a schedule is in: their ids tell that.
Result<std::string> ScheduleHistories::roots_of(const TreeId& root) const {
  auto tree = TRY(repository_.objects().read_tree(root));
  std::string roots;
  for (std::string_view name : kRoots) {
    auto place = tree->find(name);
    roots += place ? tree->at(*place).id : "-";
  }
  return roots;
}

Result<ScheduleHistories::Known> ScheduleHistories::next(const Known& before,
                                                         const Link& link,
                                                         bool is_untouched,
                                                         schedule::KnownFiles& seen) const {
  static const std::vector<RepoPath> kPaths = {*RepoPath::parse(schedule::kEventPath),
                                               *RepoPath::parse(schedule::kSessionFolder),
                                               *RepoPath::parse(schedule::kConfigPath),
                                               *RepoPath::parse(schedule::kReleasesPath)};
  storage::Diff diff;
  if (!is_untouched) {
    diff = TRY(storage::compare_below(repository_, link.parent, link.commit, kPaths));
  }
  bool is_same = diff.empty() && before->withdrawn.empty();
  if (is_same) return before;
  auto snapshot = TRY(storage::open_git_snapshot(repository_, link.commit));
  return std::make_shared<const site::ScheduleHistory>(
      TRY(schedule::grown(*before, {*snapshot, diff, link.when, link.commit, &seen})));
}

}  // namespace stet::pipeline
