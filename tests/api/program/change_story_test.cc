// Two people, two changes, one entry: by HTTP, against the real program.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "storage/base/time.h"
#include "tests/api/git/git_client.h"

namespace stet::git {
namespace {

using Json = nlohmann::ordered_json;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kEntry[] = "/api/v1/posts/2020-01-01-day";
constexpr char kDay[] =
    "---\nlayout: post\ntitle: The day\ntags: [news]\n---\nIn the morning.\n\nAt noon.\n\nAt "
    "night.\n";

class ChangeStory : public testing::Test {
 protected:
  struct Told {
    int status = 0;
    std::string tag;
    Json json;
  };

  // `approvals` are wanted; the people of the story have a password each.
  void begin() {
    ASSERT_TRUE(site_.sh("git clone -q site.git work").is_good());
    site_.commit("work",
                 {{"_config.yml",
                   "title: Story\nurl: http://example.org\npermalink: /:title/\n"
                   "stet:\n  review:\n    approvals: 1\n"},
                  {"_posts/2020-01-01-day.md", kDay}});
    ASSERT_TRUE(site_.git("work", "push -q origin HEAD:main").is_good());
    for (const char* name : {"anna", "ben"}) site_.add_person(name, "editor");
    site_.serve();
    for (const char* name : {"anna", "ben"}) tokens_[name] = site_.token_of_person(name);
  }

  Told ask(const std::string& who,
           const std::string& method,
           const std::string& target,
           const Json& body = nullptr) {
    std::vector<std::string> headers = {"Authorization: Bearer " + tokens_[who], "If-Match: *"};
    if (!body.is_null()) {
      headers.push_back(method == "PATCH" ? "Content-Type: application/merge-patch+json"
                                          : "Content-Type: application/json");
    }
    fault::Answer answer = fault::call(
        site_.server().admin_port(), method, target, headers, body.is_null() ? "" : body.dump());
    return {answer.status, answer.headers["etag"], Json::parse(answer.body, nullptr, false)};
  }

  // The change's path.
  std::string begin_change(const std::string& who, const std::string& title) {
    Told made = ask(who, "POST", "/api/v1/changes", {{"title", title}});
    EXPECT_EQ(made.status, 201) << made.json;
    return made.json["self"];
  }

  Told edit(const std::string& who, const std::string& change, const Json& patch) {
    std::string id = change.substr(change.rfind('/') + 1);
    return ask(who, "PATCH", std::string(kEntry) + "?change=" + id, patch);
  }

  // Ben looks at Anna's, and asks for something; she does it; he approves.
  void review_and_publish(const std::string& annas) {
    Told preview = ask("ben", "POST", annas + "/preview");
    ASSERT_EQ(preview.status, 201) << preview.json;
    fault::Answer page = fault::call(
        site_.server().admin_port(), "GET", preview.json["url"].get<std::string>() + "day/");
    EXPECT_THAT(page.body, HasSubstr("The great day"));
    Told comment = ask("ben",
                       "POST",
                       annas + "/comments",
                       {{"path", "_posts/2020-01-01-day.md"}, {"line", 2}, {"body", "Which one?"}});
    ASSERT_EQ(comment.status, 201) << comment.json;
    ASSERT_EQ(
        ask("ben", "POST", annas + "/reviews", {{"verdict", "ask"}, {"body", "Say which."}}).status,
        201);
    EXPECT_EQ(ask("anna", "POST", annas + "/publish", Json::object()).status, 409);
    ASSERT_EQ(edit("anna", annas, {{"front_matter", {{"title", "The great day in May"}}}}).status,
              200);
    ASSERT_EQ(ask("ben", "POST", annas + "/reviews", {{"verdict", "approve"}}).status, 201);
    Told published = ask("anna", "POST", annas + "/publish", Json::object());
    ASSERT_EQ(published.status, 200) << published.json;
    EXPECT_THAT(site_.page("/day/"), HasSubstr("The great day in May"));
  }

