// A bare repository in a temporary folder, for tests: made, filled, looked into, removed.
//
// git itself is run with an empty environment, so that nobody's configuration changes a test.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/repo_path.h"
#include "storage/git/repository.h"

namespace stet::storage {

// A folder that goes when this goes.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct GitOutcome {
  int exit_code = -1;
  std::string output;  // stdout and stderr
};

class TestRepository {
 public:
  explicit TestRepository(std::string_view initial_branch = "main");

  const Repository& repository() const { return repository_; }
  std::filesystem::path path() const { return repository_.path(); }
  const std::filesystem::path& folder() const { return folder_.path(); }  // holds the repository

  // Writes these files (and deletes those without content) on top of the branch, by git alone.
  using Files = std::map<std::string, std::string>;
  CommitId commit(const Files& files,
                  const std::vector<std::string>& deleted = {},
                  const std::string& branch = "main");

  // A commit of exactly the tree that `git mktree -z` makes of `lines` ("mode type id\tname").
  CommitId commit_tree(const std::vector<std::string>& lines, const std::string& branch = "main");

  // A commit of that tree with these parents; the branch moves to it.
  CommitId commit_merge(const std::string& tree,
                        const std::vector<CommitId>& parents,
                        const std::string& branch = "main");

  std::string blob(std::string_view content);  // the id of a new blob, in hex

  // Runs git in the repository. Fails the test where git fails.
  std::string git(const std::vector<std::string>& arguments, std::string_view input = "");
  GitOutcome try_git(const std::vector<std::string>& arguments, std::string_view input = "");

  // What `git fsck --strict` complains of, unreachable objects not counted; "" for a clean one.
  std::string fsck();

  // Every commit is a minute later than the one before; this skips further ahead, or back.
  void skip_seconds(std::int64_t seconds) { seconds_ += seconds; }

 private:
  TemporaryFolder folder_;
  Repository repository_;
  std::int64_t seconds_ = 1'600'000'000;
};

RepoPath path_of(std::string_view text);  // aborts the test program where it is none

}  // namespace stet::storage
