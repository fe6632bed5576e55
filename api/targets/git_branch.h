// A branch of pages, as GitHub's, Codeberg's and others' servers of pages want it: in the served
// repository itself, or in another one, to which it is pushed.
//
// A publication is one commit on top of the branch, whose message names the site's; folders in
// which nothing has changed are the ones that were there. Files that are not the site's stay
// (CNAME, say), a .nojekyll is added. Where somebody else has moved the branch, ours goes on top of
// that; nothing is ever pushed by force. Threads: apply() from one; stop() from any. Durability: a
// commit is noted when the other side has taken it. What is pushed lies in a repository beside the
// state, which may be deleted: then the branch is fetched.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/targets/target.h"
#include "storage/base/clock.h"
#include "storage/commit/detached_commits.h"
#include "storage/remote/upstream.h"

namespace stet::targets {

struct GitBranchSettings {
  std::string branch = "gh-pages";
  // Where it is pushed from: a folder of its own, made where it is missing. Where `url` is "", the
  // served repository.
  std::filesystem::path repository;
  std::string url = {};
  std::string ssh_key = {}, known_hosts = {}, credentials = {}, credential_helper = {};
  std::int64_t seconds_max = 300;  // of one fetch or push
  std::string name = "stet", email = "stet@localhost";
};

class GitBranch final : public Target {
 public:
  // `clock` must outlive it. kInvalidInput names the setting.
  static Result<std::unique_ptr<GitBranch>> open(GitBranchSettings settings, const Clock& clock);

  std::string place() const override;
  Status apply(Work& work) override;
  void stop() override { upstream_->stop(); }

 private:
  GitBranch(GitBranchSettings settings,
            storage::Repository repository,
            std::unique_ptr<storage::Upstream> upstream,
            const Clock& clock)
      : settings_(std::move(settings)),
        repository_(std::move(repository)),
        upstream_(std::move(upstream)),
        clock_(clock) {}
  bool is_local() const { return settings_.url.empty(); }
  Result<std::optional<CommitId>> head(const Work& work);
  Result<std::optional<CommitId>> fetch();
  Result<storage::ChangeSet> change_set(Work& work,
                                        const std::optional<CommitId>& head,
                                        storage::DetachedCommits& made);
  Status add_files(Work& work,
                   const std::vector<Change>& changes,
                   storage::DetachedCommits& made,
                   storage::ChangeSet& into);
  enum class Handed { kDone, kBehind };
  Result<Handed> hand_over(const std::optional<CommitId>& head, const CommitId& commit);
  void tidy();

  const GitBranchSettings settings_;
  const storage::Repository repository_;
  const std::unique_ptr<storage::Upstream> upstream_;
  const Clock& clock_;
  bool is_behind_ = false;  // somebody has moved their branch since we last saw it
};

}  // namespace stet::targets