  // Ben's is behind by then, and merges by field.
  void schedule(const std::string& bens) {
    Told behind = ask("ben", "GET", bens);
    EXPECT_GT(behind.json["behind"], 0);
    EXPECT_EQ(behind.json["merge"]["is_clean"], true);
    ASSERT_EQ(ask("anna", "POST", bens + "/reviews", {{"verdict", "approve"}}).status, 201);
    auto now = parse_iso_time(behind.json["updated"].get<std::string>());
    ASSERT_TRUE(now);
    // Two seconds after whatever the server's clock says by then.
    Told scheduled;
    for (std::int64_t later = 2; later < 60 && scheduled.status != 202; ++later) {
      std::string at = iso_instant({seconds_as_utc(now->civil) + later});
      scheduled = ask("ben", "POST", bens + "/publish", {{"at", at}});
    }
    ASSERT_EQ(scheduled.status, 202) << scheduled.json;
    EXPECT_EQ(scheduled.json["change"]["state"], "scheduled");
  }

  GitSite site_;
  std::map<std::string, std::string> tokens_;
};

TEST_F(ChangeStory, TwoPeopleChangeOneEntryAndBothAreLiveAfterAKill) {
  begin();
  std::string annas = begin_change("anna", "A better title");
  std::string bens = begin_change("ben", "What happens at noon");
  ASSERT_EQ(edit("anna", annas, {{"front_matter", {{"title", "The great day"}}}}).status, 200);
  ASSERT_EQ(edit("ben",
                 bens,
                 {{"front_matter", {{"tags", {"news", "noon"}}}},
                  {"body", "In the morning.\n\nAt noon, we eat.\n\nAt night.\n"}})
                .status,
            200);
  EXPECT_THAT(site_.page("/day/"), Not(HasSubstr("great")));

  review_and_publish(annas);
  schedule(bens);

  // The server is killed, and comes back until the time has come.
  site_.server().kill();
  ASSERT_TRUE(site_.sh("git clone -q site.git restored && git -C restored branch -r")
                  .has("origin/change/"));
  std::string state;
  for (int i = 0; i < 200 && state != "published"; ++i) {
    site_.stop();
    site_.serve();
    state = ask("anna", "GET", bens).json.value("state", "");
    ASSERT_TRUE(state == "scheduled" || state == "published") << state;
  }
  ASSERT_EQ(state, "published");
  Told entry = ask("anna", "GET", kEntry);
  EXPECT_EQ(entry.json["front_matter"]["title"], "The great day in May");
  EXPECT_EQ(entry.json["front_matter"]["tags"], Json({"news", "noon"}));
  EXPECT_THAT(site_.page("/day/"), HasSubstr("At noon, we eat."));
  EXPECT_THAT(site_.page("/day/"), HasSubstr("The great day in May"));
  // What was said is in the ledger, and who has approved in the history.
  EXPECT_EQ(ask("ben", "GET", annas + "/comments").json["items"][0]["body"], "Which one?");
  EXPECT_TRUE(site_.git("site.git", "log --first-parent --format=%B main")
                  .has("Reviewed-by: anna <anna@example.org>"));
  EXPECT_TRUE(site_.git("site.git", "fsck --strict").is_good());
}

TEST_F(ChangeStory, ARepositoryThatIsPutBackFromACloneHasEveryChangeAndItsTime) {
  begin();
  std::string open = begin_change("anna", "Open"), timed = begin_change("ben", "Timed");
  ASSERT_EQ(edit("ben", timed, {{"front_matter", {{"title", "Later"}}}}).status, 200);
  ASSERT_EQ(ask("anna", "POST", timed + "/reviews", {{"verdict", "approve"}}).status, 201);
  Told scheduled = ask("ben", "GET", timed);
  auto now = parse_iso_time(scheduled.json["updated"].get<std::string>());
  std::string at = iso_instant({seconds_as_utc(now->civil) + 86'400});
  ASSERT_EQ(ask("ben", "POST", timed + "/publish", {{"at", at}}).status, 202);
  Json before = ask("anna", "GET", "/api/v1/changes").json;
  site_.stop();
  ASSERT_TRUE(site_
                  .sh("git clone -q --bare site.git clone.git && rm -rf site.git && "
                      "mv clone.git site.git")
                  .is_good());
  site_.serve();
  tokens_["root"] = site_.token("admin");
  EXPECT_EQ(ask("root", "GET", "/api/v1/changes").json, before);
  EXPECT_EQ(ask("root", "GET", timed).json["publish_at"], at);
}

}  // namespace
}  // namespace stet::git
