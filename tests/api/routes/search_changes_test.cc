// GET /search?in_changes=: what open changes say, for who is signed in.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/search_world.h"

namespace stet::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

storage::TestRepository::Files small_site() {
  return {{"_config.yml", "title: S\npermalink: /:title/\nstet: {api: {anonymous: true}}\n"},
          {"_posts/2020-01-01-bread.md", "---\ntitle: Bread\n---\nFlour.\n"},
          {"_posts/2020-02-01-soup.md", "---\ntitle: Soup\n---\nWater.\n"}};
}

class SearchInChanges : public ::testing::Test {
 protected:
  SearchInChanges() : world_(small_site()) { world_.follow_search(); }

  Json ask(const std::string& query) {
    Told told = world_.api({.target = "/search?" + query});
    EXPECT_EQ(told.status, 200) << query << told.body;
    return told.json();
  }
  std::vector<std::string> titles(const std::string& query) {
    std::vector<std::string> titles;
    const Json answer = ask(query);
    for (const Json& item : answer["items"]) titles.push_back(item["title"]);
    return titles;
  }

  SearchWorld world_;
};

TEST_F(SearchInChanges, FindsWhatTheySayAtOnceAndWhatIsLiveElsewhere) {
  const std::string id = world_.begin("Spring <programme>");
  ASSERT_EQ(world_.edit(id, "/posts/2020-01-01-bread", {{"title", "Rhubarb bread"}}).status, 200);
  Json answer = ask("q=rhubarb&in_changes=*");
  ASSERT_EQ(answer["items"].size(), 1u) << answer;
  const Json& hit = answer["items"][0];
  EXPECT_EQ(hit["title"], "Rhubarb bread");
  EXPECT_EQ(hit["change"], id);
  EXPECT_EQ(hit["change_title"], "Spring <programme>");
  EXPECT_EQ(hit["self"], "/api/v1/posts/2020-01-01-bread?change=" + id);
  EXPECT_EQ(hit["is_published"], false);
  EXPECT_EQ(answer["is_current"], true);
  // Its address leads to the text that was found.
  Told entry = world_.admin_get(hit["self"]);
  EXPECT_EQ(entry.json()["front_matter"]["title"], "Rhubarb bread") << entry.body;
  EXPECT_THAT(titles("q=rhubarb"), IsEmpty());
  // What it does not touch is not of it.
  EXPECT_THAT(titles("q=water&in_changes=*"), IsEmpty());
  EXPECT_THAT(titles("q=water"), ElementsAre("Soup"));
}

TEST_F(SearchInChanges, FollowsEditsOfEachChange) {
  const std::string one = world_.begin("One"), two = world_.begin("Two");
  ASSERT_EQ(world_.edit(one, "/posts/2020-01-01-bread", {{"title", "Rye bread"}}).status, 200);
  ASSERT_EQ(world_.edit(two, "/posts/2020-01-01-bread", {{"title", "Oat bread"}}).status, 200);
  EXPECT_EQ(titles("q=bread&in_changes=*").size(), 2u);
  EXPECT_THAT(titles("q=bread&in_changes=" + two), ElementsAre("Oat bread"));
  ASSERT_EQ(world_.edit(two, "/posts/2020-01-01-bread", {{"title", "Millet bread"}}).status, 200);
  EXPECT_THAT(titles("q=bread&in_changes=" + two), ElementsAre("Millet bread"));
  EXPECT_THAT(titles("q=oat&in_changes=*"), IsEmpty());
}

TEST_F(SearchInChanges, ForgetsWhatIsPublishedOrWithdrawn) {
  const std::string one = world_.begin("One"), two = world_.begin("Two");
  ASSERT_EQ(world_.edit(one, "/posts/2020-01-01-bread", {{"title", "Rye bread"}}).status, 200);
  ASSERT_EQ(world_.edit(two, "/posts/2020-02-01-soup", {{"title", "Rye soup"}}).status, 200);
  ASSERT_EQ(world_.post("/changes/" + one + "/publish", Json::object()).status, 200);
  EXPECT_THAT(titles("q=rye&in_changes=*"), ElementsAre("Rye soup"));
  world_.follow_search();
  EXPECT_THAT(titles("q=rye"), ElementsAre("Rye bread"));
  ASSERT_EQ(world_.post("/changes/" + two + "/withdraw", Json::object()).status, 200);
  EXPECT_THAT(titles("q=rye&in_changes=*"), IsEmpty());
  Told gone = world_.api({.target = "/search?q=rye&in_changes=" + two});
  EXPECT_EQ(gone.status, 400);
  EXPECT_EQ(gone.json()["parameter"], "in_changes");
}

TEST_F(SearchInChanges, IsForNobodyWithoutAName) {
  const std::string id = world_.begin("Secret");
  ASSERT_EQ(world_.edit(id, "/posts/2020-01-01-bread", {{"title", "Marzipan"}}).status, 200);
  for (const std::string& which : {std::string("*"), id, std::string("nosuch")}) {
    Told told = world_.admin({.target = "/api/v1/search?q=marzipan&in_changes=" + which});
    EXPECT_EQ(told.status, 403) << told.body;
    EXPECT_THAT(told.body, Not(HasSubstr("Secret")));
  }
}

}  // namespace
}  // namespace stet::api
