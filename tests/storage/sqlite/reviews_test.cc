#include "storage/sqlite/reviews.h"

#include <gtest/gtest.h>

#include "storage/sqlite/ledger.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

class ReviewsTest : public testing::Test {
 protected:
  ReviewsTest() {
    EXPECT_TRUE(Ledger::open(file()));
    open();
  }
  std::filesystem::path file() const { return folder_.path() / "ledger.sqlite"; }
  void open() { reviews_ = *Reviews::open(file()); }

  CommentRow comment(const std::string& change, const std::string& path) {
    CommentRow row{.change = change,
                   .commit = "c",
                   .path = path,
                   .user = "jo",
                   .name = "Jo",
                   .body = "Hm.",
                   .created = {5}};
    auto number = reviews_->add_comment(row, 3);
    EXPECT_TRUE(number);
    row.number = number ? *number : 0;
    return row;
  }

  TemporaryFolder folder_;
  std::unique_ptr<Reviews> reviews_;
};

TEST_F(ReviewsTest, KeepsWhatWasSaidInItsOrder) {
  CommentRow first = comment("one", "a.md"), second = comment("one", "");
  comment("two", "a.md");
  ReviewRow review{.change = "one",
                   .commit = "c",
                   .tree = "t",
                   .user = "al",
                   .name = "Al",
                   .mail = "a@x",
                   .verdict = Verdict::kAskForChanges,
                   .body = "No.",
                   .at = {7}};
  review.number = *reviews_->add_review(review, 10);
  open();
  EXPECT_EQ(*reviews_->comments({.change = "one"}), (std::vector{first, second}));
  EXPECT_EQ(*reviews_->comments({.change = "one", .path = "a.md"}), std::vector{first});
  EXPECT_EQ(*reviews_->comments({.change = "one", .path = ""}), std::vector{second});
  EXPECT_EQ(*reviews_->comments({.change = "one", .after = first.number}), std::vector{second});
  EXPECT_EQ(*reviews_->reviews("one"), std::vector{review});
}

TEST_F(ReviewsTest, ChangesAndForgets) {
  CommentRow row = comment("one", "a.md");
  row.body = "Ah.";
  row.edited = Instant{9};
  row.resolved_by = "al";
  ASSERT_TRUE(reviews_->change_comment(row));
  EXPECT_EQ(*reviews_->comment("one", row.number), row);
  EXPECT_EQ(reviews_->comment("two", row.number).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(reviews_->count_comments("one")->unresolved, 0);
  ASSERT_TRUE(reviews_->remove_comment("one", row.number));
  EXPECT_EQ(reviews_->remove_comment("one", row.number).error().code, ErrorCode::kNotFound);
  comment("one", "");
  ASSERT_TRUE(reviews_->forget("one"));
  EXPECT_EQ(reviews_->count_comments("one")->comments, 0);
}

TEST_F(ReviewsTest, ThereAreAsManyAsThereMayBe) {
  for (int i = 0; i < 3; ++i) comment("one", "a.md");
  CommentRow more{.change = "one",
                  .commit = "c",
                  .path = "",
                  .user = "jo",
                  .name = "Jo",
                  .body = "Hm.",
                  .created = {5}};
  EXPECT_EQ(reviews_->add_comment(more, 3).error().code, ErrorCode::kConflict);
  comment("two", "a.md");
}

}  // namespace
}  // namespace stet::storage
