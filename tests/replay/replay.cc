#include "tests/replay/replay.h"

#include <algorithm>
#include <set>

#include "cms/generate/generate.h"
#include "cms/pipeline/for_all.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::replay {
namespace {

site::BuilderOptions site_options() {
  site::BuilderOptions options;
  options.generate = generate::generated;
  return options;
}

class Replay {
 public:
  Replay(const storage::Repository& repository,
         publish::Store& store,
         publish::Publisher& publisher,
         const ReplayOptions& options)
      : repository_(repository), options_(options), store_(store), publisher_(publisher) {
    pipeline::PipelineOptions own;
    own.site = site_options();
    own.sheets = options.sheets;
    own.threads = options.threads;
    own.eager_pages_max = options.eager_pages_max;
    pipeline_ = std::make_unique<pipeline::Pipeline>(
        repository_, store_, publisher_, clock_, std::move(own));
  }

  Status publish(Step& step) {
    auto record = TRY(repository_.read_commit(step.commit));
    clock_.set(std::max(clock_.now(), Instant{record.committer.when.seconds}));
    auto published = TRY(pipeline_->publish(step.commit));
    step.rendered = published->pages.size() + published->stale.size();
    while (TRY(pipeline_->fill(kFilledAtOnce)) > 0) continue;
    return {};
  }

  Status compare(Step& step) {
    publish::LivePointer live = publisher_.live();
    pipeline::BuildRequest request;
    request.source.snapshot = TRY(storage::open_git_snapshot(repository_, step.commit));
    request.source.instant = live->instant;
    request.source.last_changed = TRY(storage::LastChanged::build(repository_, step.commit));
    request.source.schedule = TRY(pipeline::ScheduleHistories(repository_).of(step.commit));
    request.site = site_options();
    request.sheets = options_.sheets;
    request.for_all = pipeline::for_all_with(options_.threads - 1);
    step.is_compared = true;
    auto found = TRY(differences(*pipeline_, *live, store_, std::move(request)));
    std::set<std::string> paths;
    for (Difference& difference : found) {
      paths.insert(difference.path);
      if (!known_.contains(difference.path)) step.found.push_back(std::move(difference));
    }
    known_ = std::move(paths);
    return {};
  }

 private:
  static constexpr std::size_t kFilledAtOnce = 4096;

  const storage::Repository& repository_;
  const ReplayOptions& options_;
  publish::Store& store_;
  publish::Publisher& publisher_;
  ManualClock clock_{Instant{0}};
  std::unique_ptr<pipeline::Pipeline> pipeline_;
  std::set<std::string> known_;  // the paths that differed last
};

// Parents before children; of a commit's parents the first one's history first.
Result<std::vector<CommitId>> all_commits(const storage::Repository& repository,
                                          const CommitId& head) {
  struct Open {
    CommitId commit;
    std::vector<CommitId> parents;  // still to be seen, the next one last
  };
  auto open = [&](const CommitId& commit) -> Result<Open> {
    auto parents = TRY(repository.read_commit(commit)).parents;
    std::reverse(parents.begin(), parents.end());
    return Open{commit, std::move(parents)};
  };
  std::vector<CommitId> commits;
  std::set<CommitId> seen = {head};
  std::vector<Open> path = {TRY(open(head))};
  while (!path.empty()) {
    if (path.back().parents.empty()) {
      commits.push_back(path.back().commit);
      path.pop_back();
      continue;
    }
    CommitId next = path.back().parents.back();
    path.back().parents.pop_back();
    if (seen.insert(next).second) path.push_back(TRY(open(next)));
  }
  return commits;
}

Result<std::vector<CommitId>> first_parents(const storage::Repository& repository,
                                            CommitId commit) {
  std::vector<CommitId> commits;
  for (;;) {
    commits.push_back(commit);
    auto parents = TRY(repository.read_commit(commit)).parents;
    if (parents.empty()) break;
    commit = parents.front();
  }
  std::reverse(commits.begin(), commits.end());
  return commits;
}

}  // namespace

Result<std::vector<CommitId>> commits_to(const storage::Repository& repository,
                                         const CommitId& head,
                                         Walk walk) {
  return walk == Walk::kFirstParents ? first_parents(repository, head)
                                     : all_commits(repository, head);
}

Result<Report> replay(const storage::Repository& repository,
                      const CommitId& head,
                      const std::filesystem::path& folder,
                      const ReplayOptions& options,
                      const std::function<void(const Step&)>& tell) {
  auto commits = TRY(commits_to(repository, head, options.walk));
  if (options.from) {
    auto at = std::find(commits.begin(), commits.end(), *options.from);
    if (at == commits.end()) return not_found(options.from->hex() + " does not lead to the head");
    commits.erase(commits.begin(), at);
  }
  auto store = TRY(publish::Store::open(folder / "pages"));
  auto publisher = TRY(publish::Publisher::open(folder / "live"));
  Replay replay(repository, *store, *publisher, options);
  Report report;
  report.commits = commits.size();
  for (std::size_t i = 0; i < commits.size(); ++i) {
    Step step{.commit = commits[i], .number = i + 1, .count = commits.size()};
    TRY(replay.publish(step));
    bool is_due = (i + 1) % options.every == 0 || i + 1 == commits.size();
    if (is_due) TRY(replay.compare(step));
    report.compared += step.is_compared;
    report.rendered += step.rendered;
    report.differences += step.found.size();
    tell(step);
  }
  return report;
}

}  // namespace stet::replay
