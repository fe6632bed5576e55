#include "cms/change/merge_into.h"

#include "cms/schedule/event.h"
#include "storage/history/merge_base.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::change {
namespace {

using storage::Repository;
using storage::SnapshotPtr;
using Head = std::optional<CommitId>;
using Kind = MergeOutcome::Kind;

// Files that decide what is a mistake in others.
constexpr std::string_view kGroundRules[] = {"_config.yml", schedule::kEventPath};

// What is to be done on one head, worked out; and again on the next, if somebody is faster.
class Merging {
 public:
  Merging(const Repository& repository, const MergeRequest& request)
      : repository_(repository), request_(request) {}

  Status work_out(const Head& head) {
    if (is_worked_out_ && outcome_.before == head) return {};
    outcome_ = {};
    outcome_.before = outcome_.after = head;
    merge_ = {};
    is_worked_out_ = false;
    TRY(compare_with(head));
    is_worked_out_ = true;
    return {};
  }

  Result<storage::HeadStep> step(const Head& head) {
    TRY(work_out(head));
    if (outcome_.kind == Kind::kForwarded) return storage::HeadStep(request_.commit);
    if (outcome_.kind != Kind::kMerged) {
      // Nothing is to be moved: of an unborn branch there is no head to say so with.
      if (head) return storage::HeadStep(*head);
      return conflict("the branch has no commit, and gets none");
    }
    storage::ChangeSet change;
    change.author = request_.author;
    change.message = request_.message;
    change.trailers = request_.trailers;
    change.edits = merge_.edits();
    if (request_.shape != MergeShape::kSquash) change.merged = request_.commit;
    return storage::HeadStep(std::move(change));
  }

  MergeOutcome finish(const storage::Committed& committed) && {
    if (outcome_.has_landed()) outcome_.after = committed.commit;
    return std::move(outcome_);
  }
  const MergeOutcome& outcome() const { return outcome_; }

 private:
  Status compare_with(const Head& head) {
    const CommitId& commit = request_.commit;
    if (head && TRY(storage::is_ancestor(repository_, commit, *head))) {
      outcome_.kind = Kind::kContained;
      return {};
    }
    SnapshotPtr before;
    if (head) before = TRY(storage::open_git_snapshot(repository_, *head));
    const MergeShape shape = request_.shape;
    bool may_forward = shape == MergeShape::kMergeOrForward || shape == MergeShape::kForward;
    if (!head || (may_forward && TRY(storage::is_ancestor(repository_, *head, commit)))) {
      outcome_.kind = Kind::kForwarded;
      merge_.diff = TRY(storage::compare(repository_, head, commit));
      return judge(before, TRY(storage::open_git_snapshot(repository_, commit)));
    }
    if (shape == MergeShape::kForward) {
      outcome_.kind = Kind::kDiverged;
      return {};
    }
    auto merge = TRY(merge_commits(repository_, *head, commit, request_.choices));
    if (!merge) {
      outcome_.kind = Kind::kUnrelated;
      return {};
    }
    merge_ = std::move(*merge);
    outcome_.kind = merge_.conflicts.empty() ? Kind::kMerged : Kind::kConflicts;
    outcome_.conflicts = std::move(merge_.conflicts);
    if (outcome_.kind != Kind::kMerged) return {};
    return judge(before, merge_.over(before));
  }

  Status judge(const SnapshotPtr& before, const SnapshotPtr& after) {
    if (!request_.judge) return {};
    std::vector<std::optional<storage::SnapshotEntry>> rules;
    for (std::string_view path : kGroundRules) {
      rules.push_back(TRY(after->find(TRY(RepoPath::parse(path)))));
    }
    // What was found good is good on another head too, if it changes the same in the same way.
    if (good_ == merge_.diff && good_rules_ == rules) return {};
    bool is_good = TRY(request_.judge({merge_.diff, before, after, nullptr}));
    if (is_good) {
      good_ = merge_.diff;
      good_rules_ = std::move(rules);
    } else {
      outcome_.kind = Kind::kRefused;
    }
    return {};
  }

  const Repository& repository_;
  const MergeRequest& request_;
  bool is_worked_out_ = false;
  MergeOutcome outcome_;
  TreeMerge merge_;
  std::optional<storage::Diff> good_;
  std::vector<std::optional<storage::SnapshotEntry>> good_rules_;
};

}  // namespace

Result<MergeOutcome> merge_into(const Repository& repository,
                                storage::Committer& committer,
                                const MergeRequest& request) {
  TRY(repository.read_commit(request.commit));
  Merging merging(repository, request);
  // Once outside of the committer, so that inside of it nobody waits for long.
  TRY(merging.work_out(TRY(repository.head_of(committer.branch()))));
  auto committed = committer.commit_on_head([&](const Head& head) { return merging.step(head); });
  bool is_refused_unborn =
      !committed && !merging.outcome().before && merging.outcome().kind == Kind::kRefused;
  if (is_refused_unborn) return merging.outcome();
  if (!committed) return std::move(committed).error();
  return std::move(merging).finish(*committed);
}

}  // namespace stet::change
