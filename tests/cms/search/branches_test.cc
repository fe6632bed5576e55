// An index of branches: each by its head, nothing of those that are gone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cms/search/index.h"
#include "tests/cms/site/made_site.h"
#include "tests/storage/git/test_repository.h"

namespace stet::search {
namespace {

using site::MadeSite;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

CommitId commit_named(char digit) { return CommitId::parse(std::string(40, digit)).value(); }

const CommitId kServed = commit_named('9');

class BranchesIndex : public ::testing::Test {
 protected:
  BranchesIndex()
      : spring_({{"_config.yml", "title: T\n"},
                 {"_posts/2020-01-01-bread.md", "---\ntitle: Bread\n---\nRhubarb in it.\n"},
                 {"about.md", "---\ntitle: About\n---\nRhubarb as well.\n"}}),
        autumn_(
            {{"_config.yml", "title: T\n"},
             {"_posts/2020-01-01-bread.md", "---\ntitle: Bread\n---\nPumpkin and rhubarb.\n"}}) {
    open();
  }

  void open() {
    index_.reset();
    auto opened = Index::open(folder_.path() / "changes.sqlite", fingerprint("a program"));
    ASSERT_TRUE(opened) << opened.error().message;
    index_ = std::move(*opened);
  }

  bool follow(const std::vector<Branch>& branches, const std::function<bool()>& is_over = {}) {
    read_.clear();
    auto text_of = [&](const Branch& branch) -> Result<BranchText> {
      read_.push_back(branch.id);
      if (branch.id == "broken") return unavailable("it cannot be read");
      MadeSite& site = branch.id == "spring" ? spring_ : autumn_;
      return BranchText{.site = site.pointer(), .paths = {"_posts/2020-01-01-bread.md", "gone.md"}};
    };
    auto done = index_->follow_branches(branches, kServed, text_of, is_over);
    EXPECT_TRUE(done) << done.error().message;
    return done && *done;
  }

  std::vector<std::string> found(std::string_view typed, const std::string& of = "") {
    Wanted wanted{.query = parse_query(typed).value()};
    if (!of.empty()) {
      QueryItem item{.kind = QueryItem::Kind::kBranch};
      item.value = of;
      wanted.query.items.push_back(item);
    }
    auto found = index_->find(wanted);
    EXPECT_TRUE(found) << found.error().message;
    std::vector<std::string> names;
    for (const Hit& hit : found->hits) names.push_back(hit.branch + ":" + hit.path);
    return names;
  }

  MadeSite spring_, autumn_;
  storage::TemporaryFolder folder_;
  std::unique_ptr<Index> index_;
  std::vector<std::string> read_;
};

constexpr char kOfSpring[] = "spring:_posts/2020-01-01-bread.md";
constexpr char kOfAutumn[] = "autumn:_posts/2020-01-01-bread.md";

TEST_F(BranchesIndex, HasOfEachWhatItChangesAndNothingElse) {
  EXPECT_FALSE(index_->find({.query = parse_query("rhubarb").value()}));
  EXPECT_TRUE(follow({{"spring", commit_named('1')}, {"autumn", commit_named('2')}}));
  EXPECT_THAT(found("rhubarb"), UnorderedElementsAre(kOfSpring, kOfAutumn));
  EXPECT_THAT(found("pumpkin"), ElementsAre(kOfAutumn));
  EXPECT_THAT(found("rhubarb", "spring"), ElementsAre(kOfSpring));
  EXPECT_THAT(found("rhubarb", "winter"), IsEmpty());
  EXPECT_EQ(index_->commit(), kServed);
}

TEST_F(BranchesIndex, ReadsThoseThatHaveMovedAlone) {
  EXPECT_TRUE(follow({{"spring", commit_named('1')}, {"autumn", commit_named('2')}}));
  open();
  EXPECT_TRUE(follow({{"spring", commit_named('1')}, {"autumn", commit_named('3')}}));
  EXPECT_THAT(read_, ElementsAre("autumn"));
  EXPECT_THAT(found("rhubarb"), UnorderedElementsAre(kOfSpring, kOfAutumn));
}

TEST_F(BranchesIndex, DropsThoseThatAreGone) {
  EXPECT_TRUE(follow({{"spring", commit_named('1')}, {"autumn", commit_named('2')}}));
  EXPECT_TRUE(follow({{"autumn", commit_named('2')}}));
  EXPECT_THAT(read_, IsEmpty());
  EXPECT_THAT(found("rhubarb"), ElementsAre(kOfAutumn));
  EXPECT_TRUE(follow({}));
  EXPECT_THAT(found("rhubarb"), IsEmpty());
}

TEST_F(BranchesIndex, LeavesOutWhatCannotBeReadAndTriesAgain) {
  EXPECT_FALSE(follow({{"broken", commit_named('1')}, {"spring", commit_named('1')}}));
  EXPECT_THAT(found("rhubarb"), ElementsAre(kOfSpring));
  EXPECT_FALSE(follow({{"broken", commit_named('1')}, {"spring", commit_named('1')}}));
  EXPECT_THAT(read_, ElementsAre("broken"));
}

TEST_F(BranchesIndex, GoesOnWhereItWasEnded) {
  int asked = 0;
  EXPECT_FALSE(follow({{"spring", commit_named('1')}, {"autumn", commit_named('2')}},
                      [&] { return ++asked > 1; }));
  EXPECT_THAT(read_, ElementsAre("spring"));
  EXPECT_TRUE(follow({{"spring", commit_named('1')}, {"autumn", commit_named('2')}}));
  EXPECT_THAT(read_, ElementsAre("autumn"));
}

}  // namespace
}  // namespace stet::search
