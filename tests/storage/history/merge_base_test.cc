#include "storage/history/merge_base.h"

#include <gtest/gtest.h>

#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

TEST(MergeBase, IsWhereTwoLinesOfHistoryPart) {
  TestRepository repository;
  CommitId first = repository.commit({{"a", "1"}});
  repository.git({"branch", "side", first.hex()});
  CommitId main = repository.commit({{"a", "2"}});
  CommitId side = repository.commit({{"b", "1"}}, {}, "side");
  const Repository& opened = repository.repository();
  EXPECT_EQ(merge_base(opened, main, side).value(), first);
  EXPECT_EQ(merge_base(opened, first, side).value(), first);
  EXPECT_TRUE(is_ancestor(opened, first, main).value());
  EXPECT_TRUE(is_ancestor(opened, main, main).value());
  EXPECT_FALSE(is_ancestor(opened, main, first).value());
  EXPECT_FALSE(is_ancestor(opened, main, side).value());
}

TEST(MergeBase, IsNoneOfStrangers) {
  TestRepository repository;
  CommitId one = repository.commit({{"a", "1"}});
  CommitId other = repository.commit({{"b", "1"}}, {}, "other");
  EXPECT_EQ(merge_base(repository.repository(), one, other).value(), std::nullopt);
  EXPECT_FALSE(is_ancestor(repository.repository(), one, other).value());
}

}  // namespace
}  // namespace stet::storage
