// What commits have done to entries, read as JSON.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/events/event_json.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kPost[] = "_posts/2020-02-02-second.md";

class CommitEvents : public testing::Test {
 protected:
  using Files = storage::TestRepository::Files;

  Told read(const std::string& query) { return world_.api({.target = "/events?" + query}); }
  Json since(const std::string& commit) {
    Told told = read("since=" + commit);
    EXPECT_EQ(told.status, 200) << told.body;
    return told.json();
  }
  // "entry.updated posts 2020-02-02-second".
  static std::vector<std::string> told(const Json& list) {
    std::vector<std::string> lines;
    for (const Json& event : list["items"]) {
      lines.push_back(event["type"].get<std::string>() + " " +
                      event["resource"].get<std::string>() + " " +
                      event["name"].get<std::string>());
    }
    return lines;
  }

  World world_;
  std::string start_ = world_.head();
};

TEST_F(CommitEvents, SayWhichFieldsOfWhichEntryAreOther) {
  ASSERT_EQ(world_
                .patch("/posts/2020-02-02-second",
                       R"({"front_matter": {"title": "Other", "by/whom": "x", "tags": null}})")
                .status,
            200);
  Json list = since(start_);
  EXPECT_EQ(list["head"], world_.head());
  EXPECT_TRUE(list["next"].is_null());
  ASSERT_EQ(list["items"].size(), 1u);
  const Json& event = list["items"][0];
  EXPECT_EQ(event["id"], world_.head() + "-0");
  EXPECT_EQ(event["type"], "entry.updated");
  EXPECT_EQ(event["path"], kPost);
  EXPECT_EQ(event["author"]["name"], "test");
  EXPECT_EQ(event["url"], "/second/");
  EXPECT_EQ(event["url_before"], "/second/");
  EXPECT_NE(event["blob"], event["blob_before"]);
  std::vector<std::string> fields = event["fields"];
  EXPECT_THAT(fields,
              ::testing::UnorderedElementsAre(
                  "/front_matter/title", "/front_matter/by~1whom", "/front_matter/tags"));
}

TEST_F(CommitEvents, KnowEveryKindOfEntryByTheCommitsOwnConfiguration) {
  world_.repository.commit(
      {{"_config.yml", "permalink: /:title/\ncollections: {talks: {output: true}}\n"},
       {"_data/event.yml", "title: E\ntime_zone: UTC\n"},
       {"_data/people.yml", "a: 1\n"},
       {"_drafts/idea.md", "Draft\n"},
       {"_layouts/default.html", "{{ content }}"},
       {"_schedule/opening.md", "---\ntitle: Opening\n---\n"},
       {"_talks/one.md", "---\ntitle: One\n---\n"},
       {"about.md", "---\npermalink: /us/\n---\nx\n"},
       {"logo.png", "\x89PNG"},
       {"sub/_posts/2021-01-01-x.md", "---\ntitle: X\n---\n"}});
  Json list = since(start_);
  EXPECT_THAT(told(list),
              ElementsAre("entry.updated config ",
                          "entry.created schedule/event ",
                          "entry.created data people",
                          "entry.created drafts idea",
                          "entry.updated files _layouts/default.html",
                          "entry.created schedule/sessions opening",
                          "entry.created collections one",
                          "entry.updated pages about",
                          "entry.created files logo.png",
                          "entry.created posts 2021-01-01-x"));
  EXPECT_TRUE(list["items"][3]["url"].is_null());
  EXPECT_EQ(list["items"][6]["label"], "talks");
  EXPECT_EQ(list["items"][7]["url_before"], "/about/");
  EXPECT_EQ(list["items"][7]["url"], "/us/");
  EXPECT_EQ(list["items"][9]["url"], "/x/");
}

TEST_F(CommitEvents, AMoveIsOneEvent) {
  std::string text = World::small_site()[kPost];
  std::string redirecting = text;
  redirecting.insert(redirecting.find("title"), "redirect_from: /second.html\n");
  world_.repository.commit({{"_posts/2020-02-02-renamed.md", redirecting}}, {kPost});
  world_.repository.commit({{"a.png", "\x89one"}, {"b.png", "\x89two"}});
  world_.repository.commit({{"c.png", "\x89one"}, {"d.png", "\x89three"}}, {"a.png", "b.png"});
  Json list = since(start_);
  EXPECT_THAT(told(list),
              ElementsAre("entry.moved posts 2020-02-02-renamed",
                          "entry.created files a.png",
                          "entry.created files b.png",
                          "entry.deleted files b.png",
                          "entry.moved files c.png",
                          "entry.created files d.png"));
  const Json& move = list["items"][0];
  EXPECT_EQ(move["moved_from"]["name"], "2020-02-02-second");
  EXPECT_EQ(move["url_before"], "/second/");
  EXPECT_EQ(move["url"], "/renamed/");
  EXPECT_THAT(move["fields"].get<std::vector<std::string>>(),
              ElementsAre("/front_matter/redirect_from"));
  EXPECT_TRUE(list["items"][3]["blob"].is_null());
}

