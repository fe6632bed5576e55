// Two real repositories: what a follower makes of its leader's.

#include "api/remote/leader_sync.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/remote/epoch.h"
#include "tests/storage/git/test_repository.h"

namespace stet::remote {
namespace {

using storage::TestRepository;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Pair {
 public:
  Pair() { start(); }

  // As a server that starts.
  void start() {
    sync.reset();
    upstream = *storage::Upstream::open({.repository = ours.path(), .url = theirs.path().string()});
    leadership = *Leadership::open(ours.repository(), state.path(), true);
    sync = std::make_unique<LeaderSync>(
        LeaderSync::Parts{.repository = ours.repository(),
                          .leader = *upstream,
                          .leadership = *leadership,
                          .site_clock = site_clock,
                          .clock = clock,
                          .branch = "main",
                          .moved = [this] { ++moved; },
                          .note = [this](std::string_view note) { notes.emplace_back(note); },
                          .settings = [] { return std::string("abc"); }});
  }
  const LeaderReport& round() {
    Status done = sync->round();
    EXPECT_TRUE(done) << done.error().message;
    return sync->report();
  }
  std::string failing_round() {
    Status done = sync->round();
    EXPECT_FALSE(done);
    return done ? "" : done.error().message;
  }
  // The leader shows this commit.
  void show(const CommitId& commit, std::int64_t instant) {
    ASSERT_TRUE(write_live(theirs.repository(), {commit, {instant}}));
  }
  static std::string refs(TestRepository& repository) {
    return repository.git(
        {"for-each-ref", "--format=%(objectname) %(refname)", "refs/heads", "refs/tags"});
  }
  CommitId main() { return **ours.repository().head_of("main"); }

  TestRepository ours, theirs;
  storage::TemporaryFolder state;
  ManualClock clock{Instant{1'700'000'000}};
  LeaderClock site_clock{clock};
  std::unique_ptr<storage::Upstream> upstream;
  std::unique_ptr<Leadership> leadership;
  std::unique_ptr<LeaderSync> sync;
  int moved = 0;
  std::vector<std::string> notes;
};

TEST(LeaderSync, BranchesAndTagsAreTheLeaders) {
  Pair pair;
  pair.theirs.commit({{"a.md", "1"}});
  pair.theirs.git({"branch", "change/x", "main"});
  pair.theirs.git({"tag", "-a", "-m", "released", "v1", "main"});
  EXPECT_EQ(pair.round().state, LeaderState::kInStep);
  EXPECT_EQ(Pair::refs(pair.ours), Pair::refs(pair.theirs));
  EXPECT_EQ(pair.moved, 1);
  pair.round();
  EXPECT_EQ(pair.moved, 1) << "nothing was to be done";
  EXPECT_EQ(pair.sync->report().last_look, pair.clock.now());
  // A rewritten history, a branch that goes, one that comes.
  pair.theirs.git({"update-ref", "-d", "refs/heads/main"});
  pair.theirs.commit({{"a.md", "other"}});
  pair.theirs.git({"branch", "-D", "change/x"});
  pair.theirs.git({"branch", "change/y", "main"});
  pair.round();
  EXPECT_EQ(Pair::refs(pair.ours), Pair::refs(pair.theirs));
  EXPECT_EQ(pair.moved, 2);
  // The leader may be an old backup of itself.
  const auto unshared = pair.sync->report().unshared;
  ASSERT_THAT(unshared, ElementsAre(HasSubstr("refs/stet/unshared/main-")));
  EXPECT_EQ(pair.ours.git({"show", unshared[0] + ":a.md"}), "1");
  EXPECT_THAT(pair.notes.back(), HasSubstr("the leader has no longer all that it had"));
  EXPECT_EQ(pair.ours.fsck(), "");
}

TEST(LeaderSync, ABranchMayTurnIntoAFolderOfBranches) {
  Pair pair;
  pair.theirs.commit({{"a.md", "1"}});
  pair.theirs.git({"branch", "x", "main"});
  pair.round();
  pair.theirs.git({"branch", "-D", "x"});
  pair.theirs.git({"branch", "x/y", "main"});
  pair.round();
  EXPECT_EQ(Pair::refs(pair.ours), Pair::refs(pair.theirs));
}

TEST(LeaderSync, WhatTheLeaderShowsIsShownAtItsInstant) {
  Pair pair;
  const CommitId one = pair.theirs.commit({{"a.md", "1"}});
  pair.show(one, 1000);
  pair.round();
  EXPECT_EQ(pair.site_clock.now(), Instant{1000});
  EXPECT_EQ(pair.main(), one);
  // It has committed, and its pages are not made yet.
  const CommitId two = pair.theirs.commit({{"a.md", "2"}});
  EXPECT_EQ(pair.round().behind, 1u);
  EXPECT_EQ(pair.main(), one);
  EXPECT_TRUE(pair.ours.repository().read_commit(two)) << "but it is on this disk";
  pair.show(two, 1001);
  EXPECT_EQ(pair.round().behind, 0u);
  EXPECT_EQ(pair.main(), two);
  EXPECT_EQ(pair.site_clock.now(), Instant{1001});
  // Time has passed, and no commit; then an older publication is held live.
  pair.show(two, 1500);
  int before = pair.moved;
  pair.round();
  EXPECT_EQ(pair.moved, before + 1);
  pair.show(one, 1000);
  pair.round();
  EXPECT_EQ(pair.main(), one);
  EXPECT_EQ(pair.site_clock.now(), Instant{1000});
  // Another process knows the time before it has reached anybody.
  pair.site_clock.forget();
  pair.start();
  EXPECT_EQ(pair.site_clock.now(), Instant{1000});
}

TEST(LeaderSync, OfARepositoryThatNoStetServesTheHeadIsShownAtOurTime) {
  Pair pair;
  const CommitId one = pair.theirs.commit({{"a.md", "1"}});
  pair.round();
  EXPECT_EQ(pair.main(), one);
  EXPECT_FALSE(pair.site_clock.is_told());
  EXPECT_EQ(pair.sync->report().admin_url, "");
}

TEST(LeaderSync, ALeaderThatIsAwayOrEmptyTakesNothingAway) {
  Pair pair;
  EXPECT_THAT(pair.failing_round(), HasSubstr("no branch 'main'"));
  const CommitId one = pair.theirs.commit({{"a.md", "1"}});
  pair.round();
  EXPECT_THAT(pair.notes, ElementsAre(HasSubstr("no branch"), HasSubstr("followed again")));
  pair.theirs.git({"update-ref", "-d", "refs/heads/main"});
  pair.failing_round();
  EXPECT_EQ(pair.main(), one);
  const std::filesystem::path away = pair.theirs.folder() / "away";
  std::filesystem::rename(pair.theirs.path(), away);
  pair.failing_round();
  EXPECT_EQ(pair.main(), one);
  EXPECT_EQ(pair.sync->report().state, LeaderState::kFailing);
  EXPECT_EQ(pair.sync->report().failing_since, pair.clock.now());
  std::filesystem::rename(away, pair.theirs.path());
  const CommitId back = pair.theirs.commit({{"a.md", "2"}});
  EXPECT_EQ(pair.round().state, LeaderState::kInStep);
  EXPECT_EQ(pair.main(), back);
}

TEST(LeaderSync, SaysWhereWritersGoAndWhetherPagesAreRenderedAlike) {
  Pair pair;
  const CommitId one = pair.theirs.commit({{"a.md", "1"}});
  pair.show(one, 1000);
  SiteFacts facts{
      .url = "https://site.test", .admin = "https://cms.test", .settings = "abc", .term = 1};
  ASSERT_TRUE(write_facts(pair.theirs.repository(), facts));
  EXPECT_EQ(pair.round().admin_url, "https://cms.test");
  EXPECT_TRUE(pair.sync->report().is_alike);
  facts.settings = "other";
  facts.admin = "javascript:alert(1)";
  ASSERT_TRUE(write_facts(pair.theirs.repository(), facts));
  EXPECT_FALSE(pair.round().is_alike);
  EXPECT_EQ(pair.sync->report().admin_url, "") << "that is no origin";
  pair.round();
  EXPECT_THAT(pair.notes, ElementsAre(HasSubstr("pages here may differ"))) << "told once";
}

TEST(LeaderSync, WhoLedInAnEarlierEpochIsFollowedNoMore) {
  Pair pair;
  const CommitId one = pair.theirs.commit({{"a.md", "1"}});
  pair.round();
  ASSERT_TRUE(storage::raise_epoch(pair.ours.repository(), 3));
  pair.theirs.commit({{"a.md", "2"}});
  EXPECT_THAT(pair.failing_round(), HasSubstr("since epoch 3"));
  EXPECT_EQ(pair.main(), one);
  EXPECT_EQ(pair.sync->report().state, LeaderState::kOutdated);
  // It knows by now that it leads no more, and is no leader for that.
  ASSERT_TRUE(storage::raise_epoch(pair.theirs.repository(), 3));
  ASSERT_TRUE(write_facts(pair.theirs.repository(), {.term = 1}));
  EXPECT_THAT(pair.failing_round(), HasSubstr("has led in epoch 1"));
  EXPECT_EQ(pair.main(), one);
  // Whoever leads now is.
  ASSERT_TRUE(write_facts(pair.theirs.repository(), {.term = 3}));
  EXPECT_EQ(pair.round().state, LeaderState::kInStep);
}

TEST(LeaderSync, ALaterEpochIsTakenOver) {
  Pair pair;
  pair.theirs.commit({{"a.md", "1"}});
  ASSERT_TRUE(storage::raise_epoch(pair.theirs.repository(), 4));
  EXPECT_EQ(pair.round().epoch, 4u);
  EXPECT_EQ(*storage::read_epoch(pair.ours.repository()), 4u);
}

TEST(LeaderSync, WhatWasCommittedHereByALeaderThatWasReplacedIsKept) {
  Pair pair;
  pair.theirs.commit({{"a.md", "1"}});
  pair.round();
  // This one led, took a write that nobody else has, and was replaced.
  const CommitId lost = pair.ours.commit({{"b.md", "lost"}});
  ASSERT_TRUE(write_term(pair.state.path(), 1));
  ASSERT_TRUE(storage::raise_epoch(pair.theirs.repository(), 2));
  const CommitId theirs = pair.theirs.commit({{"c.md", "theirs"}});
  pair.start();
  ASSERT_EQ(pair.round().unshared.size(), 1u);
  EXPECT_EQ(pair.main(), theirs);
  EXPECT_EQ(*pair.ours.repository().resolve(pair.sync->report().unshared[0]), lost);
  EXPECT_THAT(pair.notes.back(), HasSubstr("they are kept at refs/stet/unshared/main-"));
  EXPECT_EQ(read_epochs(pair.ours.repository(), pair.state.path())->term, 0u);
  pair.start();
  EXPECT_EQ(pair.round().unshared.size(), 1u) << "and stays";
}

TEST(LeaderSync, WhoIsPromotedGoesOnFromAllThatTheLeaderHad) {
  Pair pair;
  const CommitId one = pair.theirs.commit({{"a.md", "1"}});
  pair.show(one, 1000);
  pair.round();
  const CommitId two = pair.theirs.commit({{"a.md", "2"}});
  pair.round();
  ASSERT_EQ(pair.main(), one);
  ASSERT_TRUE(promote(pair.ours.repository(), pair.state.path()));
  EXPECT_THAT(pair.failing_round(), HasSubstr("follows nobody")) << "it moves nothing any more";
  EXPECT_EQ(adopt_mirror(pair.ours.repository(), "main")->gained, 1u);
  EXPECT_EQ(pair.main(), two);
  EXPECT_EQ(pair.ours.git({"for-each-ref", "refs/stet/mirror"}), "");
  EXPECT_EQ(adopt_mirror(pair.ours.repository(), "main")->gained, 0u);
}

TEST(LeaderSync, WhatIsWrittenBetweenAPromotionAndTheStartStands) {
  Pair pair;
  const CommitId one = pair.theirs.commit({{"a.md", "1"}});
  pair.show(one, 1000);
  pair.round();
  const CommitId unshown = pair.theirs.commit({{"a.md", "2"}});
  pair.round();
  ASSERT_TRUE(promote(pair.ours.repository(), pair.state.path()));
  const CommitId pushed = pair.ours.commit({{"b.md", "pushed"}});
  const auto adopted = adopt_mirror(pair.ours.repository(), "main");
  ASSERT_TRUE(adopted) << adopted.error().message;
  EXPECT_EQ(pair.main(), pushed);
  ASSERT_EQ(adopted->kept.size(), 1u);
  EXPECT_EQ(*pair.ours.repository().resolve(adopted->kept[0]), unshown);
  // A start that was broken off is repeated: the mirror is an older state by then.
  pair.ours.git({"update-ref", "refs/stet/mirror/heads/main", one.hex()});
  EXPECT_THAT(adopt_mirror(pair.ours.repository(), "main")->kept, IsEmpty());
  EXPECT_EQ(pair.main(), pushed);
}

TEST(LeaderSync, WhatTheLeaderHadBeforeItCameBackFromABackupIsAdopted) {
  Pair pair;
  const CommitId one = pair.theirs.commit({{"a.md", "1"}});
  pair.show(one, 1000);
  pair.round();
  const CommitId unshown = pair.theirs.commit({{"a.md", "2"}});
  pair.round();
  // The next round has fetched, and was broken off.
  pair.ours.git({"update-ref", "refs/stet/mirror/heads/main", one.hex()});
  ASSERT_TRUE(promote(pair.ours.repository(), pair.state.path()));
  EXPECT_EQ(adopt_mirror(pair.ours.repository(), "main")->gained, 1u);
  EXPECT_EQ(pair.main(), unshown);
  EXPECT_EQ(pair.ours.git({"for-each-ref", "refs/stet/met", "refs/stet/mirror"}), "");
}

TEST(LiveMark, IsTheLaterOfTwoThatAKilledServerHasLeft) {
  Pair pair;
  const CommitId one = pair.theirs.commit({{"a.md", "1"}}), two = pair.theirs.commit({{"a", "2"}});
  EXPECT_FALSE(*read_live(pair.theirs.repository()));
  pair.show(one, 999);
  pair.theirs.git({"update-ref", "refs/stet/live/1000", two.hex()});
  pair.theirs.git({"update-ref", "refs/stet/live/nonsense", one.hex()});
  EXPECT_EQ(*read_live(pair.theirs.repository()), (LiveMark{two, {1000}}));
  pair.show(one, 998);
  EXPECT_EQ(*read_live(pair.theirs.repository()), (LiveMark{one, {998}}));
}

}  // namespace
}  // namespace stet::remote
