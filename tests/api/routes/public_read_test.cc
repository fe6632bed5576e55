// Reads without a token, of sites that allow them; and reads of other states of the site.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

storage::TestRepository::Files open_site(const std::string& api) {
  auto files = World::small_site();
  files["_config.yml"] =
      "title: Small\nurl: http://example.org\npermalink: /:title/\n"
      "collections: {recipes: {output: true}}\nstet: {api: " +
      api + "}\n";
  files["_posts/2020-03-03-hidden.md"] = "---\ntitle: Hidden\npublished: false\n---\nNo.\n";
  files["_posts/2033-03-03-future.md"] = "---\ntitle: Future\n---\nNot yet.\n";
  files["_drafts/idea.md"] = "---\ntitle: Idea\n---\nNo.\n";
  files["_recipes/soup.md"] =
      "---\ntitle: Soup\nnotes: secret\nby: {name: Ada, mail: a@b.c}\n"
      "cooks: [{name: Bo, mail: b@b.c}]\n---\nWater.\n";
  return files;
}

Told anybody(World& world,
             const std::string& target,
             std::map<std::string, std::string> headers = {}) {
  return world.admin({.target = "/api/v1" + target, .headers = std::move(headers)});
}

TEST(PublicReads, AreRefusedUnlessTheSiteAllowsThem) {
  for (const char* api : {"{}", "{anonymous: false}", "{anonymous: 1}", "[]", "{anonymous: {}}"}) {
    World world(open_site(api));
    Told told = anybody(world, "/posts");
    EXPECT_EQ(told.status, 401) << api;
    EXPECT_EQ(told.header("Cache-Control"), "no-store") << api;
  }
}

TEST(PublicReads, ShowWhatTheSiteShowsAndNoMore) {
  World world(open_site("{anonymous: true, hidden: [notes, by.mail, cooks.mail], max_age: 60}"));
  Told told = anybody(world, "/posts?sort=title");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.header("Cache-Control"), "public, max-age=60");
  EXPECT_EQ(told.headers.joined("Vary"), "Authorization, Cookie, Origin");
  Json list = told.json();
  EXPECT_EQ(list["total"], 2);
  EXPECT_EQ(list["items"][0]["front_matter"]["title"], "First");
  EXPECT_EQ(list["items"][0]["url"], "/first/");
  for (const char* member : {"path", "blob", "body"}) {
    EXPECT_FALSE(list["items"][0].contains(member)) << member;
  }
  Json soup = anybody(world, "/collections/recipes/soup?expand=html,excerpt,derived").json();
  EXPECT_EQ(soup["front_matter"],
            (Json{{"title", "Soup"},
                  {"by", {{"name", "Ada"}}},
                  {"cooks", Json::array({{{"name", "Bo"}}})}}))
      << soup;
  EXPECT_EQ(soup["html"], "<p>Water.</p>\n");
  EXPECT_FALSE(soup.contains("body"));
  // What is hidden cannot be guessed by filters either.
  EXPECT_EQ(anybody(world, "/collections/recipes?filter[notes]=secret").json()["total"], 0);
  for (const char* field : {"by.mail", "cooks.mail", "cooks.0.mail"}) {
    std::string target = "/collections/recipes?filter[" + std::string(field) + "][exists]=true";
    EXPECT_EQ(anybody(world, target).json()["total"], 0) << field;
  }
  EXPECT_EQ(anybody(world, "/collections/recipes?filter[by.name]=Ada").json()["total"], 1);
}