TEST_F(CommitEvents, OfAMergeAreWhatNoneOfItsParentsHas) {
  world_.repository.git({"branch", "side", start_});
  CommitId ours = world_.repository.commit({{"ours.md", "---\n---\n1\n"}});
  CommitId theirs = world_.repository.commit({{"theirs.md", "---\n---\n1\n"}}, {}, "side");
  CommitId both = world_.repository.commit(
      {{"theirs.md", "---\n---\n1\n"}, {"new.md", "---\n---\n"}}, {}, "main");
  std::string tree = world_.repository.git({"rev-parse", both.hex() + "^{tree}"}).substr(0, 40);
  CommitId merge = world_.repository.commit_merge(tree, {theirs, ours});
  EXPECT_THAT(told(since(ours.hex())),
              ElementsAre("entry.created pages theirs", "entry.created pages new"));
  EXPECT_EQ(since(ours.hex())["items"][1]["commit"], merge.hex());
}

TEST_F(CommitEvents, ComeInPagesThatEndWhereTheFirstBeganThoughTheBranchMovesOn) {
  Files files;
  for (char name = 'a'; name <= 'g'; ++name) files[std::string(1, name) + ".md"] = "---\n---\n";
  std::string first = world_.repository.commit(files).hex();
  std::string second = world_.repository.commit({{"h.md", "---\n---\n"}}).hex();
  std::vector<std::string> ids, all;
  Json list = since(start_);
  for (const Json& event : list["items"]) all.push_back(event["id"]);
  EXPECT_EQ(all.size(), 8u);
  std::string query = "limit=3&since=" + start_;
  for (int page = 0; page < 3; ++page) {
    Told told = read(query);
    Json json = told.json();
    for (const Json& event : json["items"]) ids.push_back(event["id"]);
    EXPECT_EQ(json["head"], second);
    EXPECT_EQ(json["next"].is_null(), page == 2);
    if (page == 2) break;
    EXPECT_THAT(told.header("Link"), HasSubstr("rel=\"next\""));
    query = "limit=3&cursor=" + json["next"].get<std::string>();
    world_.repository.commit({{"later" + std::to_string(page), "x"}});
  }
  EXPECT_EQ(ids, all);
  EXPECT_EQ(told(since(second)).size(), 2u);
}

TEST_F(CommitEvents, BeginAtTheHeadWithoutACommit) {
  Json list = read("").json();
  EXPECT_EQ(list["head"], start_);
  EXPECT_THAT(told(list), IsEmpty());
}

TEST_F(CommitEvents, SayHowToGoOnWhereTheCommitIsNone) {
  std::string nobody(40, 'a');
  Told gone = read("since=" + nobody);
  EXPECT_EQ(gone.status, 410);
  EXPECT_EQ(gone.json()["head"], start_);
  std::string left = world_.repository.commit({{"x", "1"}}).hex();
  world_.repository.git({"update-ref", "refs/heads/main", start_});
  std::string head = world_.repository.commit({{"y", "1"}}).hex();
  Told rewritten = read("since=" + left);
  EXPECT_EQ(rewritten.status, 409);
  EXPECT_EQ(rewritten.json()["base"], start_);
  EXPECT_EQ(rewritten.json()["head"], head);
  for (const char* wrong : {"since=main", "since=1234", "cursor=x", "cursor=a.b.1.2", "limit=0"}) {
    EXPECT_EQ(read(wrong).status, 400) << wrong;
  }
  EXPECT_EQ(read("cursor=" + start_ + "." + head + ".7.0").status, 410);
}

TEST_F(CommitEvents, AreTheSameOnAnotherServerOfTheSameRepository) {
  world_.repository.commit({{kPost, "---\ntitle: T\n---\nB\n"}}, {"about.md"});
  Json here = since(start_);
  storage::TestRepository copy;
  copy.git({"fetch", "--quiet", world_.repository.path().string(), "+main:main"});
  events::CommitEvents there(copy.repository());
  auto page = there.page({*CommitId::parse(start_), *CommitId::parse(world_.head())}, 100);
  ASSERT_TRUE(page);
  Json list = Json::array();
  for (const events::EntryEvent& event : page->events) list.push_back(events::to_json(event));
  EXPECT_EQ(list, here["items"]);
}

}  // namespace
}  // namespace stet::api
