// GET /search: who finds what, in which words, and page by page.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/search_world.h"

namespace stet::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

storage::TestRepository::Files searched(const std::string& api = "anonymous: true",
                                        const std::string& more = "") {
  return {
      {"_config.yml",
       "title: S\npermalink: /:title/\ncollections: {recipes: {output: true}, notes: {}}\n"
       "stet: {" +
           more + "api: {" + api + "}}\n"},
      {"index.html", "---\n---\nStart\n"},
      {"_posts/2020-01-01-bread.md",
       "---\ntitle: Sourdough <b>bread</b>\ntags: [baking]\nauthor: Ada\nsecret: marmalade\n---\n"
       "Flour & *water*.\n"},
      {"_posts/2020-02-01-soup.md", "---\ntitle: Soup\n---\nWith bread.\n"},
      {"_posts/2020-03-01-hidden.md", "---\ntitle: Hidden\npublished: false\n---\nNo bread yet.\n"},
      {"_posts/2030-01-01-later.md", "---\ntitle: Later\n---\nFuture bread.\n"},
      {"_drafts/idea.md", "---\ntitle: Idea\n---\nRaw bread.\n"},
      {"_recipes/cake.md", "---\ntitle: Cake\n---\nNo bread, but cake.\n"},
      {"_notes/own.md", "---\ntitle: Own\n---\nA bread of one's own.\n"}};
}

std::vector<std::string> names(const Json& answer) {
  std::vector<std::string> names;
  for (const Json& item : answer["items"]) names.push_back(item["name"]);
  return names;
}

class Search : public ::testing::Test {
 protected:
  explicit Search(const std::string& api = "anonymous: true") : world_(searched(api)) {
    world_.follow_search();
  }
  Json ask(const std::string& query) {
    Told told = world_.api({.target = "/search?" + query});
    EXPECT_EQ(told.status, 200) << query << told.body;
    return told.json();
  }
  Told anybody(const std::string& query) {
    return world_.admin({.target = "/api/v1/search?" + query});
  }
  SearchWorld world_;
};

TEST_F(Search, ShowsOfFieldsTheOneThatWasMeant) {
  Json snippet = ask("q=marmalade")["items"][0]["snippet"];
  EXPECT_EQ(snippet, Json::array({Json{{"text", "marmalade"}, {"is_match", true}}})) << snippet;
  // A path that was meant is told as such; what is shown is the text.
  EXPECT_EQ(ask("q=_drafts")["items"][0]["snippet"][0]["text"], "Raw bread.");
}

TEST_F(Search, SaysWhichFiltersMeanNothing) {
  EXPECT_THAT(ask("q=bread+in:recipes+is:published")["notes"], IsEmpty());
  Json notes = ask("q=bread+in:nosuch")["notes"];
  ASSERT_EQ(notes.size(), 1u) << notes;
  EXPECT_THAT(std::string(notes[0]), HasSubstr("there is no collection 'nosuch'"));
  EXPECT_THAT(std::string(ask("q=bread+is:nonsense")["notes"][0]), HasSubstr("is:draft"));
  EXPECT_THAT(ask("q=bread&in=notes")["notes"], IsEmpty());
  // What nobody is shown is not known to be there.
  EXPECT_EQ(anybody("q=bread&in=notes").json()["notes"].size(), 1u);
  EXPECT_EQ(anybody("q=bread&fields=nosuch").status, 400);
}

