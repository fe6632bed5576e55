#include "storage/history/commit_range.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

class CommitRange : public testing::Test {
 protected:
  std::string tree_of(const CommitId& commit) {
    std::string hex = repository_.git({"rev-parse", commit.hex() + "^{tree}"});
    return hex.substr(0, 40);
  }
  Result<std::vector<CommitId>> between(const CommitId& a, const CommitId& b, std::size_t n = 100) {
    return commits_between(repository_.repository(), a, b, n);
  }
  TestRepository repository_;
  CommitId first_ = repository_.commit({{"a", "1"}});
};

TEST_F(CommitRange, OfALineIsTheOldestFirst) {
  CommitId second = repository_.commit({{"a", "2"}});
  CommitId third = repository_.commit({{"a", "3"}});
  EXPECT_EQ(*between(first_, third), (std::vector<CommitId>{second, third}));
  EXPECT_EQ(*between(second, third), std::vector<CommitId>{third});
  EXPECT_TRUE(between(third, third)->empty());
}

// Somebody pulled our head into a line of their own, and pushed: our head is the second parent.
TEST_F(CommitRange, OfAMergeHasTheCommitsThatItBringsAndThenTheMerge) {
  repository_.git({"branch", "theirs", first_.hex()});
  CommitId ours = repository_.commit({{"a", "2"}});
  CommitId one = repository_.commit({{"b", "1"}}, {}, "theirs");
  CommitId two = repository_.commit({{"b", "2"}}, {}, "theirs");
  CommitId merge = repository_.commit_merge(tree_of(two), {two, ours});
  EXPECT_EQ(*between(ours, merge), (std::vector<CommitId>{one, two, merge}));
  auto all = *between(first_, merge);
  EXPECT_EQ(all.size(), 4u);
  EXPECT_EQ(all.back(), merge);
  EXPECT_LT(std::find(all.begin(), all.end(), one), std::find(all.begin(), all.end(), two));
}

TEST_F(CommitRange, IsRefusedWhereThereIsNone) {
  CommitId second = repository_.commit({{"a", "2"}});
  CommitId third = repository_.commit({{"a", "3"}});
  EXPECT_EQ(between(third, second).error().code, ErrorCode::kConflict);
  EXPECT_EQ(between(CommitId(), second).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(between(first_, third, 1).error().code, ErrorCode::kInvalidInput);
  EXPECT_TRUE(between(first_, third, 2));
}

}  // namespace
}  // namespace stet::storage