TEST(PublicReads, OfAllElseNeedAToken) {
  World world(open_site("{anonymous: true}"));
  for (const char* target : {"/drafts",
                             "/files",
                             "/files/_config.yml",
                             "/config",
                             "/data",
                             "/status",
                             "/nothing",
                             "/posts?ref=main",
                             "/posts?expand=problems",
                             "/history?path=about.md"}) {
    EXPECT_EQ(anybody(world, target).status, 401) << target;
  }
  for (const char* target :
       {"/posts/2020-03-03-hidden", "/posts/2033-03-03-future", "/posts/2020-01-01-none"}) {
    EXPECT_EQ(anybody(world, target).status, 404) << target;
  }
  EXPECT_EQ(world.admin({.method = "DELETE", .target = "/api/v1/posts/2020-01-01-first"}).status,
            401);
  // Who has a token, and a wrong one, is not anybody.
  EXPECT_EQ(anybody(world, "/posts", {{"Authorization", "Bearer x"}}).status, 401);
  EXPECT_EQ(world.api({.target = "/posts"}).json()["total"], 4);
  EXPECT_EQ(anybody(world, "/posts?nonsense=1").status, 400);
}

TEST(PublicReads, AreThereForThoseWhoseSessionHasEnded) {
  World world(open_site("{anonymous: true, max_age: 60}"));
  world.person("jo", auth::Role::kReader);
  auto headers = world.signed_in("jo");
  headers.erase("X-CSRF-Token");
  EXPECT_EQ(anybody(world, "/posts", headers).json()["total"], 4);
  ASSERT_EQ(*world.people->end_sessions(world.people->find_login("jo")->id), 1);
  for (const std::string& cookie : {headers["Cookie"], std::string("stet=nonsense")}) {
    Told told = anybody(world, "/posts", {{"Cookie", cookie}});
    EXPECT_EQ(told.status, 200) << told.body;
    EXPECT_EQ(told.json()["total"], 2);
    EXPECT_THAT(told.header("Set-Cookie"), HasSubstr("stet=; Path=/"));
    EXPECT_EQ(told.header("Cache-Control"), "private, no-cache");
  }
  // Whoever shows a token means it.
  Told told = anybody(world, "/posts", {{"Authorization", "Bearer stet_gone"}});
  EXPECT_EQ(told.status, 401);
  EXPECT_EQ(anybody(world, "/drafts", headers).status, 401);
}

TEST(PublicReads, ShowNothingThatFollowsFromWhatIsHidden) {
  auto files = open_site("{anonymous: true, hidden: [title, date, tags, 'prices.2', x.y.z]}");
  files["_posts/2020-03-04-third.md"] =
      "---\ntitle: Third\ntags: [a]\nprices: {2: {net: 7}, 3: 8}\nx.y: {z: dotted}\n---\nText.\n";
  World world(files);
  Json third = anybody(world, "/posts/2020-03-04-third?expand=derived,related").json();
  EXPECT_EQ(third["front_matter"], (Json{{"prices", {{"3", 8}}}, {"x.y", Json::object()}}));
  EXPECT_EQ(third["derived"], (Json{{"is_draft", false}, {"is_public", true}}));
  EXPECT_EQ(third["related"], Json::array());
  EXPECT_EQ(anybody(world, "/posts?filter[prices.2.net]=7").json()["total"], 0);
  EXPECT_EQ(anybody(world, "/tags").json(), (Json{{"items", Json::array()}, {"total", 0}}));
  EXPECT_THAT(anybody(world, "/posts?expand=derived,related").body, Not(HasSubstr("Third")));
}

TEST(PublicReads, DoNotSayThatTwoHiddenFilesHaveOneName) {
  auto files = open_site("{anonymous: true}");
  files["_posts/2033-03-03-future.html"] = files["_posts/2033-03-03-future.md"];
  files["_posts/2020-01-01-first.html"] = "---\npublished: false\n---\nNo.\n";
  World world(files);
  EXPECT_EQ(world.api({.target = "/posts/2033-03-03-future"}).status, 409);
  Told none = anybody(world, "/posts/2033-03-03-future");
  EXPECT_EQ(none.status, 404);
  EXPECT_EQ(none.json()["detail"], "there is no post '2033-03-03-future'");
  EXPECT_EQ(anybody(world, "/posts/2033-03-03-future.md").status, 404);
  // Beside what is hidden, what is shown has the name for itself.
  EXPECT_EQ(anybody(world, "/posts/2020-01-01-first").json()["front_matter"]["title"], "First");
}

