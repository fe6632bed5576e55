#include "cms/change/merge_into.h"

#include <gtest/gtest.h>

#include "tests/storage/git/test_repository.h"

namespace stet::change {
namespace {

using Kind = MergeOutcome::Kind;
using storage::TestRepository;

class MergeIntoTest : public testing::Test {
 protected:
  MergeIntoTest() {
    test_.commit({{"_posts/2020-01-01-a.md", "---\ntitle: One\nlead: L\n---\nbody\n"}});
    test_.git({"branch", "side"});
    committer_ = storage::Committer::open(test_.repository(), {}, clock_).value();
  }

  MergeRequest request() {
    MergeRequest request{.commit = test_.repository().resolve("side").value(),
                         .author = {"Ada", "ada@x.test", Time{1'650'000'000, 0, 0, false}},
                         .message = "Merge a push into main"};
    return request;
  }
  MergeOutcome merge(const MergeRequest& request) {
    auto outcome = merge_into(test_.repository(), *committer_, request);
    EXPECT_TRUE(outcome) << outcome.error().message;
    return outcome ? *outcome : MergeOutcome();
  }
  CommitId head() { return test_.repository().head_of("main").value().value(); }
  std::string show(const std::string& what) { return test_.git({"show", what}); }

  TestRepository test_;
  ManualClock clock_{Instant{1'700'000'000}};
  std::unique_ptr<storage::Committer> committer_;
};

TEST_F(MergeIntoTest, MakesACommitOfTwoParentsByThePushsAuthor) {
  CommitId ours =
      test_.commit({{"_posts/2020-01-01-a.md", "---\ntitle: Two\nlead: L\n---\nbody\n"}});
  test_.commit({{"_posts/2020-01-01-a.md", "---\ntitle: One\nlead: M\n---\nbody\n"}}, {}, "side");
  MergeRequest asked = request();
  MergeOutcome outcome = merge(asked);
  EXPECT_EQ(outcome.kind, Kind::kMerged);
  EXPECT_EQ(outcome.before, ours);
  EXPECT_EQ(outcome.after, head());
  auto commit = test_.repository().read_commit(head()).value();
  EXPECT_EQ(commit.parents, (std::vector<CommitId>{ours, asked.commit}));
  EXPECT_EQ(commit.author.name, "Ada");
  EXPECT_EQ(commit.committer.name, "stet");
  EXPECT_EQ(commit.subject(), "Merge a push into main");
  EXPECT_EQ(show("main:_posts/2020-01-01-a.md"), "---\ntitle: Two\nlead: M\n---\nbody\n");
  EXPECT_EQ(test_.fsck(), "");
}

TEST_F(MergeIntoTest, TakesModesAndLinksAsTheyAre) {
  test_.commit({{"o", "o"}});
  std::string blob = test_.blob("target");
  test_.commit_tree({"120000 blob " + blob + "\tlink", "100755 blob " + blob + "\trun"}, "side");
  MergeOutcome outcome = merge(request());
  ASSERT_EQ(outcome.kind, Kind::kMerged);
  EXPECT_EQ(test_.git({"ls-tree", "main"}),
            "120000 blob " + blob + "\tlink\n100644 blob " + test_.blob("o") + "\to\n" +
                "100755 blob " + blob + "\trun\n");
  // And a link that theirs deletes goes.
  test_.commit({{"p", "p"}});
  test_.commit({}, {"link"}, "side");
  EXPECT_EQ(merge(request()).kind, Kind::kMerged);
  EXPECT_EQ(test_.git({"ls-tree", "--name-only", "main"}), "o\np\nrun\n");
}

TEST_F(MergeIntoTest, ABranchThatHasNotMovedGoesOnFromTheCommit) {
  CommitId before = head();
  CommitId pushed = test_.commit({{"n", "n"}}, {}, "side");
  MergeOutcome outcome = merge(request());
  EXPECT_EQ(outcome.kind, Kind::kForwarded);
  EXPECT_EQ(outcome.before, before);
  EXPECT_EQ(outcome.after, pushed);
  EXPECT_EQ(head(), pushed);
}

TEST_F(MergeIntoTest, WhatTheBranchHasAlreadyIsNotMergedAgain) {
  CommitId now = test_.commit({{"n", "n"}});
  MergeOutcome outcome = merge(request());
  EXPECT_EQ(outcome.kind, Kind::kContained);
  EXPECT_EQ(outcome.after, now);
  EXPECT_EQ(head(), now);
}

TEST_F(MergeIntoTest, AMergeThatChangesNoFileIsMadeAllTheSame) {
  test_.commit({{"n", "n"}});
  test_.commit({{"n", "n"}}, {}, "side");
  test_.skip_seconds(60);
  CommitId other = test_.commit({{"n", "2"}}, {}, "side");
  CommitId back = test_.commit({{"n", "n"}}, {}, "side");
  (void)other;
  EXPECT_EQ(merge(request()).kind, Kind::kMerged);
  EXPECT_EQ(test_.repository().read_commit(head()).value().parents[1], back);
  EXPECT_EQ(merge(request()).kind, Kind::kContained);
}

TEST_F(MergeIntoTest, ConflictsLeaveTheBranchAsItIs) {
  CommitId ours = test_.commit({{"_posts/2020-01-01-a.md", "---\ntitle: Two\n---\n"}});
  test_.commit({{"_posts/2020-01-01-a.md", "---\ntitle: Three\n---\n"}}, {}, "side");
  MergeOutcome outcome = merge(request());
  EXPECT_EQ(outcome.kind, Kind::kConflicts);
  ASSERT_EQ(outcome.conflicts.size(), 1u);
  EXPECT_EQ(outcome.conflicts[0].field.pointer, "/front_matter/title");
  EXPECT_EQ(head(), ours);
}

TEST_F(MergeIntoTest, AStrangersHistoryIsRefused) {
  test_.commit({{"x", "x"}}, {}, "stranger");
  MergeRequest asked = request();
  asked.commit = test_.repository().resolve("stranger").value();
  EXPECT_EQ(merge(asked).kind, Kind::kUnrelated);
}

TEST_F(MergeIntoTest, ACommitThatIsNotThereIsNotFound) {
  MergeRequest asked = request();
  asked.commit = CommitId::parse(std::string(40, 'a')).value();
  auto outcome = merge_into(test_.repository(), *committer_, asked);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::kNotFound);
}

TEST_F(MergeIntoTest, WhatTheJudgeRefusesStaysOut) {
  for (bool has_moved : {false, true}) {
    if (has_moved) test_.commit({{"n", "n"}});
    test_.commit({{"s", has_moved ? "1" : "2"}}, {}, "side");
    CommitId before = head();
    MergeRequest asked = request();
    asked.judge = [&](const Push& push) -> Result<bool> {
      EXPECT_EQ(push.diff.size(), 1u);
      EXPECT_EQ(push.diff[0].path, storage::path_of("s"));
      EXPECT_TRUE(push.after->find(storage::path_of("s")).value());
      EXPECT_FALSE(push.before->find(storage::path_of("s")).value());
      EXPECT_EQ(push.after->find(storage::path_of("n")).value().has_value(), has_moved);
      return false;
    };
    EXPECT_EQ(merge(asked).kind, Kind::kRefused);
    EXPECT_EQ(head(), before);
  }
}

// Somebody moves the branch just when the merge is about to land, several times over.
TEST_F(MergeIntoTest, IsMadeAnewForTheHeadThatItLandsOn) {
  test_.commit({{"_posts/2020-01-01-a.md", "---\ntitle: Two\nlead: L\n---\nbody\n"}});
  test_.commit({{"_posts/2020-01-01-a.md", "---\ntitle: One\nlead: M\n---\nbody\n"}}, {}, "side");
  int asked_times = 0;
  MergeRequest asked = request();
  asked.judge = [&](const Push&) -> Result<bool> {
    ++asked_times;
    if (asked_times < 4) {
      test_.commit({{"_posts/2020-01-01-a.md",
                     "---\ntitle: Two\nlead: L\n---\nbody " + std::to_string(asked_times) + "\n"}});
    }
    return true;
  };
  EXPECT_EQ(merge(asked).kind, Kind::kMerged);
  EXPECT_EQ(asked_times, 4);
  EXPECT_EQ(show("main:_posts/2020-01-01-a.md"), "---\ntitle: Two\nlead: M\n---\nbody 3\n");
}

TEST_F(MergeIntoTest, WhatWasFoundGoodIsNotJudgedAgainForAnotherHead) {
  test_.commit({{"n", "n"}});
  test_.commit({{"s", "s"}}, {}, "side");
  int asked_times = 0;
  MergeRequest asked = request();
  asked.judge = [&](const Push&) -> Result<bool> {
    if (asked_times++ == 0) test_.commit({{"other", "o"}});
    return true;
  };
  EXPECT_EQ(merge(asked).kind, Kind::kMerged);
  EXPECT_EQ(asked_times, 1);
}

TEST_F(MergeIntoTest, ABranchWithoutCommitsGetsTheCommit) {
  TestRepository empty("unborn");
  CommitId first = empty.commit({{"a", "a"}}, {}, "other");
  storage::CommitterSettings settings;
  settings.branch = "unborn";
  auto committer = storage::Committer::open(empty.repository(), settings, clock_);
  ASSERT_TRUE(committer);
  MergeRequest asked{.commit = first, .author = {"A", "a@x.test", {}}, .message = "m"};
  auto outcome = merge_into(empty.repository(), **committer, asked);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->kind, Kind::kForwarded);
  EXPECT_EQ(empty.repository().head_of("unborn").value(), first);
}

}  // namespace
}  // namespace stet::change
