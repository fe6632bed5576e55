// The schedule's pages of days, rooms and tracks: an edit of one session renders those that show
// it.

#include <gmock/gmock.h>

#include <random>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string session(const std::string& title, const std::string& start, const std::string& more) {
  return "---\ntitle: " + title + "\nlayout: session\nstart: " + start + "\n" + more +
         "---\nText.\n";
}

constexpr const char* kPart =
    "{% assign s = page.schedule %}{{ s.name }}{% for t in s.tabs %}{{ t.short_title }} {% endfor "
    "%}"
    "{% for d in s.days %}{{ d.title }} {{ d.grid.class }}"
    "{% for x in d.sessions %}{{ x.title }} {{ x.start }} {{ x.place }} {% for p in x.speakers %}"
    "{{ p.name }}{% endfor %}{% endfor %}{% endfor %}";

LiveSite::Files site_files() {
  return {
      {"_config.yml", "stet: {theme: default}\n"},
      {"_layouts/schedule.html", kPart},
      {"_layouts/schedule_day.html", kPart},
      {"_layouts/schedule_room.html", kPart},
      {"_layouts/schedule_track.html", kPart},
      {"_layouts/schedule_embed.html", kPart},
      {"_layouts/session.html",
       "{{ page.session.day_url }} {{ page.session.room_url }} {{ page.session.start }}"},
      {"_layouts/speaker.html",
       "{% for s in page.sessions %}{{ s.title }}{{ s.start }}{% endfor %}"},
      {"_data/event.yml",
       "title: M\ntime_zone: Europe/Berlin\nrooms: [Hall, Loft]\n"
       "tracks: [{name: Red, color: '#f00'}, {name: Blue, color: '#00f'}]\n"},
      {"_speakers/ann.md", "---\ntitle: Ann\nlayout: speaker\n---\n"},
      {"_schedule/one.md",
       session("One", "2025-05-01T10:00", "room: Hall\ntrack: Red\nspeakers: [ann]\n")},
      {"_schedule/two.md", session("Two", "2025-05-01T11:00", "room: Loft\ntrack: Blue\n")},
      {"_schedule/three.md", session("Three", "2025-05-02T10:00", "room: Loft\ntrack: Blue\n")},
      {"_schedule/four.md", session("Four", "2025-05-03T10:00", "")},
  };
}

// Without exports, which have their own counts.
std::vector<std::string> rendered(const PublishedPtr& published) {
  std::vector<std::string> paths;
  for (const std::string& path : rendered_paths(published)) {
    if (path.ends_with("/index.html") || path.ends_with(".css")) paths.push_back(path);
  }
  return paths;
}

TEST(SchedulePages, AMoveRendersTheDayTheRoomTheTrackTheSpeakerAndTheWhole) {
  LiveSite site(site_files());
  auto published = site.edit(
      {{"_schedule/one.md",
        session("One", "2025-05-01T12:00", "room: Hall\ntrack: Red\nspeakers: [ann]\n")}});
  EXPECT_THAT(rendered(published),
              ElementsAre("schedule/2025-05-01/index.html",
                          "schedule/embed/index.html",
                          "schedule/index.html",
                          "schedule/one/index.html",
                          "schedule/rooms/hall/index.html",
                          "schedule/tracks/red/index.html",
                          "speakers/ann/index.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(SchedulePages, AMoveToAnotherDayAndRoomRendersBothOfEach) {
  LiveSite site(site_files());
  auto published = site.edit(
      {{"_schedule/two.md", session("Two", "2025-05-02T12:00", "room: Hall\ntrack: Blue\n")}});
  EXPECT_THAT(rendered(published),
              ElementsAre("schedule/2025-05-01/index.html",
                          "schedule/2025-05-02/index.html",
                          "schedule/embed/index.html",
                          "schedule/index.html",
                          "schedule/rooms/hall/index.html",
                          "schedule/rooms/loft/index.html",
                          "schedule/tracks/blue/index.html",
                          "schedule/two/index.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(SchedulePages, ADaysLastSessionTakesItsPageAndItsTabAlong) {
  LiveSite site(site_files());
  auto published = site.edit({{"_schedule/three.md", std::nullopt}});
  EXPECT_EQ(site.page("schedule/2025-05-02/index.html"), std::nullopt);
  EXPECT_THAT(rendered(published),
              ElementsAre("schedule/2025-05-01/index.html",
                          "schedule/2025-05-03/index.html",
                          "schedule/embed/index.html",
                          "schedule/index.html",
                          "schedule/rooms/loft/index.html",
                          "schedule/tracks/blue/index.html"));
  site.edit({{"_schedule/three.md", session("Three", "2025-05-05T10:00+02:00", "")}});
  EXPECT_NE(site.page("schedule/2025-05-05/index.html"), std::nullopt);
  EXPECT_EQ(site.page("schedule/2025-05-04/index.html"), std::nullopt);
  EXPECT_EQ(site.pages(), site.from_nothing());
}

// The whole and the speaker's page are given excerpts too; days, rooms, tracks and frames are not.
TEST(SchedulePages, AnEditOfATextRendersNoDayRoomOrTrack) {
  LiveSite site(site_files());
  auto text = site_files()["_schedule/one.md"].value() + "More.\n";
  EXPECT_THAT(
      rendered(site.edit({{"_schedule/one.md", text}})),
      ElementsAre("schedule/index.html", "schedule/one/index.html", "speakers/ann/index.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

// Pages name a class; what it looks like is said in one file.
TEST(SchedulePages, AnotherColourIsAnotherSheet) {
  LiveSite site(site_files());
  auto event = site_files()["_data/event.yml"].value();
  event.replace(event.find("#f00"), 4, "#070");
  site.edit({{"_data/event.yml", event}});
  EXPECT_THAT(site.page("schedule/tracks.css").value_or(""), testing::HasSubstr("#007700"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

// Random moves, among them some with offsets, across midnight, and into other rooms and zones.
TEST(SchedulePages, AfterAnyMovesTheyAreAsFromNothing) {
  std::mt19937 draw(7);
  auto below = [&](unsigned n) { return draw() % n; };
  auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  LiveSite site(site_files());
  for (int round = 0; round < 25; ++round) {
    LiveSite::Files edits;
    for (unsigned i = 0; i <= below(3); ++i) {
      std::string start =
          "2025-05-" + two(1 + below(4)) + "T" + two(below(24)) + ":" + two(below(12) * 5);
      constexpr const char* kEnds[] = {"", "Z", "+09:00", "-11:30"};
      constexpr const char* kRooms[] = {"", "room: Hall\n", "room: Loft\n", "room: Elsewhere!\n"};
      edits["_schedule/s" + std::to_string(below(4)) + ".md"] =
          session("S", start + kEnds[below(4)], kRooms[below(4)]);
    }
    if (below(6) == 0) {
      edits["_data/event.yml"] =
          "title: M\ntime_zone: " + std::string(below(2) ? "Asia/Tokyo" : "America/New_York") +
          "\nrooms: [Hall" + (below(2) ? ", Loft" : "") + "]\n";
    }
    site.edit(edits);
    ASSERT_EQ(site.pages(), site.from_nothing()) << "round " << round;
  }
  EXPECT_THAT(site.pipeline().problems(), IsEmpty());
}

}  // namespace
}  // namespace stet::pipeline
