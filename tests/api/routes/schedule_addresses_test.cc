// Further addresses of a schedule's pages, on the public origin.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using Files = storage::TestRepository::Files;

Files files() {
  return {{"_config.yml", "url: https://example.org\nbaseurl: /days\n"},
          {"_data/event.yml", "title: Days\ntime_zone: Europe/Berlin\nrooms: [Hall]\n"},
          {"_schedule/open.md",
           "---\ntitle: Opening\nstart: 2030-05-01T10:00\nend: 2030-05-01T11:00\nroom: Hall\n"
           "speakers: [ann]\n---\n"},
          {"_speakers/ann.md", "---\nname: Ann\n---\n"}};
}

TEST(ScheduleAddresses, ACalendarIsInUtcWhereTheQuerySaysSo) {
  World world(files());
  for (const char* stem :
       {"/schedule", "/days/schedule/open", "/schedule/rooms/hall", "/speakers/ann"}) {
    std::string path = stem;
    Told zoned = world.site({.target = path + ".ics"});
    Told utc = world.site({.target = path + ".ics?tz=utc"});
    EXPECT_THAT(zoned.body, HasSubstr("DTSTART;TZID=Europe/Berlin:20300501T100000")) << path;
    EXPECT_EQ(utc.status, 200) << path;
    EXPECT_THAT(utc.body, HasSubstr("DTSTART:20300501T080000Z")) << path;
    EXPECT_EQ(utc.header("Content-Type"), "text/calendar; charset=utf-8");
    EXPECT_NE(utc.header("ETag"), zoned.header("ETag"));
    EXPECT_EQ(utc.header("ETag"), world.site({.target = path + ".utc.ics"}).header("ETag"));
    Told again = world.site(
        {.target = path + ".ics?tz=utc", .headers = {{"If-None-Match", utc.header("ETag")}}});
    EXPECT_EQ(again.status, 304) << path;
    Told other = world.site(
        {.target = path + ".ics?tz=utc", .headers = {{"If-None-Match", zoned.header("ETag")}}});
    EXPECT_EQ(other.status, 200) << path;
    EXPECT_EQ(world.site({.target = path + ".ics?tz=Mars"}).header("ETag"), zoned.header("ETag"));
  }
  EXPECT_EQ(world.site({.target = "/none.ics?tz=utc"}).status, 404);
}

TEST(ScheduleAddresses, PretalxsAreThere) {
  World world(files());
  struct {
    const char *asked, *shown;
  } const cases[] = {
      {"/schedule/export/schedule.json", "/schedule.json"},
      {"/days/schedule/export/schedule.xml", "/schedule.xml"},
      {"/schedule/export/schedule.ics", "/schedule.ics"},
      {"/schedule/feed.xml", "/schedule/changes.xml"},
      {"/schedule/v/latest/widgets/schedule.json", "/schedule/widgets/schedule.json"},
      {"/talk/open.ics", "/schedule/open.ics"},
      {"/talk/open.ics?tz=utc", "/schedule/open.utc.ics"},
      {"/speaker/ann/talks.ics", "/speakers/ann.ics"},
      {"/schedule/?format=table", "/schedule.txt"}};
  for (const auto& [asked, shown] : cases) {
    Told told = world.site({.target = asked});
    EXPECT_EQ(told.status, 200) << asked;
    EXPECT_EQ(told.header("ETag"), world.site({.target = shown}).header("ETag")) << asked;
  }
  struct {
    const char *asked, *location;
  } const moved[] = {{"/talk/open/", "/days/schedule/open/"},
                     {"/days/speaker/ann/", "/days/speakers/ann/"},
                     {"/schedule/nojs", "/days/schedule/"}};
  for (const auto& [asked, location] : moved) {
    Told told = world.site({.target = asked});
    EXPECT_EQ(told.status, 301) << asked;
    EXPECT_EQ(told.header("Location"), location);
  }
  for (const char* none : {"/talk/none/", "/speaker/x.ics", "/talk/../x", "/talk/%ff/"}) {
    EXPECT_EQ(world.site({.target = none}).status, 404) << none;
  }
}

TEST(ScheduleAddresses, AVersionIsWhereItsChangesAreTold) {
  auto released = files();
  released["_data/schedule_releases.yml"] = "- {version: '0.1'}\n- {version: 1.0-b}\n";
  World world(released);
  struct {
    const char *asked, *location;
  } const cases[] = {{"/schedule/v/0.1/", "/days/schedule/changelog/#v0.1"},
                     {"/schedule/v/0.1", "/days/schedule/changelog/#v0.1"},
                     {"/days/schedule/changelog/1.0-b/", "/days/schedule/changelog/#v1.0-b"},
                     {"/schedule/v/0.1/?lang=de", "/days/schedule/changelog/?lang=de"},
                     {"/schedule/v/latest/", "/days/schedule/"}};
  for (const auto& [asked, location] : cases) {
    Told told = world.site({.target = asked});
    EXPECT_EQ(told.status, 301) << asked;
    EXPECT_EQ(told.header("Location"), location) << asked;
  }
  for (const char* none :
       {"/schedule/v/0.2/", "/schedule/v/", "/schedule/v/0.1/x", "/schedule/v/%22/"}) {
    EXPECT_EQ(world.site({.target = none}).status, 404) << none;
  }
}

TEST(ScheduleAddresses, FilesHaveTheTypesOfTheirFormats) {
  World world(files());
  const std::pair<const char*, const char*> cases[] = {
      {"/schedule.ics", "text/calendar; charset=utf-8"},
      {"/schedule.xml", "application/vnd.c3voc.schedule+xml"},
      {"/schedule.json", "application/json"},
      {"/schedule.csv", "text/csv; charset=utf-8"},
      {"/schedule.txt", "text/plain; charset=utf-8"},
      {"/schedule/changes.xml", "application/atom+xml"}};
  for (const auto& [path, type] : cases) {
    EXPECT_EQ(world.site({.target = path}).header("Content-Type"), type) << path;
  }
}

TEST(ScheduleAddresses, PretalxsWidgetFindsTalksAndSpeakersByCode) {
  World world(files());
  Json widget = Json::parse(world.page("/schedule/widgets/schedule.json"));
  std::string talk = widget["talks"][0]["code"], speaker = widget["speakers"][0]["code"];
  EXPECT_EQ(world.site({.target = "/talk/" + talk + "/"}).header("Location"),
            "/days/schedule/open/");
  EXPECT_EQ(world.site({.target = "/days/talk/" + talk + ".ics"}).header("Location"),
            "/days/schedule/open.ics");
  EXPECT_EQ(world.site({.target = "/speaker/" + speaker + "/talks.ics?tz=utc"}).header("Location"),
            "/days/speakers/ann.ics?tz=utc");
  EXPECT_EQ(world.site({.target = "/talk/000000/"}).status, 404);
}

TEST(ScheduleAddresses, HideNoPageOfTheSite) {
  auto own = files();
  own["talk/open.html"] = "Ours.";
  own["schedule/nojs.html"] = "Ours too.";
  World world(own);
  EXPECT_EQ(world.site({.target = "/talk/open"}).body, "Ours.");
  EXPECT_EQ(world.site({.target = "/schedule/nojs"}).body, "Ours too.");
}

TEST(ScheduleAddresses, AreNotThereWhereThereIsNoSchedule) {
  World world(Files{{"index.html", "Hello."}});
  for (const char* none : {"/schedule/export/schedule.json", "/talk/", "/schedule/?format=table"}) {
    EXPECT_EQ(world.site({.target = none}).status, 404) << none;
  }
}

}  // namespace
}  // namespace stet::api
