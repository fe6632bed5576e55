#include "storage/remote/epoch.h"

#include <gtest/gtest.h>

#include "storage/remote/references.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

CommitId id_of(const std::string& hex) { return *CommitId::parse(hex); }

TEST(Epoch, IsTheFirstWhereNobodyHasRaisedIt) {
  TestRepository test;
  EXPECT_EQ(*read_epoch(test.repository()), 1u);
}

TEST(Epoch, IsRaisedAndNeverLowered) {
  TestRepository test;
  test.commit({{"a", "1"}});
  ASSERT_TRUE(raise_epoch(test.repository(), 2));
  EXPECT_EQ(*read_epoch(test.repository()), 2u);
  ASSERT_TRUE(raise_epoch(test.repository(), 7));
  EXPECT_EQ(*read_epoch(test.repository()), 7u);
  for (std::uint64_t earlier : {7, 6, 0}) {
    Status raised = raise_epoch(test.repository(), earlier);
    ASSERT_FALSE(raised) << earlier;
    EXPECT_EQ(raised.error().code, ErrorCode::kConflict);
  }
  EXPECT_EQ(*read_epoch(test.repository()), 7u);
  EXPECT_EQ(test.git({"cat-file", "-p", "refs/stet/epoch"}), "7\n") << "git reads it";
  EXPECT_EQ(test.fsck(), "");
}

TEST(Epoch, ThatGitHasPackedIsRead) {
  TestRepository test;
  ASSERT_TRUE(raise_epoch(test.repository(), 3));
  test.git({"pack-refs", "--all"});
  test.git({"repack", "-adq"});
  EXPECT_EQ(*read_epoch(test.repository()), 3u);
}

TEST(Epoch, ThatIsNoNumberIsAnErrorWithItsMend) {
  TestRepository test;
  const CommitId commit = test.commit({{"a", "1"}});
  for (const std::string& wrong : {test.blob("two\n"),
                                   test.blob("2"),
                                   test.blob("0\n"),
                                   test.blob("-1\n"),
                                   test.blob("99999999999999999999\n"),
                                   commit.hex()}) {
    test.git({"update-ref", "refs/stet/epoch", wrong});
    auto read = read_epoch(test.repository());
    ASSERT_FALSE(read) << wrong;
    EXPECT_EQ(read.error().code, ErrorCode::kInvalidInput) << read.error().message;
  }
}

TEST(Epoch, ThatIsPushedIsALaterOne) {
  TestRepository test;
  ASSERT_TRUE(raise_epoch(test.repository(), 2));
  EXPECT_TRUE(check_raised(test.repository(), id_of(test.blob("3\n"))));
  EXPECT_FALSE(check_raised(test.repository(), id_of(test.blob("2\n"))));
  EXPECT_FALSE(check_raised(test.repository(), id_of(test.blob("1\n"))));
  EXPECT_FALSE(check_raised(test.repository(), id_of(test.blob("three\n"))));
  EXPECT_FALSE(check_raised(test.repository(), test.commit({{"a", "1"}})));
}

TEST(References, AreListedSetAndRemovedByTheirNames) {
  TestRepository test;
  const CommitId one = test.commit({{"a", "1"}}), two = test.commit({{"a", "2"}});
  test.git({"tag", "-a", "-m", "text", "told", one.hex()});
  const std::string tag = test.git({"rev-parse", "refs/tags/told"}).substr(0, 40);
  ASSERT_TRUE(set_reference(test.repository(), "refs/stet/x/1", one));
  ASSERT_TRUE(set_reference(test.repository(), "refs/stet/x/1", two));
  const References x = {{"refs/stet/x/1", two}};
  EXPECT_EQ(*references_below(test.repository(), "refs/stet/x/"), x);
  const References tags = {{"refs/tags/told", id_of(tag)}};
  EXPECT_EQ(*references_below(test.repository(), "refs/tags/"), tags) << "the tag, not its commit";
  EXPECT_EQ(references_below(test.repository(), "refs/")->size(), 3u);
  ASSERT_TRUE(remove_reference(test.repository(), "refs/stet/x/1"));
  ASSERT_TRUE(remove_reference(test.repository(), "refs/stet/x/1")) << "it is gone already";
  EXPECT_TRUE(references_below(test.repository(), "refs/stet/x/")->empty());
}

TEST(References, ANoteIsReadAsItWasWritten) {
  TestRepository test;
  EXPECT_EQ(read_note(test.repository(), "refs/stet/n", 100).error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(write_note(test.repository(), "refs/stet/n", "a b\n"));
  EXPECT_EQ(*read_note(test.repository(), "refs/stet/n", 100), "a b\n");
  EXPECT_FALSE(read_note(test.repository(), "refs/stet/n", 3));
}

}  // namespace
}  // namespace stet::storage
