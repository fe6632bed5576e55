// Where a site shows its schedule as it was released: what the API and the public origin tell
// anybody, and what they tell those who are at work.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/git/tags.h"
#include "tests/api/routes/search_world.h"

namespace stet::api {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

using Files = storage::TestRepository::Files;

std::string session_at(const std::string& title, const std::string& hour) {
  return "---\ntitle: " + title + "\nstart: 2030-05-01T" + hour +
         ":00\nend: 2030-05-01T20:00\nroom: Hall\ntags: [" + title + "]\n---\nAbout " + title +
         ".\n";
}

Files released_files() {
  return {{"_config.yml",
           "url: https://example.org\nstet: {search: true, schedule: {public: released}, "
           "api: {anonymous: true}}\n"},
          {"_data/event.yml", "title: Days\ntime_zone: UTC\nrooms: [Hall]\n"},
          {"_schedule/a.md", session_at("Alpha", "10")},
          {"_schedule/b.md", session_at("Beta", "11")}};
}

class ReleasedSchedule : public ::testing::Test {
 protected:
  ReleasedSchedule() { world_.follow_search(); }

  Told anybody(const std::string& target) { return world_.admin({.target = "/api/v1" + target}); }
  Told release(const std::string& version) {
    Told told = world_.api({.method = "POST",
                            .target = "/schedule/releases",
                            .body = R"({"version": ")" + version + R"("})"});
    EXPECT_EQ(told.status, 200) << told.body;
    world_.follow_search();
    return told;
  }
  // What is shown of the session, and of one that is new.
  Told edit() {
    Told made = world_.api({.method = "PUT",
                            .target = "/schedule/sessions/c",
                            .body = R"({"front_matter": {"title": "Gamma",)"
                                    R"("start": "2030-05-02T10:00", "end": "2030-05-02T11:00"},)"
                                    R"("body": "About Gamma."})",
                            .headers = {{"If-None-Match", "*"}}});
    EXPECT_EQ(made.status, 201) << made.body;
    Told told = world_.patch("/schedule/sessions/a", R"({"front_matter": {"title": "Changed"}})");
    EXPECT_EQ(told.status, 200) << told.body;
    world_.follow_search();
    return told;
  }

  static std::vector<std::string> names(const Told& told) {
    std::vector<std::string> names;
    const Json json = told.json();
    for (const Json& item : json.at("items")) names.push_back(item.at("name"));
    return names;
  }

