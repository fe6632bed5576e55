#include "tests/storage/git/test_repository.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>

// libgit2 1.5 forgets a regular expression's memory whenever it opens a repository of format 1.
extern "C" const char* __lsan_default_suppressions() { return "leak:libpcre2"; }

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

Repository create_or_abort(const fs::path& path, std::string_view branch) {
  auto repository = Repository::create(path, branch);
  if (!repository) {
    ADD_FAILURE() << repository.error().message;
    std::abort();
  }
  return *std::move(repository);
}

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

CommitId parse_commit(std::string hex) {
  while (!hex.empty() && hex.back() == '\n') hex.pop_back();
  auto id = CommitId::parse(hex);
  EXPECT_TRUE(id) << hex;
  return id ? *id : CommitId();
}

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "stet-test-XXXXXX").string();
  path_ = ::mkdtemp(pattern.data());
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

TestRepository::TestRepository(std::string_view initial_branch)
    : repository_(create_or_abort(folder_.path() / "site.git", initial_branch)) {}

GitOutcome TestRepository::try_git(const std::vector<std::string>& arguments,
                                   std::string_view input) {
  static std::atomic<int> serial{0};
  std::string number = std::to_string(++serial);
  fs::path in = folder_.path() / ("in" + number), out = folder_.path() / ("out" + number);
  std::ofstream(in, std::ios::binary) << input;
  std::vector<std::string> words = {"git", "-C", path().string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::string date = std::to_string(seconds_) + " +0000";
  std::vector<std::string> variables = {"PATH=/usr/bin:/bin",
                                        "HOME=/nonexistent",
                                        "GIT_CONFIG_GLOBAL=/dev/null",
                                        "GIT_CONFIG_NOSYSTEM=1",
                                        "LC_ALL=C",
                                        "GIT_AUTHOR_NAME=Ada",
                                        "GIT_AUTHOR_EMAIL=ada@x.test",
                                        "GIT_COMMITTER_NAME=Grace",
                                        "GIT_COMMITTER_EMAIL=g@x.test",
                                        "GIT_AUTHOR_DATE=" + date,
                                        "GIT_COMMITTER_DATE=" + date};
  auto pointers = [](std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
  };
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, in.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT, 0600);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  GitOutcome outcome;
  pid_t child = 0;
  if (::posix_spawnp(
          &child, "git", &actions, nullptr, pointers(words).data(), pointers(variables).data()) ==
      0) {
    int status = 0;
    ::waitpid(child, &status, 0);
    outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  posix_spawn_file_actions_destroy(&actions);
  outcome.output = slurp(out);
  fs::remove(in);
  fs::remove(out);
  return outcome;
}

std::string TestRepository::git(const std::vector<std::string>& arguments, std::string_view input) {
  GitOutcome outcome = try_git(arguments, input);
  EXPECT_EQ(outcome.exit_code, 0) << "git " << arguments.front() << ": " << outcome.output;
  return outcome.output;
}

std::string TestRepository::blob(std::string_view content) {
  return trimmed(git({"hash-object", "-w", "--stdin"}, content));
}

CommitId TestRepository::commit(const Files& files,
                                const std::vector<std::string>& deleted,
                                const std::string& branch) {
  seconds_ += 60;
  std::string stream = "commit refs/heads/" + branch + "\ncommitter Grace <g@x.test> " +
                       std::to_string(seconds_) + " +0000\ndata 1\nx\n";
  GitOutcome head = try_git({"rev-parse", "-q", "--verify", "refs/heads/" + branch});
  if (head.exit_code == 0) stream += "from refs/heads/" + branch + "^0\n";
  for (const std::string& path : deleted) stream += "D " + path + "\n";
  for (const auto& [path, content] : files) {
    stream += "M 100644 inline " + path + "\ndata " + std::to_string(content.size()) + "\n" +
              content + "\n";
  }
  git({"fast-import", "--quiet"}, stream);
  return parse_commit(git({"rev-parse", "refs/heads/" + branch}));
}

CommitId TestRepository::commit_tree(const std::vector<std::string>& lines,
                                     const std::string& branch) {
  std::string input;
  for (const std::string& line : lines) (input += line) += '\0';
  std::string tree = trimmed(git({"mktree", "-z", "--missing"}, input));
  GitOutcome head = try_git({"rev-parse", "-q", "--verify", "refs/heads/" + branch});
  std::vector<CommitId> parents;
  if (head.exit_code == 0) parents.push_back(parse_commit(head.output));
  return commit_merge(tree, parents, branch);
}

CommitId TestRepository::commit_merge(const std::string& tree,
                                      const std::vector<CommitId>& parents,
                                      const std::string& branch) {
  seconds_ += 60;
  std::vector<std::string> words = {"commit-tree", tree, "-m", "x"};
  for (const CommitId& parent : parents) {
    words.push_back("-p");
    words.push_back(parent.hex());
  }
  CommitId id = parse_commit(git(words));
  git({"update-ref", "refs/heads/" + branch, id.hex()});
  return id;
}

std::string TestRepository::fsck() {
  return git({"fsck", "--strict", "--full", "--no-dangling", "--no-progress"});
}

RepoPath path_of(std::string_view text) {
  auto path = RepoPath::parse(text);
  if (!path) {
    ADD_FAILURE() << path.error().message;
    std::abort();
  }
  return *std::move(path);
}

}  // namespace stet::storage
