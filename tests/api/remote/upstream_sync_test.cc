// Two real repositories, and everything that an upstream may do.

#include "api/remote/upstream_sync.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/storage/git/test_repository.h"

namespace stet::remote {
namespace {

namespace fs = std::filesystem;
using storage::TestRepository;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr char kPost[] = "---\ntitle: Old\nplace: Boston\n---\nThe body.\n";

std::string post(std::string_view title, std::string_view place, std::string_view body) {
  return "---\ntitle: " + std::string(title) + "\nplace: " + std::string(place) + "\n---\n" +
         std::string(body) + "\n";
}

// Ours is a copy of theirs.
class Pair {
 public:
  explicit Pair(SyncOptions options = {}, bool is_copied = true, std::string branch = "main")
      : theirs(branch) {
    if (is_copied) {
      theirs.commit({{"a.md", kPost}}, {}, branch);
      ours.git(
          {"fetch", "-q", theirs.path().string(), "refs/heads/" + branch + ":refs/heads/main"});
    }
    start(options);
  }

  // As a server that starts.
  void start(SyncOptions options = {}) {
    sync.reset();
    upstream = *storage::Upstream::open({.repository = ours.path(), .url = theirs.path().string()});
    committer = *storage::Committer::open(ours.repository(), {}, clock);
    sync = std::make_unique<UpstreamSync>(
        UpstreamSync::Parts{ours.repository(),
                            *committer,
                            *upstream,
                            clock,
                            [this] { ++moved; },
                            [this](std::string_view note) { notes.emplace_back(note); }},
        std::move(options));
  }

  // A round that must go well.
  const RemoteReport& round(bool adopts = false) {
    Status status = sync->round(adopts);
    EXPECT_TRUE(status) << status.error().message;
    return sync->report();
  }
  std::string failing_round() {
    Status status = sync->round();
    EXPECT_FALSE(status);
    return status ? "" : status.error().message;
  }
  std::string show(TestRepository& repository, const std::string& what) {
    return repository.git({"show", what});
  }
  bool is_same(const std::string& their_branch = "main") {
    return ours.git({"rev-parse", "main"}) == theirs.git({"rev-parse", their_branch});
  }
  bool has(TestRepository& repository, const std::string& branch, const CommitId& commit) {
    return repository.try_git({"merge-base", "--is-ancestor", commit.hex(), branch}).exit_code == 0;
  }

