#include "storage/sqlite/change_news.h"

#include <gtest/gtest.h>

#include "storage/sqlite/ledger.h"
#include "storage/sqlite/reviews.h"
#include "storage/sqlite/webhooks.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

class ChangeNewsTest : public testing::Test {
 protected:
  ChangeNewsTest() {
    EXPECT_TRUE(Ledger::open(file()));
    news_ = *ChangeNews::open(file());
    webhooks_ = *Webhooks::open(file());
  }
  std::filesystem::path file() const { return folder_.path() / "ledger.sqlite"; }

  TemporaryFolder folder_;
  std::unique_ptr<ChangeNews> news_;
  std::unique_ptr<Webhooks> webhooks_;
};

TEST_F(ChangeNewsTest, BeginWithWhatIsThereAndGoOnWithEachStep) {
  EXPECT_FALSE(*news_->told());
  auto reviews = *Reviews::open(file());
  CommentRow comment;
  comment.change = "one";
  ASSERT_TRUE(reviews->add_comment(comment, 9));
  ASSERT_TRUE(news_->begin({{"one", "aa"}, {"two", "bb"}}));
  auto begun = news_->told();
  ASSERT_TRUE(begun && *begun);
  EXPECT_EQ((*begun)->heads.size(), 2u);
  EXPECT_EQ((*begun)->comment, 1);
  ASSERT_TRUE(news_->tell({{"1", "change.updated", "{}"}}, {.change = "one", .head = "cc"}, {7}));
  ASSERT_TRUE(news_->tell({}, {.change = "two", .review = 4}, {7}));
  news_ = *ChangeNews::open(file());
  auto told = news_->told();
  EXPECT_EQ((*told)->heads, (decltype(ChangeTold::heads){{"one", "cc"}}));
  EXPECT_EQ((*told)->review, 4);
  EXPECT_EQ((*told)->comment, 1);
}

TEST_F(ChangeNewsTest, AreThereOnceInTheirOrderUntilTheyAreOld) {
  ASSERT_TRUE(news_->begin({}));
  EXPECT_EQ(*webhooks_->newest_news(), 0);
  EXPECT_EQ(news_->newest().value(), 0);
  auto first = news_->tell({{"1", "t", "{1}"}, {"2", "t", "{2}"}}, {}, {7}).value();
  ASSERT_TRUE(first.size() == 2 && first[0] && first[1]);
  EXPECT_LT(*first[0], *first[1]);
  auto second = news_->tell({{"2", "t", "{x}"}, {"3", "t", "{3}"}}, {}, {9}).value();
  ASSERT_EQ(second.size(), 2u);
  EXPECT_FALSE(second[0]);
  EXPECT_EQ(second[1], news_->newest().value());
  auto some = news_->between(*first[0], *first[1], 10).value();
  ASSERT_EQ(some.size(), 1u);
  EXPECT_EQ(some[0].body, "{2}");
  EXPECT_EQ(news_->between(0, *second[1], 2).value().size(), 2u);
  auto all = webhooks_->news_after(0, 10);
  ASSERT_EQ(all->size(), 3u);
  EXPECT_EQ(all->at(1).body, "{2}");
  EXPECT_EQ(webhooks_->news_after(all->front().number, 1)->front().id, "2");
  EXPECT_EQ(*webhooks_->newest_news(), all->back().number);
  ASSERT_TRUE(webhooks_->forget_before({8}));
  EXPECT_EQ(webhooks_->news_after(0, 10)->size(), 1u);
  // No number comes twice, also where all are forgotten.
  ASSERT_TRUE(webhooks_->forget_before({10}));
  EXPECT_EQ(news_->newest().value(), all->back().number);
  ASSERT_TRUE(news_->tell({{"4", "t", "{}"}}, {}, {11}));
  EXPECT_GT(*webhooks_->newest_news(), all->back().number);
}

}  // namespace
}  // namespace stet::storage
