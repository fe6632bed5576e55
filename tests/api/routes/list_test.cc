// Lists: filters, order, cursors that skip and repeat nothing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

storage::TestRepository::Files ten_posts() {
  storage::TestRepository::Files files = {{"_config.yml", "title: Ten\n"}, {"index.html", "x"}};
  for (int i = 0; i < 10; ++i) {
    std::string n = std::to_string(i), day = "2020-01-0" + std::to_string(1 + i / 2);
    files["_posts/" + day + "-p" + n + ".md"] =
        "---\ntitle: P" + n + "\nrank: " + std::to_string((i * 7) % 10) +
        "\nis_odd: " + (i % 2 ? "true" : "false") + "\ntags: [t" + std::to_string(i % 3) +
        ", all]\n---\nBody.\n";
  }
  files["_posts/2020-01-05-p9.md"] =
      "---\ntitle: P9\nrank: 3\nis_odd: true\ntags: [t0, all]\ndotted.key: 'yes'\n"
      "by: {name: Ada, links: [one, two]}\n---\nBody.\n";
  return files;
}

std::vector<std::string> titles(const Json& list) {
  std::vector<std::string> titles;
  for (const Json& item : list["items"]) titles.push_back(item["front_matter"]["title"]);
  return titles;
}

// Follows `next` to the end.
std::vector<std::string> all_titles(World& world, std::string target) {
  std::vector<std::string> all;
  std::string joint = target.find('?') == std::string::npos ? "?" : "&";
  for (std::string cursor;;) {
    Json page =
        world.api({.target = target + (cursor.empty() ? "" : joint + "cursor=" + cursor)}).json();
    for (std::string& title : titles(page)) all.push_back(std::move(title));
    if (!page.contains("next") || page["next"].is_null()) return all;
    cursor = page["next"].get<std::string>();
  }
}

TEST(Listing, ShowsPostsNewestFirst) {
  World world(ten_posts());
  Json list = world.api({.target = "/posts?limit=3"}).json();
  EXPECT_EQ(list["total"], 10);
  EXPECT_THAT(titles(list), ElementsAre("P8", "P9", "P6"));
  EXPECT_EQ(all_titles(world, "/posts?limit=3").size(), 10u);
  EXPECT_EQ(all_titles(world, "/posts?limit=3"), all_titles(world, "/posts?limit=200"));
}

TEST(Listing, SortsByAnyFields) {
  World world(ten_posts());
  EXPECT_THAT(titles(world.api({.target = "/posts?sort=rank&limit=4"}).json()),
              ElementsAre("P0", "P3", "P6", "P9"));
  // Of the odd ones the ranks are 7, 1, 5, 9, 3.
  EXPECT_THAT(titles(world.api({.target = "/posts?sort=-is_odd,-rank&limit=3"}).json()),
              ElementsAre("P7", "P1", "P5"));
  for (const char* sort : {"rank", "-rank", "is_odd,-rank", "-date,title", "nothing", "tags"}) {
    std::string target = "/posts?sort=" + std::string(sort);
    EXPECT_EQ(all_titles(world, target + "&limit=1"), all_titles(world, target + "&limit=200"))
        << sort;
  }
}

TEST(Listing, FiltersByWhatFieldsAreOrHold) {
  World world(ten_posts());
  struct Row {
    const char* query;
    std::size_t total;
  };
  for (const Row& row : {Row{"filter[tags]=t0", 4},
                         Row{"filter[tags]=all", 10},
                         Row{"filter[tags]=t0&filter[is_odd]=true", 2},
                         Row{"filter[title]=P3", 1},
                         Row{"filter[rank]=7", 1},
                         Row{"filter[rank]=7.0", 1},
                         Row{"filter[date]=2020-01-02", 2},
                         Row{"filter[rank][gte]=7", 3},
                         Row{"filter[rank][gt]=2&filter[rank][lt]=5", 2},
                         Row{"filter[rank][in]=1,2,77", 2},
                         Row{"filter[date][gt]=2020-01-04", 2},
                         Row{"filter[tags][ne]=t0", 6},
                         Row{"filter[title][contains]=9", 1},
                         Row{"filter[by.name]=Ada", 1},
                         Row{"filter[by.links.1]=two", 1},
                         Row{"filter[dotted.key]=yes", 1},
                         Row{"filter[by][exists]=true", 1},
                         Row{"filter[nothing]=", 10},
                         Row{"filter[nothing]=x", 0},
                         Row{"filter[path]=_posts/2020-01-01-p0.md", 1}}) {
    Json list = world.api({.target = "/posts?" + std::string(row.query)}).json();
    EXPECT_EQ(list["total"], row.total) << row.query;
    EXPECT_EQ(list["items"].size(), row.total) << row.query;
  }
}

