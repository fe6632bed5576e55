#include "api/hooks/git_remote.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/storage/git/test_repository.h"

namespace stet::hooks {
namespace {

using storage::TestRepository;
using ::testing::HasSubstr;

std::string head_of(TestRepository& repository) { return repository.git({"rev-parse", "main"}); }

// Ours is a copy of theirs.
struct Pair {
  Pair() {
    theirs.commit({{"a.md", "one"}});
    ours.git({"fetch", "-q", theirs.path().string(), "refs/heads/main:refs/heads/main"});
  }
  GitRemote remote() const {
    return GitRemote({.repository = ours.path(), .url = theirs.path().string(), .branch = "main"});
  }
  TestRepository ours, theirs;
};

TEST(GitRemote, MovesOurBranchForward) {
  Pair pair;
  ASSERT_TRUE(pair.remote().fetch());
  pair.theirs.commit({{"a.md", "two"}});
  Status status = pair.remote().fetch();
  ASSERT_TRUE(status) << status.error().message;
  EXPECT_EQ(head_of(pair.ours), head_of(pair.theirs));
  EXPECT_EQ(pair.ours.fsck(), "");
}

TEST(GitRemote, LosesNoCommitOfOurs) {
  Pair pair;
  pair.ours.commit({{"b.md", "ours"}});
  std::string ours = head_of(pair.ours);
  ASSERT_TRUE(pair.remote().fetch());  // theirs is behind ours
  EXPECT_EQ(head_of(pair.ours), ours);
  pair.theirs.commit({{"a.md", "two"}});
  Status status = pair.remote().fetch();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kConflict);
  EXPECT_EQ(head_of(pair.ours), ours);
}

TEST(GitRemote, OfAnotherNameIsFetchedIntoOurs) {
  Pair pair;
  pair.theirs.commit({{"a.md", "two"}}, {}, "main");
  pair.theirs.git({"branch", "published", "main"});
  GitRemote remote({.repository = pair.ours.path(),
                    .url = pair.theirs.path().string(),
                    .branch = "main",
                    .remote_branch = "published"});
  ASSERT_TRUE(remote.fetch());
  EXPECT_EQ(head_of(pair.ours), head_of(pair.theirs));
}

TEST(GitRemote, ThatIsNotThereIsUnavailable) {
  Pair pair;
  GitRemote remote({.repository = pair.ours.path(),
                    .url = (pair.ours.folder() / "nothing").string(),
                    .branch = "main"});
  Status status = remote.fetch();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kUnavailable);
}

TEST(GitRemote, RunsNothingThatAUrlNames) {
  Pair pair;
  for (const char* url : {"", "--upload-pack=touch x", "ext::sh -c touch% x", "fd::1"}) {
    GitRemote remote({.repository = pair.ours.path(), .url = url, .branch = "main"});
    Status status = remote.fetch();
    ASSERT_FALSE(status) << url;
    EXPECT_EQ(status.error().code, ErrorCode::kInvalidInput) << url;
  }
}

}  // namespace
}  // namespace stet::hooks
