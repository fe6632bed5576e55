#include "storage/remote/upstream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using Kind = PushOutcome::Kind;

struct Pair {
  explicit Pair(std::string_view their_branch = "main") : theirs(their_branch) {
    auto opened = Upstream::open({.repository = ours.path(), .url = theirs.path().string()});
    EXPECT_TRUE(opened);
    upstream = *std::move(opened);
  }
  TestRepository ours, theirs;
  std::unique_ptr<Upstream> upstream;
};

std::optional<CommitId> at(const TestRepository& repository, std::string_view name) {
  auto commit = repository.repository().resolve(name);
  return commit ? std::optional(*commit) : std::nullopt;
}

void write_hook(const fs::path& repository, const std::string& name, const std::string& script) {
  fs::create_directories(repository / "hooks");
  std::ofstream(repository / "hooks" / name) << "#!/bin/sh\n" << script;
  fs::permissions(repository / "hooks" / name, fs::perms::owner_all);
}

TEST(Upstream, IsListed) {
  Pair pair("trunk");
  auto empty = pair.upstream->list("main");
  ASSERT_TRUE(empty);
  EXPECT_FALSE(empty->branch);
  EXPECT_EQ(empty->default_branch, "");
  CommitId trunk = pair.theirs.commit({{"a", "1"}}, {}, "trunk");
  CommitId main = pair.theirs.commit({{"a", "2"}}, {}, "main");
  auto listing = pair.upstream->list("main");
  ASSERT_TRUE(listing);
  EXPECT_EQ(listing->branch, main);
  EXPECT_EQ(listing->default_branch, "trunk");
  EXPECT_EQ(listing->default_head, trunk);
  EXPECT_FALSE(pair.upstream->list("mai")->branch);
}

TEST(Upstream, IsFetchedWhereverItIs) {
  Pair pair;
  pair.ours.commit({{"z", "ours"}});
  CommitId one = pair.theirs.commit({{"a", "1"}});
  ASSERT_TRUE(pair.upstream->fetch("main", "refs/stet/x"));
  EXPECT_EQ(at(pair.ours, "refs/stet/x"), one);
  pair.theirs.git({"update-ref", "-d", "refs/heads/main"});
  CommitId other = pair.theirs.commit({{"b", "1"}});
  ASSERT_TRUE(pair.upstream->fetch("main", "refs/stet/x"));
  EXPECT_EQ(at(pair.ours, "refs/stet/x"), other);
  EXPECT_EQ(pair.ours.fsck(), "");
  Status gone = pair.upstream->fetch("none", "refs/stet/x");
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(pair.upstream->fetch("a b", "refs/stet/x").error().code, ErrorCode::kInvalidInput);
}

TEST(Upstream, IsPushedToAndNeverByForce) {
  Pair pair;
  CommitId one = pair.ours.commit({{"a", "1"}});
  auto pushed = pair.upstream->push(one, "main");
  ASSERT_TRUE(pushed);
  EXPECT_EQ(pushed->kind, Kind::kDone);
  EXPECT_EQ(at(pair.theirs, "main"), one);
  EXPECT_EQ(pair.upstream->push(one, "main")->kind, Kind::kDone);
  CommitId theirs = pair.theirs.commit({{"b", "1"}});
  CommitId ours = pair.ours.commit({{"c", "1"}});
  EXPECT_EQ(pair.upstream->push(ours, "main")->kind, Kind::kBehind);
  EXPECT_EQ(at(pair.theirs, "main"), theirs);
}

TEST(Upstream, SaysWhyItDoesNotTakeAPush) {
  Pair pair;
  write_hook(pair.theirs.path(),
             "pre-receive",
             "echo 'main is protected: https://a:b@forge.example' >&2\nexit 1\n");
  auto pushed = pair.upstream->push(pair.ours.commit({{"a", "1"}}), "main");
  ASSERT_TRUE(pushed);
  EXPECT_EQ(pushed->kind, Kind::kRefused);
  EXPECT_THAT(pushed->reason, HasSubstr("main is protected: https://forge.example"));
}

TEST(Upstream, RunsNoHookOfOurRepository) {
  Pair pair;
  for (std::string name : {"reference-transaction", "pre-push"}) {
    write_hook(
        pair.ours.path(), name, "touch " + (pair.ours.folder() / name).string() + "\nexit 1\n");
  }
  pair.theirs.commit({{"a", "1"}});
  ASSERT_TRUE(pair.upstream->fetch("main", "refs/stet/x"));
  ASSERT_TRUE(pair.upstream->push(*at(pair.ours, "refs/stet/x"), "copy"));
  EXPECT_FALSE(fs::exists(pair.ours.folder() / "pre-push"));
  EXPECT_FALSE(fs::exists(pair.ours.folder() / "reference-transaction"));
}

TEST(Upstream, MovesAReferenceFromWhereItIsSaidToBe) {
  Pair pair;
  CommitId one = pair.ours.commit({{"a", "1"}}), two = pair.ours.commit({{"a", "2"}});
  auto move = [&](std::optional<CommitId> from, std::optional<CommitId> to) {
    return pair.upstream->move_reference({"refs/heads/kept", from, to, "a test"});
  };
  EXPECT_TRUE(move(std::nullopt, one));
  EXPECT_EQ(move(std::nullopt, two).error().code, ErrorCode::kConflict);
  EXPECT_EQ(move(two, one).error().code, ErrorCode::kConflict);
  EXPECT_EQ(at(pair.ours, "kept"), one);
  EXPECT_TRUE(move(one, two));
  EXPECT_EQ(move(one, std::nullopt).error().code, ErrorCode::kConflict);
  EXPECT_TRUE(move(two, std::nullopt));
  EXPECT_FALSE(at(pair.ours, "kept"));
}

TEST(Upstream, ThatIsNotThereIsUnavailable) {
  TestRepository ours;
  auto upstream = Upstream::open({.repository = ours.path(), .url = "/nowhere/at/all.git"});
  ASSERT_TRUE(upstream);
  auto listing = (*upstream)->list("main");
  ASSERT_FALSE(listing);
  EXPECT_EQ(listing.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(listing.error().message, HasSubstr("/nowhere/at/all.git"));
}

TEST(Upstream, CanBeStopped) {
  Pair pair;
  pair.theirs.commit({{"a", "1"}});
  pair.upstream->stop();
  auto listing = pair.upstream->list("main");
  ASSERT_FALSE(listing);
  EXPECT_THAT(listing.error().message, HasSubstr("stopping"));
}

}  // namespace
}  // namespace stet::storage