TEST(Listing, FieldsOfFrontMatterAreNamedAsByFilters) {
  World world(ten_posts());
  Json item =
      world.api({.target = "/posts?fields=title,name&limit=1&sort=title"}).json()["items"][0];
  EXPECT_EQ(item, (Json{{"front_matter", {{"title", "P0"}}}, {"name", "2020-01-01-p0"}})) << item;
  Told told = world.api({.target = "/data?fields=nosuch"});
  EXPECT_EQ(told.status, 400) << told.body;
  EXPECT_EQ(told.json()["parameter"], "fields");
  EXPECT_NE(told.body.find("there are path, kind"), std::string::npos) << told.body;
}

TEST(Listing, ParametersAreKnownAndGivenOnce) {
  World world(ten_posts());
  Told twice = world.api({.target = "/posts?limit=2&limit=3"});
  EXPECT_EQ(twice.status, 400) << twice.body;
  EXPECT_EQ(twice.json()["parameter"], "limit");
  Told unknown = world.api({.target = "/posts?limits=2"});
  EXPECT_NE(unknown.body.find("there are filter[KEY], sort"), std::string::npos) << unknown.body;
  EXPECT_EQ(world.api({.target = "/posts?filter[rank][gt]=2&filter[rank][gt]=3"}).status, 200);
}

TEST(Listing, ACursorStandsThoughEntriesComeAndGo) {
  World world(ten_posts());
  Json first = world.api({.target = "/posts?sort=title&limit=3"}).json();
  EXPECT_THAT(titles(first), ElementsAre("P0", "P1", "P2"));
  // The last one shown goes, and one comes before it.
  Told gone = world.api(
      {.method = "DELETE", .target = "/posts/2020-01-02-p2", .headers = {{"If-Match", "*"}}});
  ASSERT_EQ(gone.status, 200) << gone.body;
  Told made = world.api({.method = "POST",
                         .target = "/posts",
                         .body = R"({"front_matter": {"title": "P00", "date": "2020-01-01"}})"});
  ASSERT_EQ(made.status, 201) << made.body;
  std::string cursor = first["next"].get<std::string>();
  Json second = world.api({.target = "/posts?sort=title&limit=3&cursor=" + cursor}).json();
  EXPECT_THAT(titles(second), ElementsAre("P3", "P4", "P5"));
}

TEST(Listing, LeadsBackAsItLedOn) {
  World world(ten_posts());
  std::vector<std::string> forth, back;
  std::string previous;
  for (std::string cursor;;) {
    Json page = world
                    .api({.target = "/posts?sort=-rank&limit=3" +
                                    (cursor.empty() ? "" : "&cursor=" + cursor)})
                    .json();
    for (std::string& title : titles(page)) forth.push_back(std::move(title));
    EXPECT_EQ(page["prev"].is_null(), cursor.empty());
    if (page["next"].is_null()) {
      previous = page["prev"];
      break;
    }
    cursor = page["next"];
  }
  std::vector<std::string> last(forth.end() - 1, forth.end());
  back = last;
  while (!previous.empty()) {
    Json page = world.api({.target = "/posts?sort=-rank&limit=3&cursor=" + previous}).json();
    std::vector<std::string> shown = titles(page);
    back.insert(back.begin(), shown.begin(), shown.end());
    EXPECT_FALSE(page["next"].is_null());
    previous = page["prev"].is_null() ? "" : page["prev"].get<std::string>();
  }
  EXPECT_EQ(forth.size(), 10u);
  EXPECT_EQ(back, forth);
}

