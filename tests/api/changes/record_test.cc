#include "api/changes/record.h"

#include <gtest/gtest.h>

#include "tests/storage/git/test_repository.h"

namespace stet::changes {
namespace {

TEST(Records, AnIdIsAPlainWord) {
  for (const char* id : {"3f2a", "by-hand", "A_b.c", "x"}) EXPECT_TRUE(is_id(id)) << id;
  for (const char* id : {"",
                         "a/b",
                         "..",
                         ".a",
                         "a.",
                         "-a",
                         "a..b",
                         "a b",
                         "a.lock",
                         "\xc3\xa9",
                         "a\n",
                         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    EXPECT_FALSE(is_id(id)) << id;
  }
}

class RecordTest : public testing::Test {
 protected:
  RecordTest() { repository_.commit({{"a.md", "1"}}); }

  CommitId note(const std::string& message, const CommitId& on) {
    std::string hex =
        repository_.git({"commit-tree", on.hex() + "^{tree}", "-p", on.hex(), "-m", message});
    return *CommitId::parse(hex.substr(0, 40));
  }

  RecordPtr read(const CommitId& head) {
    auto record = read_record(repository_.repository(), "x", head, main());
    EXPECT_TRUE(record);
    return record ? *record : nullptr;
  }

  CommitId main() { return **repository_.repository().head_of("main"); }

  storage::TestRepository repository_;
};

TEST_F(RecordTest, TheNewestWordHolds) {
  CommitId opened =
      note("Open\n\nAll of it.\n\nStet-User: jo\nStet-Change: open\nStet-Title: One", main());
  RecordPtr record = read(opened);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->title, "One");
  EXPECT_EQ(record->description, "All of it.");
  EXPECT_EQ(record->author.user, "jo");
  EXPECT_EQ(record->base, main());
  EXPECT_EQ(record->commits, 0u);
  CommitId at = note(
      "S\n\nStet-User: al\nStet-Change: schedule\n"
      "Stet-Publish-At: 2026-03-01T09:00:00+01:00",
      opened);
  EXPECT_EQ(read(at)->publish_at, (Instant{1'772'352'000}));
  EXPECT_EQ(read(at)->scheduled_by, "al");
  CommitId asked = note("A\n\nStet-Change: ask-review", at);
  EXPECT_TRUE(read(asked)->wants_review);
  EXPECT_TRUE(read(asked)->publish_at) << "its time stays";
  EXPECT_FALSE(read(note("A\n\nStet-Change: unask-review", asked))->wants_review);
  CommitId withdrawn = note("W\n\nStet-Change: withdraw", asked);
  EXPECT_FALSE(read(withdrawn)->wants_review);
  EXPECT_EQ(read(withdrawn)->state, State::kWithdrawn);
  EXPECT_FALSE(read(withdrawn)->publish_at);
  CommitId reopened = note("R\n\nStet-Change: reopen", withdrawn);
  EXPECT_EQ(read(reopened)->state, State::kOpen);
  CommitId described = note("D\n\nStet-Change: describe\nStet-Title: Two", reopened);
  EXPECT_EQ(read(described)->title, "Two");
  EXPECT_EQ(read(described)->author.user, "jo");
  CommitId published =
      note("P\n\nStet-Change: publish\nStet-Published-As: " + main().hex(), described);
  EXPECT_EQ(read(published)->state, State::kPublished);
  EXPECT_EQ(read(published)->published_as, main());
  // Whoever goes on has a change that is open again.
  CommitId further = note("More", published);
  EXPECT_EQ(read(further)->state, State::kOpen);
  EXPECT_EQ(read(further)->commits, 1u);
}

TEST_F(RecordTest, ABranchWithoutABeginningBeginsWhereItHasLeft) {
  CommitId base = main();
  CommitId one = note("First words\n\nAnd more.", base);
  CommitId two = note("Second", one);
  repository_.commit({{"b.md", "live moves on"}});
  RecordPtr record = read(two);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->title, "First words");
  EXPECT_EQ(record->base, base);
  EXPECT_EQ(record->commits, 2u);
  EXPECT_FALSE(read(base)) << "it has nothing of its own";
}

}  // namespace
}  // namespace stet::changes