TEST(PublicReads, OfACollectionWithoutPagesAreAllowedByItsNameAlone) {
  for (bool is_named : {false, true}) {
    auto files = open_site(is_named ? "{anonymous: [collections/notes]}" : "{anonymous: true}");
    std::string& config = files["_config.yml"];
    config.replace(config.find("{recipes:"), 1, "{notes: {output: false}, ");
    files["_notes/one.md"] = "---\ntitle: One\n---\nNote.\n";
    World world(files);
    for (const char* target : {"/collections/notes", "/collections/notes/one"}) {
      EXPECT_EQ(anybody(world, target).status, is_named ? 200 : 401) << target;
    }
  }
}

TEST(PublicReads, OfOneListAreNotAnswersToAnother) {
  World world(open_site("{anonymous: true}"));
  EXPECT_EQ(anybody(world, "/posts?fields=url%00name&sort=title").json()["items"][0],
            Json::object());
  EXPECT_EQ(anybody(world, "/posts?fields=url,name&sort=title").json()["items"][0],
            (Json{{"url", "/first/"}, {"name", "2020-01-01-first"}}));
}

TEST(PublicReads, CanBeAllowedOfSomeResources) {
  World world(open_site("{anonymous: [pages, collections/recipes]}"));
  EXPECT_EQ(anybody(world, "/pages").status, 200);
  EXPECT_EQ(anybody(world, "/collections/recipes").status, 200);
  EXPECT_EQ(anybody(world, "/posts").status, 401);
  EXPECT_EQ(anybody(world, "/collections/others").status, 401);
}

TEST(PublicReads, FollowWhatBecomesVisible) {
  World world(open_site("{anonymous: true}"));
  EXPECT_EQ(anybody(world, "/posts").json()["total"], 2);
  ASSERT_EQ(
      world.patch("/posts/2020-03-03-hidden", R"({"front_matter": {"published": true}})").status,
      200);
  Told told = anybody(world, "/posts");
  EXPECT_EQ(told.json()["total"], 3);
  EXPECT_EQ(anybody(world, "/posts", {{"If-None-Match", told.header("ETag")}}).status, 304);
}

TEST(PublicReads, OtherOriginsReadThemWhereTheSiteNamesThem) {
  World world(open_site("{anonymous: true, cors: ['https://app.example']}"));
  std::map<std::string, std::string> from = {{"Origin", "https://app.example"}};
  Told told = anybody(world, "/posts", from);
  EXPECT_EQ(told.header("Access-Control-Allow-Origin"), "https://app.example");
  EXPECT_EQ(told.header("Access-Control-Allow-Credentials"), "");
  EXPECT_EQ(anybody(world, "/posts", {{"Origin", "https://other.example"}})
                .header("Access-Control-Allow-Origin"),
            "");
  EXPECT_EQ(world.api({.target = "/posts", .headers = from}).header("Access-Control-Allow-Origin"),
            "https://app.example")
      << "a token is sent by who has it";
  auto preflight = [&](const char* method, const char* headers) {
    return world.admin({.method = "OPTIONS",
                        .target = "/api/v1/posts",
                        .headers = {{"Origin", "https://app.example"},
                                    {"Access-Control-Request-Method", method},
                                    {"Access-Control-Request-Headers", headers}}});
  };
  Told allowed = preflight("GET", "if-none-match");
  EXPECT_EQ(allowed.status, 204);
  EXPECT_EQ(allowed.header("Access-Control-Allow-Origin"), "https://app.example");
  EXPECT_THAT(allowed.header("Access-Control-Allow-Headers"), Not(HasSubstr("Authorization")));
  EXPECT_EQ(preflight("PATCH", "").status, 401);
  EXPECT_EQ(preflight("PATCH", "authorization").status, 401);
  Told with_token = preflight("GET", "if-none-match, authorization");
  EXPECT_EQ(with_token.status, 204);
  EXPECT_THAT(with_token.header("Access-Control-Allow-Headers"), HasSubstr("Authorization"));
}