TEST_F(Search, TellsWhatAnEditorShows) {
  Json answer = ask("q=flour");
  EXPECT_EQ(answer["total"], 1);
  EXPECT_EQ(answer["is_more"], false);
  EXPECT_EQ(answer["next"], nullptr);
  EXPECT_EQ(answer["commit"], world_.head());
  EXPECT_EQ(answer["is_current"], true);
  Json item = answer["items"][0];
  EXPECT_EQ(item["kind"], "post");
  EXPECT_EQ(item["name"], "2020-01-01-bread");
  EXPECT_EQ(item["self"], "/api/v1/posts/2020-01-01-bread");
  EXPECT_EQ(item["path"], "_posts/2020-01-01-bread.md");
  EXPECT_EQ(item["title"], "Sourdough <b>bread</b>");
  EXPECT_EQ(item["url"], "/bread/");
  EXPECT_EQ(item["is_published"], true);
  EXPECT_EQ(item["date"], "2020-01-01T00:00:00Z");
  EXPECT_EQ(item["snippet"],
            Json::parse(R"([{"text": "Flour", "is_match": true}, {"text": " & water."}])"));
  EXPECT_EQ(ask("q=bread&fields=title&limit=1")["items"][0].size(), 1u);
}

TEST_F(Search, FindsForThoseWithATokenWhatIsNotPublishedToo) {
  EXPECT_THAT(names(ask("q=bread")),
              UnorderedElementsAre("2020-01-01-bread",
                                   "2020-02-01-soup",
                                   "2020-03-01-hidden",
                                   "2030-01-01-later",
                                   "idea",
                                   "cake",
                                   "own"));
  EXPECT_THAT(names(ask("q=bread+is:draft")), ElementsAre("idea"));
  EXPECT_THAT(names(ask("q=bread&in=recipes")), ElementsAre("cake"));
  EXPECT_THAT(names(ask("q=marmalade")), ElementsAre("2020-01-01-bread"));
  for (const auto& [name, role] :
       {std::pair("r", auth::Role::kReader), {"a", auth::Role::kAuthor}}) {
    std::string token = world_.token_of(world_.person(name, role));
    Told told = world_.admin(
        {.target = "/api/v1/search?q=raw", .headers = {{"Authorization", "Bearer " + token}}});
    EXPECT_THAT(names(told.json()), ElementsAre("idea")) << name;
  }
}

TEST_F(Search, ShowsEverybodyWhatTheSiteShows) {
  Told told = anybody("q=bread");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_THAT(names(told.json()),
              UnorderedElementsAre("2020-01-01-bread", "2020-02-01-soup", "cake"));
  EXPECT_EQ(told.json()["total"], 3);
  for (const char* member : {"path", "is_published", "is_draft"}) {
    EXPECT_FALSE(told.json()["items"][0].contains(member)) << member;
  }
  for (const char* secret : {"marmalade", "marm", "raw", "future", "yet", "own"}) {
    EXPECT_THAT(names(anybody("q=" + std::string(secret)).json()), IsEmpty()) << secret;
  }
}

class SearchOfSome : public Search {
 protected:
  SearchOfSome() : Search("anonymous: [posts, search], hidden: [tags]") {}
};

TEST_F(SearchOfSome, KeepsToTheKindsAndFieldsThatAreOpen) {
  EXPECT_THAT(names(anybody("q=bread").json()), ElementsAre("2020-02-01-soup"));
  EXPECT_THAT(names(anybody("q=baking").json()), IsEmpty());
  EXPECT_THAT(names(anybody("q=b").json()), IsEmpty());
}

class SearchOfOthers : public Search {
 protected:
  SearchOfOthers() : Search("anonymous: [posts]") {}
};

TEST_F(SearchOfOthers, NeedsATokenWhereTheSiteOpensOnlyOtherThings) {
  EXPECT_EQ(anybody("q=bread").status, 401);
}

TEST_F(Search, LeavesOutWhatIsPublicNoMoreThoughTheIndexIsBehind) {
  Told told = world_.patch("/posts/2020-02-01-soup", R"({"front_matter": {"published": false}})");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_THAT(names(anybody("q=with").json()), IsEmpty());
  Json answer = ask("q=with");
  EXPECT_EQ(answer["is_current"], false);
  EXPECT_EQ(answer["items"][0]["is_published"], false);
  world_.follow_search();
  EXPECT_EQ(ask("q=with")["is_current"], true);
  EXPECT_EQ(anybody("q=with").json()["total"], 0);
}