  TestRepository ours, theirs;
  ManualClock clock{Instant{1'700'000'000}};
  std::unique_ptr<storage::Upstream> upstream;
  std::unique_ptr<storage::Committer> committer;
  std::unique_ptr<UpstreamSync> sync;
  int moved = 0;
  std::vector<std::string> notes;
};

TEST(UpstreamSync, TakesWhatTheyHaveAndGivesWhatWeHave) {
  Pair pair;
  EXPECT_EQ(pair.round().state, RemoteState::kInStep);
  EXPECT_EQ(pair.moved, 0);
  CommitId theirs = pair.theirs.commit({{"b.md", "theirs"}});
  RemoteReport report = pair.round();
  EXPECT_EQ(report.upstream, theirs);
  EXPECT_EQ(report.last_fetch, pair.clock.now());
  EXPECT_FALSE(report.last_push);
  EXPECT_EQ(pair.moved, 1);
  EXPECT_TRUE(pair.is_same());
  pair.ours.commit({{"c.md", "ours"}});
  report = pair.round();
  EXPECT_EQ(report.last_push, pair.clock.now());
  EXPECT_EQ(report.state, RemoteState::kInStep);
  EXPECT_TRUE(pair.is_same());
  EXPECT_EQ(pair.moved, 1);
  EXPECT_EQ(report.counts.merges, 0u);
  EXPECT_EQ(report.counts.pushes, 1u);
  EXPECT_EQ(pair.ours.fsck() + pair.theirs.fsck(), "");
}

TEST(UpstreamSync, MergesByFieldWhatBothHaveMoved) {
  Pair pair;
  pair.round();
  CommitId theirs = pair.theirs.commit({{"a.md", post("New", "Boston", "The body.")}});
  CommitId ours = pair.ours.commit({{"a.md", post("Old", "Montreal", "The body.")}});
  const RemoteReport& report = pair.round();
  EXPECT_EQ(report.counts.merges, 1u);
  EXPECT_EQ(report.state, RemoteState::kInStep);
  EXPECT_TRUE(pair.is_same());
  EXPECT_EQ(pair.show(pair.theirs, "main:a.md"), post("New", "Montreal", "The body."));
  EXPECT_TRUE(pair.has(pair.theirs, "main", ours));
  EXPECT_TRUE(pair.has(pair.theirs, "main", theirs));
  EXPECT_EQ(pair.ours.fsck() + pair.theirs.fsck(), "");
}

TEST(UpstreamSync, ParksWhatCannotBeMergedUntilSomebodyHas) {
  Pair pair;
  pair.round();
  CommitId theirs = pair.theirs.commit({{"a.md", post("Theirs", "Boston", "The body.")}});
  CommitId ours = pair.ours.commit({{"a.md", post("Ours", "Boston", "The body.")}});
  RemoteReport report = pair.round();
  EXPECT_EQ(report.state, RemoteState::kParked);
  ASSERT_THAT(report.parked, SizeIs(1));
  EXPECT_EQ(report.parked[0].branch, "stet/parked-" + theirs.hex().substr(0, 12));
  EXPECT_EQ(report.parked[0].commit, theirs);
  EXPECT_THAT(report.parked[0].conflicts,
              ElementsAre(Field(&Problem::message, HasSubstr("title"))));
  EXPECT_EQ(pair.ours.repository().head_of(report.parked[0].branch).value(), theirs);
  EXPECT_EQ(pair.ours.repository().head_of("main").value(), ours);
  EXPECT_EQ(pair.theirs.repository().head_of("main").value(), theirs);
  EXPECT_EQ(report.ahead, 1u);
  EXPECT_EQ(report.behind, 1u);
  EXPECT_THAT(pair.notes, ElementsAre(HasSubstr("until somebody merges")));
  // A restart forgets nothing; and nobody is told the same twice.
  EXPECT_EQ(pair.round().state, RemoteState::kParked);
  EXPECT_THAT(pair.notes, SizeIs(1));
  pair.start();
  EXPECT_EQ(pair.round().parked, report.parked);
  // They go on: the newer one stands for both.
  CommitId later = pair.theirs.commit({{"b.md", "more"}});
  report = pair.round();
  ASSERT_THAT(report.parked, SizeIs(1));
  EXPECT_EQ(report.parked[0].commit, later);
  // An edit here says what is meant, and all is well again.
  pair.ours.commit({{"a.md", post("Theirs", "Boston", "The body.")}});
  report = pair.round();
  EXPECT_EQ(report.state, RemoteState::kInStep);
  EXPECT_THAT(report.parked, IsEmpty());
  EXPECT_TRUE(pair.is_same());
  EXPECT_THAT(pair.notes.back(), HasSubstr("is merged"));
  EXPECT_TRUE(pair.has(pair.theirs, "main", ours));
}

TEST(UpstreamSync, WhatSomebodyMergedThereIsTakenOffToo) {
  Pair pair;
  pair.round();
  CommitId theirs = pair.theirs.commit({{"a.md", post("Theirs", "Boston", "The body.")}});
  CommitId ours = pair.ours.commit({{"a.md", post("Ours", "Boston", "The body.")}});
  pair.round();
  pair.theirs.git({"fetch", "-q", pair.ours.path().string(), "main"});
  std::string tree = pair.theirs.git({"rev-parse", "main^{tree}"}).substr(0, 40);
  pair.theirs.commit_merge(tree, {theirs, ours});
  EXPECT_THAT(pair.round().parked, IsEmpty());
  EXPECT_TRUE(pair.is_same());
}

TEST(UpstreamSync, FollowsARewrittenHistoryAndKeepsWhatWasHere) {
  Pair pair;
  CommitId old = pair.theirs.commit({{"b.md", "a secret"}});
  pair.round();
  pair.theirs.git({"update-ref", "refs/heads/main", "main~1"});
  for (const char* what : {"moved back", "and on"}) {
    RemoteReport report = pair.round();
    EXPECT_TRUE(pair.is_same()) << what;
    EXPECT_EQ(report.state, RemoteState::kInStep) << what;
    ASSERT_THAT(report.replaced, SizeIs(1)) << what;
    EXPECT_EQ(report.replaced[0].commit, old) << what;
    EXPECT_THAT(report.replaced[0].branch, StartsWith("stet/replaced-")) << what;
    pair.theirs.commit({{"c.md", "new"}});
  }
  EXPECT_TRUE(pair.has(pair.ours, "stet/replaced-" + old.hex().substr(0, 12), old));
  EXPECT_THAT(pair.notes, ElementsAre(HasSubstr("rewritten")));
}

TEST(UpstreamSync, ParksARewrittenHistoryWhereCommitsOfOursWouldBeLost) {
  Pair pair;
  pair.theirs.commit({{"b.md", "one"}});
  pair.round();
  CommitId ours = pair.ours.commit({{"c.md", "ours"}});
  pair.theirs.git({"update-ref", "refs/heads/main", "main~1"});
  RemoteReport report = pair.round();
  EXPECT_EQ(report.state, RemoteState::kParked);
  EXPECT_THAT(report.parked, SizeIs(1));
  EXPECT_EQ(pair.ours.repository().head_of("main").value(), ours);
  EXPECT_FALSE(
      pair.has(pair.theirs, "main", pair.ours.repository().resolve("main~1").value_or(ours)));
  // Somebody puts it right there.
  pair.theirs.git({"fetch", "-q", pair.ours.path().string(), "main"});
  pair.theirs.git({"update-ref", "refs/heads/main", ours.hex()});
  report = pair.round();
  EXPECT_EQ(report.state, RemoteState::kInStep);
  EXPECT_THAT(report.parked, IsEmpty());
}

TEST(UpstreamSync, ARewrittenHistoryThatWasMergedHereIsGivenBack) {
  Pair pair;
  pair.theirs.commit({{"b.md", "one"}});
  pair.round();
  CommitId ours = pair.ours.commit({{"c.md", "ours"}});
  pair.theirs.git({"update-ref", "refs/heads/main", "main~1"});
  CommitId theirs = pair.theirs.commit({{"d.md", "another"}});
  EXPECT_EQ(pair.round().state, RemoteState::kParked);
  std::string tree = pair.ours.git({"rev-parse", "main^{tree}"}).substr(0, 40);
  pair.ours.commit_merge(tree, {ours, theirs});
  EXPECT_EQ(pair.round().state, RemoteState::kInStep);
  EXPECT_TRUE(pair.is_same());
  EXPECT_THAT(pair.sync->report().parked, IsEmpty());
}

TEST(UpstreamSync, TakesTheirsInPlaceOfOursWhereSomebodyHasDecidedSo) {
  Pair pair;
  pair.round();
  pair.theirs.commit({{"a.md", post("Theirs", "Boston", "The body.")}});
  CommitId ours = pair.ours.commit({{"a.md", post("Ours", "Boston", "The body.")}});
  EXPECT_EQ(pair.round().state, RemoteState::kParked);
  const RemoteReport& report = pair.round(true);
  EXPECT_EQ(report.state, RemoteState::kInStep);
  EXPECT_TRUE(pair.is_same());
  EXPECT_THAT(report.parked, IsEmpty());
  ASSERT_THAT(report.replaced, SizeIs(1));
  EXPECT_EQ(report.replaced[0].commit, ours);
  EXPECT_EQ(pair.moved, 1);
  // What is said of one round is not said of the next, nor where there is nothing to decide.
  pair.ours.commit({{"c.md", "ours"}});
  EXPECT_EQ(pair.round(true).state, RemoteState::kInStep);
  EXPECT_THAT(pair.sync->report().replaced, SizeIs(1));
}

TEST(UpstreamSync, ParksARewrittenHistoryWhereTheSettingsSaySo) {
  Pair pair({.is_following_rewrites = false});
  CommitId old = pair.theirs.commit({{"b.md", "one"}});
  pair.round();
  pair.theirs.git({"update-ref", "refs/heads/main", "main~1"});
  pair.theirs.commit({{"b.md", "another"}});
  EXPECT_EQ(pair.round().state, RemoteState::kParked);
  EXPECT_EQ(pair.ours.repository().head_of("main").value(), old);
}

TEST(UpstreamSync, OfABranchThatIsGoneLeavesOursAndPushesNothing) {
  Pair pair;
  pair.theirs.git({"branch", "other", "main"});
  pair.round();
  pair.theirs.git({"symbolic-ref", "HEAD", "refs/heads/nowhere"});
  pair.theirs.git({"update-ref", "-d", "refs/heads/main"});
  CommitId ours = pair.ours.commit({{"c.md", "ours"}});
  EXPECT_THAT(pair.failing_round(), HasSubstr("has no branch 'main' any more"));
  EXPECT_EQ(pair.sync->report().state, RemoteState::kGone);
  EXPECT_EQ(pair.ours.repository().head_of("main").value(), ours);
  EXPECT_EQ(pair.theirs.git({"branch", "--list", "main"}), "");
  // It comes back.
  pair.theirs.git({"branch", "main", "other"});
  EXPECT_EQ(pair.round().state, RemoteState::kInStep);
  EXPECT_TRUE(pair.is_same());
}

TEST(UpstreamSync, FollowsADefaultBranchThatWasRenamed) {
  Pair pair;
  pair.round();
  pair.theirs.git({"branch", "-m", "main", "trunk"});
  pair.theirs.git({"symbolic-ref", "HEAD", "refs/heads/trunk"});
  pair.ours.commit({{"c.md", "ours"}});
  EXPECT_EQ(pair.round().remote_branch, "trunk");
  EXPECT_TRUE(pair.is_same("trunk"));
  EXPECT_EQ(pair.theirs.git({"branch", "--list", "main"}), "");
  pair.start();
  pair.theirs.commit({{"d.md", "theirs"}}, {}, "trunk");
  EXPECT_EQ(pair.round().remote_branch, "trunk");
  EXPECT_TRUE(pair.is_same("trunk"));
  // One that the settings name is not another one.
  pair.start({.remote_branch = "main"});
  EXPECT_THAT(pair.failing_round(), HasSubstr("its default branch is 'trunk'"));
}

TEST(UpstreamSync, DoesNotTakeAnotherDefaultBranchForARenamedOne) {
  Pair pair;
  pair.theirs.commit({{"b.md", "one"}});
  pair.round();
  pair.theirs.git({"branch", "old", "main~1"});
  pair.theirs.git({"symbolic-ref", "HEAD", "refs/heads/old"});
  pair.theirs.git({"update-ref", "-d", "refs/heads/main"});
  EXPECT_THAT(pair.failing_round(), HasSubstr("any more"));
  EXPECT_EQ(pair.sync->report().state, RemoteState::kGone);
}

TEST(UpstreamSync, HistoriesWithNothingInCommonAreParked) {
  Pair pair({}, false);
  CommitId theirs = pair.theirs.commit({{"a.md", "theirs"}});
  CommitId ours = pair.ours.commit({{"a.md", "ours"}, {"b.md", "ours"}});
  const RemoteReport& report = pair.round();
  ASSERT_THAT(report.parked, SizeIs(1));
  EXPECT_EQ(report.parked[0].commit, theirs);
  EXPECT_THAT(report.parked[0].reason, HasSubstr("nothing in common"));
  EXPECT_EQ(pair.ours.repository().head_of("main").value(), ours);
}

TEST(UpstreamSync, AnEmptyUpstreamGetsAllAndAnEmptySiteTakesAll) {
  Pair empty({}, false);
  empty.ours.commit({{"a.md", "ours"}});
  EXPECT_EQ(empty.round().state, RemoteState::kInStep);
  EXPECT_TRUE(empty.is_same());

  Pair fresh({}, false);
  fresh.theirs.commit({{"a.md", "theirs"}});
  EXPECT_EQ(fresh.round().state, RemoteState::kInStep);
  EXPECT_TRUE(fresh.is_same());
  EXPECT_EQ(fresh.moved, 1);

  Pair renamed({}, false, "trunk");
  renamed.theirs.commit({{"a.md", "theirs"}}, {}, "trunk");
  EXPECT_EQ(renamed.round().remote_branch, "trunk");
  EXPECT_TRUE(renamed.is_same("trunk"));
}

TEST(UpstreamSync, ABranchThatWasDeletedHereComesBack) {
  Pair pair;
  pair.round();
  pair.ours.git({"symbolic-ref", "HEAD", "refs/heads/elsewhere"});
  pair.ours.git({"update-ref", "-d", "refs/heads/main"});
  EXPECT_EQ(pair.round().state, RemoteState::kInStep);
  EXPECT_TRUE(pair.is_same());
  EXPECT_EQ(pair.moved, 1);
  EXPECT_THAT(pair.notes, ElementsAre(HasSubstr("was gone here")));
}

TEST(UpstreamSync, NothingIsPushedWhereTheSettingsSaySo) {
  Pair pair({.is_pushing = false});
  pair.round();
  CommitId theirs = *pair.theirs.repository().head_of("main").value();
  pair.ours.commit({{"c.md", "ours"}});
  RemoteReport report = pair.round();
  EXPECT_EQ(report.state, RemoteState::kAhead);
  EXPECT_EQ(report.ahead, 1u);
  EXPECT_EQ(pair.theirs.repository().head_of("main").value(), theirs);
}

TEST(UpstreamSync, SaysWhyTheRemoteDoesNotTakeAPush) {
  Pair pair;
  pair.round();
  fs::path hook = pair.theirs.path() / "hooks" / "pre-receive";
  fs::create_directories(hook.parent_path());
  std::ofstream(hook) << "#!/bin/sh\necho 'main is protected' >&2\nexit 1\n";
  fs::permissions(hook, fs::perms::owner_all);
  pair.ours.commit({{"c.md", "ours"}});
  EXPECT_THAT(pair.failing_round(), HasSubstr("main is protected"));
  EXPECT_EQ(pair.sync->report().state, RemoteState::kFailing);
  EXPECT_EQ(pair.sync->report().ahead, 1u);
  EXPECT_EQ(pair.sync->report().failing_since, pair.clock.now());
  EXPECT_THAT(pair.notes, SizeIs(1));
  pair.failing_round();
  EXPECT_THAT(pair.notes, SizeIs(1)) << "the same is not told twice";
  fs::remove(hook);
  EXPECT_EQ(pair.round().last_error, "");
  EXPECT_TRUE(pair.is_same());
}

TEST(UpstreamSync, LocksThatAKilledProcessHasLeftAreNoEnd) {
  Pair pair;
  pair.round();
  std::ofstream(pair.ours.path() / "refs/stet/upstream/main.lock") << "";
  std::ofstream(pair.ours.path() / "refs/stet/fetched/main.lock") << "";
  pair.theirs.commit({{"b.md", "theirs"}});
  pair.failing_round();
  pair.start();
  EXPECT_EQ(pair.round().state, RemoteState::kInStep);
  EXPECT_TRUE(pair.is_same());
}

// Somebody pushes there between our look and our push: their hook does it.
TEST(UpstreamSync, APushThatComesTooLateFetchesMergesAndPushesAgain) {
  Pair pair;
  pair.round();
  pair.theirs.git({"branch", "racer", "main"});
  CommitId racer = pair.theirs.commit({{"r.md", "racer"}}, {}, "racer");
  fs::path hook = pair.theirs.path() / "hooks" / "pre-receive";
  fs::create_directories(hook.parent_path());
  std::ofstream(hook)
      << "#!/bin/sh\ntest -e raced && exit 0\ntouch raced\nunset "
         "GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\n"
         "git update-ref refs/heads/main refs/heads/racer\n";
  fs::permissions(hook, fs::perms::owner_all);
  CommitId ours = pair.ours.commit({{"c.md", "ours"}});
  const RemoteReport& report = pair.round();
  EXPECT_EQ(report.state, RemoteState::kInStep);
  EXPECT_TRUE(pair.is_same());
  EXPECT_TRUE(pair.has(pair.theirs, "main", racer));
  EXPECT_TRUE(pair.has(pair.theirs, "main", ours));
}

// They push without a pause: between each look of ours and our push.
TEST(UpstreamSync, WhoLosesManyRacesGetsInAtTheFirstPause) {
  Pair pair;
  pair.round();
  fs::path hook = pair.theirs.path() / "hooks" / "pre-receive";
  fs::create_directories(hook.parent_path());
  std::ofstream(hook)
      << "#!/bin/sh\nn=$(cat raced 2>/dev/null || echo 0)\ntest $n = 12 && exit 0\n"
         "echo $((n + 1)) > raced\n"
         "unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\n"
         "export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@x.test GIT_COMMITTER_NAME=a "
         "GIT_COMMITTER_EMAIL=a@x.test\n"
         "git update-ref refs/heads/main $(git commit-tree main^{tree} -p main -m raced$n)\n";
  fs::permissions(hook, fs::perms::owner_all);
  CommitId ours = pair.ours.commit({{"c.md", "ours"}});
  std::uint64_t before = pair.sync->report().counts.fetches;
  const RemoteReport& report = pair.round();
  EXPECT_EQ(report.state, RemoteState::kInStep);
  EXPECT_EQ(report.counts.fetches - before, 12u) << "one for each that was lost";
  EXPECT_TRUE(pair.is_same());
  EXPECT_TRUE(pair.has(pair.theirs, "main", ours));
  EXPECT_EQ(pair.theirs.git({"rev-list", "--count", "--grep=^raced", "main"}), "12\n");
  EXPECT_EQ(pair.theirs.git({"rev-parse", "main"}),
            pair.ours.git({"rev-parse", "refs/stet/upstream/main"}));
}

}  // namespace
}  // namespace stet::remote
