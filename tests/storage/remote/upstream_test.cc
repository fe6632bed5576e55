#include "storage/remote/upstream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "storage/base/durable_file.h"
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

// In place of OpenSSH: notes its arguments, a line each, then says and does what `script` does.
struct FakeSsh {
  explicit FakeSsh(const std::string& script) {
    std::ofstream(program()) << "#!/bin/sh\nfor last; do echo \"$last\" >> '" << log().string()
                             << "'; done\n"
                             << script;
    fs::permissions(program(), fs::perms::owner_all);
    std::ofstream(key()) << "a key\n";
    fs::permissions(key(), fs::perms::owner_read | fs::perms::owner_write);
  }
  fs::path program() const { return folder.path() / "ssh"; }
  fs::path log() const { return folder.path() / "log"; }
  fs::path key() const { return folder.path() / "the key"; }
  std::unique_ptr<Upstream> upstream(const TestRepository& ours, const TestRepository& theirs) {
    auto opened = Upstream::open({.repository = ours.path(),
                                  .url = "ssh://git@forge.example:2222" + theirs.path().string(),
                                  .ssh = program(),
                                  .ssh_key = key(),
                                  .known_hosts = folder.path() / "hosts"});
    EXPECT_TRUE(opened);
    return *std::move(opened);
  }
  TemporaryFolder folder;
};

TEST(Upstream, IsReachedBySshWithTheSitesOwnKeyAndHosts) {
  TestRepository ours, theirs;
  FakeSsh ssh("exec sh -c \"$last\"\n");
  auto upstream = ssh.upstream(ours, theirs);
  CommitId one = theirs.commit({{"a", "1"}});
  auto listing = upstream->list("main");
  ASSERT_TRUE(listing);
  EXPECT_EQ(listing->branch, one);
  ASSERT_TRUE(upstream->fetch("main", "refs/heads/main"));
  CommitId two = ours.commit({{"b", "1"}});
  auto pushed = upstream->push(two, "main");
  ASSERT_TRUE(pushed);
  EXPECT_EQ(pushed->kind, Kind::kDone);
  EXPECT_EQ(at(theirs, "main"), two);
  auto arguments = read_file(ssh.log(), 1 << 20);
  ASSERT_TRUE(arguments);
  for (const std::string& said : {std::string("BatchMode=yes"),
                                  std::string("IdentitiesOnly=yes"),
                                  "-i\n" + ssh.key().string(),
                                  "UserKnownHostsFile=" + (ssh.folder.path() / "hosts").string(),
                                  std::string("-p\n2222"),
                                  std::string("git@forge.example"),
                                  "git-receive-pack '" + theirs.path().string() + "'"}) {
    EXPECT_THAT(*arguments, HasSubstr(said + "\n"));
  }
}

TEST(Upstream, ThatSshDoesNotLetInSaysHowToMendIt) {
  TestRepository ours, theirs;
  FakeSsh ssh("echo 'git@forge.example: Permission denied (publickey).' >&2\nexit 255\n");
  auto listing = ssh.upstream(ours, theirs)->list("main");
  ASSERT_FALSE(listing);
  EXPECT_EQ(listing.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(listing.error().message, HasSubstr("ssh_key"));
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

TEST(Upstream, IsMirroredByPatterns) {
  Pair pair;
  const CommitId main = pair.theirs.commit({{"a", "1"}});
  pair.theirs.git({"branch", "change/x", "main"});
  pair.theirs.git({"tag", "v1", "main"});
  pair.theirs.git({"update-ref", "refs/stet/epoch", pair.theirs.blob("2\n")});
  const std::vector<std::string> patterns = {"+refs/heads/*:refs/stet/mirror/heads/*",
                                             "+refs/stet/epoch*:refs/stet/mirror/epoch*"};
  ASSERT_TRUE(pair.upstream->mirror(patterns));
  EXPECT_EQ(at(pair.ours, "refs/stet/mirror/heads/main"), main);
  EXPECT_EQ(at(pair.ours, "refs/stet/mirror/heads/change/x"), main);
  EXPECT_EQ(pair.ours.git({"cat-file", "-p", "refs/stet/mirror/epoch"}), "2\n");
  EXPECT_EQ(pair.ours.git({"for-each-ref", "refs/tags", "refs/heads"}), "");
  // What is rewritten there is so here, and what is gone goes.
  pair.theirs.git({"branch", "-D", "change/x"});
  pair.theirs.git({"update-ref", "-d", "refs/stet/epoch"});
  pair.theirs.git({"update-ref", "-d", "refs/heads/main"});
  const CommitId other = pair.theirs.commit({{"a", "other"}});
  ASSERT_TRUE(pair.upstream->mirror(patterns)) << "a pattern that nothing fits is no error";
  EXPECT_EQ(at(pair.ours, "refs/stet/mirror/heads/main"), other);
  EXPECT_EQ(pair.ours.git({"for-each-ref", "--format=%(refname)"}),
            "refs/stet/mirror/heads/main\n");
}

TEST(Upstream, ReferencesAreMovedAllOrNone) {
  Pair pair;
  const CommitId one = pair.ours.commit({{"a", "1"}}), two = pair.ours.commit({{"a", "2"}});
  ASSERT_TRUE(pair.upstream->move_references({}, "nothing"));
  ASSERT_TRUE(
      pair.upstream->move_references({{.name = "refs/heads/main", .from = two, .to = one},
                                      {.name = "refs/heads/new", .from = std::nullopt, .to = two}},
                                     "test"));
  EXPECT_EQ(at(pair.ours, "refs/heads/main"), one);
  EXPECT_EQ(at(pair.ours, "refs/heads/new"), two);
  Status moved =
      pair.upstream->move_references({{.name = "refs/heads/new", .from = two, .to = std::nullopt},
                                      {.name = "refs/heads/main", .from = two, .to = two}},
                                     "test");
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().code, ErrorCode::kConflict) << moved.error().message;
  EXPECT_EQ(at(pair.ours, "refs/heads/new"), two) << "none of them";
}

TEST(Upstream, AReferenceOfAnyKindIsPushed) {
  Pair pair;
  for (const char* text : {"2\n", "3\n"}) {
    pair.ours.git({"update-ref", "refs/stet/epoch", pair.ours.blob(text)});
    auto pushed = pair.upstream->push_reference("refs/stet/epoch");
    ASSERT_TRUE(pushed) << pushed.error().message;
    EXPECT_EQ(pushed->kind, Kind::kDone);
    EXPECT_EQ(pair.theirs.git({"cat-file", "-p", "refs/stet/epoch"}), text);
  }
  write_hook(pair.theirs.path(), "pre-receive", "echo 'not from you' >&2; exit 1\n");
  pair.ours.git({"update-ref", "refs/stet/epoch", pair.ours.blob("4\n")});
  auto refused = pair.upstream->push_reference("refs/stet/epoch");
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->kind, Kind::kRefused);
  EXPECT_THAT(refused->reason, HasSubstr("not from you"));
}

}  // namespace
}  // namespace stet::storage