TEST_F(Search, FindsRightAfterAnEditAndARestart) {
  ASSERT_EQ(world_.patch("/posts/2020-02-01-soup", R"({"body": "Dumplings.\n"})").status, 200);
  world_.follow_search();
  EXPECT_THAT(names(ask("q=dumpl")), ElementsAre("2020-02-01-soup"));
  ASSERT_EQ(world_.patch("/posts/2020-02-01-soup", R"({"body": "Noodles.\n"})").status, 200);
  world_.restart_search();
  EXPECT_THAT(names(ask("q=dumpl")), ElementsAre("2020-02-01-soup"));
  world_.follow_search();
  EXPECT_THAT(names(ask("q=dumpl")), IsEmpty());
  EXPECT_THAT(names(ask("q=noodles")), ElementsAre("2020-02-01-soup"));
}

TEST_F(Search, GoesOnPageByPage) {
  std::vector<std::string> all;
  std::string cursor;
  do {
    Json page = ask("q=bread&limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor));
    for (std::string& name : names(page)) all.push_back(std::move(name));
    cursor = page["next"].is_null() ? "" : page["next"];
  } while (!cursor.empty() && all.size() < 20);
  EXPECT_EQ(all, names(ask("q=bread&limit=50")));
  Json first = ask("q=bread&limit=2");
  Told other =
      world_.api({.target = "/search?q=soup&limit=2&cursor=" + first["next"].get<std::string>()});
  EXPECT_EQ(other.status, 400);
  EXPECT_THAT(other.json()["detail"], HasSubstr("no cursor"));
}

TEST_F(Search, NamesWhatIsWrongWithAQuestion) {
  struct Row {
    std::string query, parameter, detail;
  };
  for (const Row& row : {Row{"q=" + std::string(1001, 'x'), "q", "1000 bytes"},
                         Row{"q=%FF%FE", "q", "UTF-8"},
                         Row{"limit=3", "q", "needed"},
                         Row{"q=x&limit=51", "limit", "1 to 50"},
                         Row{"q=x&in=-", "in", "collection"},
                         Row{"q=x&cursor=abc", "cursor", "no cursor"},
                         Row{"q=a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q", "q", "16"},
                         Row{"q=x&from=3", "from", "no parameter"}}) {
    Told told = world_.api({.target = "/search?" + row.query});
    EXPECT_EQ(told.status, 400) << row.query;
    EXPECT_EQ(told.json()["parameter"], row.parameter) << row.query;
    EXPECT_THAT(told.json()["detail"], HasSubstr(row.detail)) << row.query;
  }
  EXPECT_EQ(ask("q=")["total"], 0);
  EXPECT_EQ(ask("q=%22%29%3B--")["total"], 0);
}

TEST(SearchWithoutAnIndex, SaysSo) {
  SearchWorld world(searched());
  EXPECT_EQ(world.api({.target = "/search?q=x"}).status, 503);
  world.backend->search = nullptr;
  EXPECT_EQ(world.api({.target = "/search?q=x"}).status, 503);
}

// Tags are in no answer to them, so no question may find them out.
TEST(SearchOfHiddenFields, TellsNobodyWhichEntriesHaveATag) {
  SearchWorld world(searched("anonymous: true, hidden: [tags, categories]", "search: true, "));
  world.follow_search();
  auto total = [&](const std::string& query) {
    return world.admin({.target = "/api/v1/search?q=" + query}).json()["total"].get<int>();
  };
  EXPECT_EQ(total("tag:baking"), 0);
  EXPECT_EQ(total("flour%20tag:baking"), 0);
  EXPECT_EQ(total("flour%20-tag:baking"), total("flour"));
  EXPECT_EQ(total("baking"), 0);
  Told page =
      world.site({.target = "/search?q=tag:baking", .headers = {{"Accept", "application/json"}}});
  ASSERT_EQ(page.status, 200) << page.body;
  EXPECT_EQ(page.json()["total"], 0) << page.body;
  EXPECT_EQ(world.api({.target = "/search?q=tag:baking"}).json()["total"], 1);
}

}  // namespace
}  // namespace stet::api
