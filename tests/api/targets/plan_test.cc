#include "api/targets/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cms/publish/make.h"

namespace stet::targets {
namespace {

using publish::manifest_of;
using publish::set;
using publish::stale;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> paths(const std::vector<Change>& changes) {
  std::vector<std::string> paths;
  for (const Change& change : changes) paths.push_back(change.path.string());
  return paths;
}

TEST(Plan, WritesAssetsBeforePagesAndDeletesLast) {
  Plan plan = plan_of(
      manifest_of({set("old.html", "o"), set("same.css", "s")}),
      manifest_of(
          {set("a.html", "a"), set("feed.xml", "f"), set("same.css", "s"), set("z.css", "z")}));
  EXPECT_THAT(paths(plan.assets), ElementsAre("z.css"));
  EXPECT_THAT(paths(plan.pages), ElementsAre("a.html", "feed.xml"));
  EXPECT_THAT(paths(plan.deletions), ElementsAre("old.html"));
  EXPECT_EQ(plan.size(), 4u);
}

TEST(Plan, LeavesAStalePageAsItIsUntilItIsRendered) {
  Plan plan = plan_of(manifest_of({set("a.html", "old")}),
                      manifest_of({stale("a.html"), stale("b.html"), set("c.html", "c")}));
  EXPECT_THAT(paths(plan.pages), ElementsAre("c.html"));
  EXPECT_THAT(plan.deletions, IsEmpty());
  EXPECT_EQ(plan.waiting, 2u);
}

TEST(Plan, WritesOrDeletesWhatIsOursAndNobodyKnows) {
  Plan plan = plan_of(manifest_of({stale("a.html"), stale("gone.html")}),
                      manifest_of({set("a.html", "a")}));
  EXPECT_THAT(paths(plan.pages), ElementsAre("a.html"));
  EXPECT_THAT(paths(plan.deletions), ElementsAre("gone.html"));
}

TEST(Plan, ClearsTheWayWhereAFileBecomesAFolderOrAFolderAFile) {
  Plan plan = plan_of(
      manifest_of({set("a", "1"), set("b/x.html", "2"), set("b/y/z.html", "3"), set("c-1", "4")}),
      manifest_of({set("a/index.html", "1"), set("b", "2"), set("c/index.html", "4")}));
  EXPECT_THAT(paths(plan.clearings), ElementsAre("a", "b/x.html", "b/y/z.html"));
  EXPECT_THAT(paths(plan.deletions), ElementsAre("c-1"));
}

}  // namespace
}  // namespace stet::targets