TEST(Listing, APlaceBehindTheEndLeadsBack) {
  World world(ten_posts());
  std::string cursor = world.api({.target = "/posts?sort=title&limit=9"}).json()["next"];
  ASSERT_EQ(world
                .api({.method = "DELETE",
                      .target = "/posts/2020-01-05-p9",
                      .headers = {{"If-Match", "*"}}})
                .status,
            200);
  Json page = world.api({.target = "/posts?sort=title&limit=9&cursor=" + cursor}).json();
  EXPECT_THAT(titles(page), IsEmpty());
  EXPECT_TRUE(page["next"].is_null());
  std::string back = page["prev"];
  Json before = world.api({.target = "/posts?sort=title&limit=2&cursor=" + back}).json();
  EXPECT_THAT(titles(before), ElementsAre("P7", "P8"));
}

TEST(Listing, ATagStandsUntilTheAnswerIsAnother) {
  World world(ten_posts());
  std::string target = "/posts?filter[tags]=t1&sort=title";
  std::string tag = world.tag_of(target);
  ASSERT_EQ(world.patch("/posts/2020-01-01-p0", R"({"body": "New.\n"})").status, 200);
  EXPECT_EQ(world.tag_of(target), tag);
  ASSERT_EQ(world.patch("/posts/2020-01-01-p1", R"({"front_matter": {"rank": 70}})").status, 200);
  EXPECT_NE(world.tag_of(target), tag);
}

TEST(Listing, LinksLeadOn) {
  World world(ten_posts());
  Told told = world.api({.target = "/posts?limit=4&filter[tags]=all"});
  std::string link = told.header("Link");
  EXPECT_THAT(link, HasSubstr("rel=\"first\""));
  std::size_t next = link.find(", <");
  ASSERT_NE(next, std::string::npos) << link;
  std::string target = link.substr(next + 3, link.find('>', next) - next - 3);
  ASSERT_TRUE(target.starts_with("/api/v1/posts?limit=4&filter%5Btags%5D=all&cursor=")) << target;
  EXPECT_EQ(titles(world.api({.target = target.substr(7)}).json()).size(), 4u);
}

TEST(Listing, ShowsTheMembersThatAreAskedFor) {
  World world(ten_posts());
  Json plain = world.api({.target = "/posts?limit=1"}).json()["items"][0];
  EXPECT_FALSE(plain.contains("body"));
  EXPECT_TRUE(plain.contains("front_matter"));
  Json some = world.api({.target = "/posts?limit=1&fields=path,front_matter.title,body,none"})
                  .json()["items"][0];
  EXPECT_EQ(some,
            (Json{{"path", "_posts/2020-01-05-p8.md"},
                  {"front_matter", {{"title", "P8"}}},
                  {"body", "Body.\n"}}));
}

TEST(Listing, AnUnchangedAnswerIsNotSentAgain) {
  World world(ten_posts());
  Told told = world.api({.target = "/posts"});
  std::string tag = told.header("ETag");
  Told again = world.api({.target = "/posts", .headers = {{"If-None-Match", tag}}});
  EXPECT_EQ(again.status, 304);
  EXPECT_THAT(again.body, IsEmpty());
}

TEST(Listing, OddQueriesAreNamed) {
  World world(ten_posts());
  for (const char* query : {"limit=0",
                            "limit=201",
                            "limit=x",
                            "limit=",
                            "sort=",
                            "cursor=x",
                            "cursor=e30",
                            "expand=all",
                            "filter=x",
                            "filter[=x",
                            "filter[]=x",
                            "filter[a][is]=x",
                            "filter[a][exists]=x",
                            "sort=-",
                            "page=2",
                            "cursor=WzEsMl0"}) {
    Told told = world.api({.target = "/posts?" + std::string(query)});
    EXPECT_EQ(told.status, 400) << query << told.body;
    EXPECT_TRUE(told.json().contains("parameter")) << query;
  }
  std::string cursor = world.api({.target = "/posts?limit=1&sort=title"}).json()["next"];
  EXPECT_EQ(world.api({.target = "/posts?sort=rank&cursor=" + cursor}).status, 400);
}

}  // namespace
}  // namespace stet::api
