// /search on the public origin.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/search_world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

storage::TestRepository::Files files(const std::string& own = "search: true") {
  return {{"_config.yml", "title: S\npermalink: /:title/\nstet: {" + own + "}\n"},
          {"index.html", "---\n---\nStart\n"},
          {"_posts/2020-01-01-bread.md",
           "---\ntitle: Bread <script>\nsecret: marmalade\n---\nFlour & \"water\" <b>now</b>.\n"},
          {"_posts/2020-02-01-hidden.md", "---\ntitle: H\npublished: false\n---\nFlour, later.\n"}};
}

const storage::TestRepository::Files::value_type kOwnPage = {
    "search.html",
    "---\npermalink: /search/\n---\n<form><input name=\"q\" value=\"\"></form>"
    "<div><!--stet:search--></div>own\n"};

Told ask(SearchWorld& world, const std::string& target, const std::string& accept = "text/html") {
  return world.site({.target = target, .headers = {{"Accept", accept}}});
}

TEST(PublicSearch, AnswersInThePageThatItGivesTheSite) {
  SearchWorld world(files());
  world.follow_search();
  Told told = ask(world, "/search?q=flour");
  ASSERT_EQ(told.status, 200);
  EXPECT_EQ(told.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(told.header("X-Robots-Tag"), "noindex");
  EXPECT_THAT(told.body, HasSubstr("<a href=\"/bread/\">Bread &lt;script&gt;</a>"));
  EXPECT_THAT(told.body, HasSubstr("<mark>Flour</mark> &amp; &quot;water&quot; now."));
  EXPECT_THAT(told.body, HasSubstr("1 page found"));
  EXPECT_EQ(
      world.site({.target = "/search?q=flour", .headers = {{"If-None-Match", told.header("ETag")}}})
          .status,
      304);
  EXPECT_EQ(world.site({.method = "POST", .target = "/search?q=flour"}).status, 405);
}

TEST(PublicSearch, StandsInTheSitesOwnPage) {
  auto with_page = files();
  with_page.insert(kOwnPage);
  SearchWorld world(with_page);
  world.follow_search();
  Told told = ask(world, "/search/?q=flour");
  EXPECT_THAT(told.body, HasSubstr("value=\"flour\""));
  EXPECT_THAT(told.body, HasSubstr("<mark>Flour</mark>"));
  EXPECT_THAT(told.body, HasSubstr("</div>own"));
  EXPECT_THAT(ask(world, "/search/").body, HasSubstr("<!--stet:search-->"));
  EXPECT_THAT(ask(world, "/search/?q=%3C!--stet:search--%3E%22").body,
              HasSubstr("value=\"&lt;!--stet:search--&gt;&quot;\""));
}

TEST(PublicSearch, LeavesAPageAloneThatDoesNotAskForIt) {
  auto with_page = files();
  with_page["search.html"] = "---\npermalink: /search/\n---\nmine\n";
  SearchWorld world(with_page);
  world.follow_search();
  EXPECT_EQ(ask(world, "/search/?q=flour").body, "mine\n");
}

TEST(PublicSearch, IsNotThereUnlessTheSiteWantsIt) {
  SearchWorld world(files("theme: none"));
  world.follow_search();
  EXPECT_EQ(ask(world, "/search?q=flour").status, 404);
}

TEST(PublicSearch, SpeaksJsonToWhoAsksForIt) {
  SearchWorld world(files());
  world.follow_search();
  Json json = ask(world, "/search?q=flour", "application/json").json();
  EXPECT_EQ(json["total"], 1);
  EXPECT_EQ(json["items"][0]["url"], "/bread/");
  EXPECT_EQ(json["items"][0]["date"], "2020-01-01T00:00:00Z");
  for (const char* secret : {"marmalade", "later", "marm"}) {
    EXPECT_EQ(ask(world, "/search?q=" + std::string(secret), "application/json").json()["total"], 0)
        << secret;
  }
}

TEST(PublicSearch, TakesAnythingForWords) {
  SearchWorld world(files());
  world.follow_search();
  for (const char* query : {"", "%22", "%3Cscript%3Ealert(1)%3C/script%3E", "NEAR(", "%FF"}) {
    Told told = ask(world, "/search?q=" + std::string(query));
    EXPECT_EQ(told.status, 200) << query;
    EXPECT_THAT(told.body, Not(HasSubstr("<script>"))) << query;
  }
  EXPECT_THAT(ask(world, "/search?q=" + std::string(5000, 'x')).body,
              HasSubstr("at most 1000 bytes"));
}

TEST(PublicSearch, IsSlowedDownByAddress) {
  SearchWorld world(files());
  world.follow_search();
  auto status = [&](const std::string& query) { return ask(world, "/search?q=" + query).status; };
  for (unsigned i = 0; i < PublicSearch::kBurst; ++i) ASSERT_EQ(status("x"), 200);
  EXPECT_EQ(status("x"), 429);
  world.clock.advance_seconds(1);
  for (unsigned i = 0; i < PublicSearch::kPerSecond; ++i) EXPECT_EQ(status("y"), 200);
  EXPECT_EQ(status("y"), 429);
}

TEST(PublicSearch, IsSlowedDownForAllThatOneMachineMayHave) {
  SearchWorld world(files());
  world.follow_search();
  auto status = [&](const std::string& address) {
    return world.site({.target = "/search?q=x", .address = address}).status;
  };
  auto ask_of_many = [&](unsigned count) {
    for (unsigned i = 0; i < count; ++i) {
      status("10." + std::to_string(count % 200) + "." + std::to_string(i / 250) + "." +
             std::to_string(i % 250));
    }
  };
  ask_of_many(PublicSearch::kAddressesMax - 1);
  world.clock.advance_seconds(1);
  for (unsigned i = 0; i < PublicSearch::kBurst; ++i) {
    ASSERT_EQ(status("2001:db8::" + std::to_string(i)), 200);
  }
  EXPECT_EQ(status("2001:db8::ffff"), 429);
  EXPECT_EQ(status("2001:db8:0:1::1"), 200);
  ask_of_many(100);  // more than are remembered: those who asked long ago are forgotten
  EXPECT_EQ(status("2001:db8::ffff"), 429);
}

}  // namespace
}  // namespace stet::api
