// Versions of the schedule, by the API: the list, one more, its changes, and the tag.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/git/tags.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Files = storage::TestRepository::Files;

std::string session(const std::string& title, const std::string& hour) {
  return "---\ntitle: " + title + "\nstart: 2030-05-01T" + hour +
         ":00\nend: 2030-05-01T20:00\nroom: Hall\n---\n";
}

Files program_in_work() {
  return {{"_config.yml", "url: https://example.org\n"},
          {"_data/event.yml", "title: Days\ntime_zone: UTC\nrooms: [Hall]\n"},
          {"_schedule/a.md", session("A", "10")},
          {"_schedule/b.md", session("B", "11")}};
}

Asked release(const std::string& body, const std::string& query = "") {
  return {.method = "POST", .target = "/schedule/releases" + query, .body = body};
}

std::vector<std::string> kinds_of(const Json& release) {
  std::vector<std::string> kinds;
  for (const Json& change : release.at("changes")) {
    kinds.push_back(change.at("kind").get<std::string>() + " " +
                    change.at("title").get<std::string>());
  }
  return kinds;
}

TEST(ScheduleReleases, AreMadeShownAndTagged) {
  World world(program_in_work());
  Json none = world.api({.target = "/schedule/releases"}).json();
  EXPECT_EQ(none["total"], 0);
  EXPECT_THAT(kinds_of(none["unreleased"]), ElementsAre("new A", "new B"));

  Told made = world.api(release(R"({"version": "0.1", "notes": "Our first."})"));
  ASSERT_EQ(made.status, 200) << made.body;
  Json first = made.json()["release"];
  EXPECT_EQ(first["commit"], made.json()["commit"]);
  EXPECT_EQ(first["summary"], "2 new");
  auto tagged = world.repository.repository().resolve("refs/tags/schedule/0.1");
  ASSERT_TRUE(tagged);
  EXPECT_EQ(tagged->hex(), made.json()["commit"]);
  EXPECT_THAT(world.page("/schedule.xml"), HasSubstr("<version>0.1</version>"));
  EXPECT_THAT(world.page("/schedule/changelog/"), HasSubstr("Our first."));

  world.repository.commit({{"_schedule/a.md", session("A", "12")}});
  ASSERT_TRUE(world.pipeline->publish_head("main"));
  Told foreseen = world.api(release(R"({"version": "0.2"})", "?dry_run=1"));
  ASSERT_EQ(foreseen.status, 200) << foreseen.body;
  EXPECT_THAT(kinds_of(foreseen.json()["release"]), ElementsAre("moved A"));
  EXPECT_FALSE(world.repository.repository().resolve("refs/tags/schedule/0.2"));

  ASSERT_EQ(world.api(release(R"({"version": "0.2"})")).status, 200);
  Json list = world.api({.target = "/schedule/releases"}).json();
  EXPECT_EQ(list["total"], 2);
  EXPECT_EQ(list["items"][0]["version"], "0.2");
  EXPECT_EQ(list["unreleased"]["summary"], "no changes");
  Told one = world.api({.target = "/schedule/releases/0.2"});
  EXPECT_EQ(one.json()["changes"][0]["was"]["start"], "2030-05-01T10:00:00+00:00");
  EXPECT_EQ(one.json()["changes"][0]["is"]["start"], "2030-05-01T12:00:00+00:00");
  EXPECT_EQ(world.api({.target = "/schedule/releases/0.3"}).status, 404);
}

TEST(ScheduleReleases, SayWhyNot) {
  World world(program_in_work());
  ASSERT_EQ(world.api(release(R"({"version": "1"})")).status, 200);
  struct {
    const char* body;
    int status;
  } const cases[] = {{R"({"version": "1"})", 409},
                     {R"({"version": "latest"})", 422},
                     {R"({"version": "a b"})", 422},
                     {R"({"notes": "x"})", 422},
                     {R"({"version": "2", "more": 1})", 422},
                     {R"([])", 422},
                     {R"({)", 400}};
  for (const auto& [body, status] : cases) {
    EXPECT_EQ(world.api(release(body)).status, status) << body;
  }
  World other(Files{{"index.html", "---\n---\n"}});
  EXPECT_EQ(other.api(release(R"({"version": "1"})")).status, 404);
}

TEST(ScheduleReleases, ATagThatIsAnothersStaysAndTheReleaseIsMade) {
  World world(program_in_work());
  const auto& repository = world.repository.repository();
  CommitId there = **repository.head_of("main");
  storage::Signature tagger{"Ann", "ann@example.org", Time{.seconds = 1}};
  ASSERT_TRUE(storage::create_tag(repository, "schedule/1", there, tagger, "Ours\n"));
  EXPECT_TRUE(storage::create_tag(repository, "schedule/1", there, tagger, "Again\n"));
  EXPECT_FALSE(storage::create_tag(repository, "a..b", there, tagger, "No\n"));
  Told made = world.api(release(R"({"version": "1"})"));
  EXPECT_EQ(made.status, 200);
  EXPECT_EQ(*repository.resolve("refs/tags/schedule/1"), there);
}

}  // namespace
}  // namespace stet::api