TEST(PublicReads, AStarIsForEveryOrigin) {
  World world(open_site("{anonymous: true, cors: ['*']}"));
  Told told = anybody(world, "/posts", {{"Origin", "https://any.example"}});
  EXPECT_EQ(told.header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(anybody(world, "/posts").header("Access-Control-Allow-Origin"), "");
  EXPECT_EQ(world.api({.target = "/posts", .headers = {{"Origin", "https://any.example"}}})
                .header("Access-Control-Allow-Origin"),
            "")
      << "tokens are for origins that are named";
}

TEST(OtherStates, AreReadByBranchAndByCommit) {
  World world;
  std::string before = world.head();
  ASSERT_EQ(
      world.patch("/posts/2020-01-01-first", R"({"front_matter": {"title": "Changed"}})").status,
      200);
  ASSERT_EQ(world.patch("/config", R"({"title": "Other"})").status, 200);
  world.repository.git({"branch", "old", before});
  for (const std::string& ref : {before, std::string("old")}) {
    Json entry =
        world.api({.target = "/posts/2020-01-01-first?ref=" + ref + "&expand=url,html"}).json();
    EXPECT_EQ(entry["front_matter"]["title"], "First") << entry;
    EXPECT_EQ(entry["html"], "<p>First body.</p>\n");
    Json list = world.api({.target = "/posts?filter[title]=First&ref=" + ref}).json();
    EXPECT_EQ(list["total"], 1);
    EXPECT_EQ(world.api({.target = "/config?ref=" + ref}).json()["title"], "Small");
  }
  EXPECT_EQ(world.api({.target = "/posts?filter[title]=First"}).json()["total"], 0);
  EXPECT_EQ(world.api({.target = "/posts?filter[title]=Changed&ref=main"}).json()["total"], 1);
  for (const char* ref : {"nowhere", "main~1", "0000000000000000000000000000000000000001", ""}) {
    EXPECT_EQ(world.api({.target = "/posts?ref=" + std::string(ref)}).status, 404) << ref;
  }
}

TEST(OtherStates, AreRememberedAndForgotten) {
  World world;
  std::vector<std::string> commits;
  for (int i = 0; i < 7; ++i) {
    ASSERT_EQ(world.patch("/pages/about", R"({"body": ")" + std::to_string(i) + R"(\n"})").status,
              200);
    commits.push_back(world.head());
  }
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 7; ++i) {
      Json page =
          world.api({.target = "/pages/about?ref=" + commits[static_cast<std::size_t>(i)]}).json();
      EXPECT_EQ(page["body"], std::to_string(i) + "\n");
    }
  }
}

TEST(Expansions, ShowExcerptsAndWhatIsRelated) {
  auto files = World::small_site();
  files["_posts/2020-04-04-third.md"] = "---\ntitle: Third\ntags: [a, b]\n---\nBegin.\n\nEnd.\n";
  files["_posts/2020-05-05-own.md"] = "---\ntitle: Own\nexcerpt: By hand\n---\nBody.\n";
  World world(files);
  Json third = world.api({.target = "/posts/2020-04-04-third?expand=excerpt,related"}).json();
  EXPECT_EQ(third["excerpt"], "<p>Begin.</p>\n");
  std::vector<std::string> titles;
  for (const Json& one : third["related"]) titles.push_back(one["title"]);
  EXPECT_THAT(titles, ElementsAre("First", "Second"));
  EXPECT_EQ(third["related"][0]["url"], "/first/");
  EXPECT_EQ(third["related"][0]["self"], "/api/v1/posts/2020-01-01-first");
  Json own = world.api({.target = "/posts/2020-05-05-own?expand=excerpt,related"}).json();
  EXPECT_EQ(own["excerpt"], "By hand");
  EXPECT_EQ(own["related"], Json::array());
}

}  // namespace
}  // namespace stet::api
