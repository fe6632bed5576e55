#include "storage/commit/branch_start.h"

#include <gtest/gtest.h>

#include "storage/commit/branch_committers.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

class BranchStartTest : public testing::Test {
 protected:
  BranchStartTest() { base_ = repository_.commit({{"a.md", "1"}}); }

  Result<CommitId> begin(const std::string& branch) {
    BranchStart start{
        .branch = branch, .base = base_, .first = {}, .committer = {"stet", "s@x", {}}};
    start.first.author = {"Ada", "ada@x.test", {}};
    start.first.message = "Begin";
    start.first.may_be_empty = true;
    return begin_branch(repository_.repository(), std::move(start));
  }

  TestRepository repository_;
  CommitId base_;
};

TEST_F(BranchStartTest, ABranchBeginsWithACommitOfItsOwnAndEnds) {
  auto head = begin("work/one");
  ASSERT_TRUE(head) << head.error().message;
  EXPECT_EQ(**repository_.repository().head_of("work/one"), *head);
  EXPECT_EQ(repository_.repository().read_commit(*head)->parents, std::vector{base_});
  EXPECT_EQ(repository_.fsck(), "");
  EXPECT_EQ(begin("work/one").error().code, ErrorCode::kConflict);
  EXPECT_FALSE(begin("work"));
  EXPECT_EQ(end_branch(repository_.repository(), "work/one", base_).error().code,
            ErrorCode::kConflict);
  ASSERT_TRUE(end_branch(repository_.repository(), "work/one", *head));
  EXPECT_EQ(end_branch(repository_.repository(), "work/one", *head).error().code,
            ErrorCode::kNotFound);
  EXPECT_TRUE(begin("work"));
  repository_.git({"pack-refs", "--all"});
  ASSERT_TRUE(
      end_branch(repository_.repository(), "work", **repository_.repository().head_of("work")));
  EXPECT_EQ(repository_.git({"branch", "--list", "work*"}), "");
}

TEST_F(BranchStartTest, FewCommittersStayOpenAndOneThatIsHeldIsNeverClosed) {
  ManualClock clock{Instant{1'700'000'000}};
  BranchCommitters committers(repository_.repository(), {}, clock);
  auto held = committers.of("main");
  ASSERT_TRUE(held);
  for (int i = 0; i < 20; ++i) {
    std::string branch = "work/" + std::to_string(i);
    ASSERT_TRUE(begin(branch));
    ASSERT_TRUE(committers.of(branch));
    EXPECT_LE(committers.open_count(), BranchCommitters::kOpenMax);
  }
  EXPECT_EQ(committers.of("main")->get(), held->get());
  EXPECT_EQ(committers.of("nowhere").error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace stet::storage