  SearchWorld world_{released_files()};
};

TEST_F(ReleasedSchedule, AnybodyReadsNothingOfItBeforeTheFirst) {
  EXPECT_THAT(names(anybody("/schedule/sessions")), IsEmpty());
  EXPECT_EQ(anybody("/schedule/sessions/a").status, 404);
  EXPECT_THAT(names(world_.api({.target = "/schedule/sessions"})), ElementsAre("a", "b"));
  EXPECT_EQ(world_.site({.target = "/schedule/a/"}).status, 404);
  EXPECT_THAT(world_.page("/schedule.json"), Not(HasSubstr("Alpha")));
}

TEST_F(ReleasedSchedule, WorkIsReadByThoseAtWorkAlone) {
  release("1");
  Told told = edit();
  EXPECT_THAT(told.json()["changed_urls"], IsEmpty()) << told.body;
  EXPECT_THAT(names(anybody("/schedule/sessions")), ElementsAre("a", "b"));
  EXPECT_EQ(anybody("/schedule/sessions/a").json()["front_matter"]["title"], "Alpha");
  EXPECT_EQ(anybody("/schedule/sessions/c").status, 404);
  EXPECT_THAT(names(anybody("/schedule/sessions?day=2030-05-02")), IsEmpty());
  EXPECT_EQ(anybody("/schedule/sessions/a?ref=main").status, 401);
  EXPECT_THAT(anybody("/tags").body, Not(HasSubstr("Changed")));
  // In between those at work have asked for the same lists.
  EXPECT_THAT(names(world_.api({.target = "/schedule/sessions"})),
              UnorderedElementsAre("a", "b", "c"));
  EXPECT_EQ(world_.api({.target = "/schedule/sessions/a"}).json()["front_matter"]["title"],
            "Changed");
  EXPECT_THAT(names(world_.api({.target = "/schedule/sessions?day=2030-05-02"})), ElementsAre("c"));
  EXPECT_THAT(names(anybody("/schedule/sessions")), ElementsAre("a", "b"));
  for (const char* path : {"/schedule/a/",
                           "/schedule.ics",
                           "/schedule.json",
                           "/schedule.xml",
                           "/schedule.csv",
                           "/schedule.txt",
                           "/schedule/changes.xml",
                           "/schedule/changelog/",
                           "/schedule/widgets/schedule.json"}) {
    std::string page = world_.page(path);
    EXPECT_THAT(page, Not(HasSubstr("Gamma"))) << path;
    EXPECT_THAT(page, Not(HasSubstr("Changed"))) << path;
  }
}

TEST_F(ReleasedSchedule, WorkIsFoundByThoseAtWorkAlone) {
  release("1");
  edit();
  EXPECT_EQ(anybody("/search?q=Gamma").json()["total"], 0);
  EXPECT_EQ(anybody("/search?q=Changed").json()["total"], 0);
  EXPECT_EQ(anybody("/search?q=Alpha").json()["total"], 1);
  EXPECT_THAT(names(world_.api({.target = "/search?q=Gamma"})), ElementsAre("c"));
  EXPECT_EQ(world_.site({.target = "/search?q=Gamma"}).body.find("/schedule/c/"),
            std::string::npos);
  EXPECT_THAT(world_.site({.target = "/search?q=Alpha"}).body, HasSubstr("/schedule/a/"));
  release("2");
  EXPECT_THAT(names(anybody("/search?q=Gamma")), ElementsAre("c"));
  EXPECT_THAT(world_.site({.target = "/search?q=Gamma"}).body, HasSubstr("/schedule/c/"));
}

TEST_F(ReleasedSchedule, AReleaseTellsWhichPagesAreOthers) {
  release("1");
  edit();
  Json urls = release("2").json()["changed_urls"];
  for (const char* url :
       {"/schedule/a.ics", "/schedule/c/", "/schedule.ics", "/schedule/changelog/"}) {
    EXPECT_THAT(urls, Contains(url)) << urls;
  }
  EXPECT_THAT(urls, Not(Contains("/schedule/b/"))) << urls;
  EXPECT_THAT(urls, Not(Contains("/schedule/b.ics"))) << urls;
  EXPECT_EQ(anybody("/schedule/sessions/a").json()["front_matter"]["title"], "Changed");
  EXPECT_THAT(world_.page("/schedule/changelog/"), HasSubstr("Gamma"));
}

// The list in the repository says what is released; a tag is a name for it.
TEST_F(ReleasedSchedule, ATagThatGoesTakesNothingBack) {
  release("1");
  ASSERT_TRUE(world_.repository.repository().resolve("refs/tags/schedule/1"));
  world_.repository.git({"tag", "-d", "schedule/1"});
  world_.repository.commit({{"index.html", "---\n---\nOther\n"}});
  ASSERT_TRUE(world_.pipeline->publish_head("main"));
  EXPECT_EQ(anybody("/schedule/sessions/a").json()["front_matter"]["title"], "Alpha");
  EXPECT_EQ(world_.site({.target = "/schedule/a/"}).status, 200);
}

TEST_F(ReleasedSchedule, ADryRunForeseesNoPublicPage) {
  release("1");
  constexpr char kMoved[] = R"({"front_matter": {"start": "2030-05-01T12:00"}})";
  Told told = world_.patch("/schedule/sessions/a?dry_run=1", kMoved);
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_THAT(told.json()["changed_urls"], IsEmpty()) << told.body;
  ASSERT_EQ(world_.patch("/schedule/sessions/a", kMoved).status, 200);
  Told foreseen = world_.api(
      {.method = "POST", .target = "/schedule/releases?dry_run=1", .body = R"({"version": "2"})"});
  ASSERT_EQ(foreseen.status, 200) << foreseen.body;
  EXPECT_EQ(foreseen.json()["release"]["summary"], "1 moved") << foreseen.body;
}

}  // namespace
}  // namespace stet::api
