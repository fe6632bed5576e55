// The schedule's pages of days, rooms and tracks: which there are, what they look at, and what they
// are given.

#include "cms/generate/schedule_pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/cms/generate/built_site.h"

namespace stet::generate {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using Files = std::map<std::string, std::string>;

// Layouts of our own, which print what the pages are given.
constexpr const char* kPart =
    "{% assign s = page.schedule %}{{ page.title }}|{% for t in s.tabs %}{{ t.short_title }} "
    "{{ t.url }}{% if t.is_current %}*{% endif %};{% endfor %}\n"
    "{% for d in s.days %}{{ d.date }} {{ d.zone }} {{ d.grid.class }}\n"
    "{% for r in d.grid.rooms %}room {{ r.name }} {{ r.url }} {{ r.place }}\n{% endfor %}"
    "{% for x in d.sessions %}{% if x.opens %}at {{ x.start }} {{ x.zone }}\n{% endif %}"
    "{{ x.slug }} {{ x.place }} {{ x.room_url }} {{ x.track_url }} {{ x.track_class }} "
    "{{ x.day_url }} {{ x.end }}\n{% endfor %}{% endfor %}";

Files files() {
  return {{"_config.yml", "stet: {theme: default}\n"},
          {"_layouts/schedule.html", kPart},
          {"_layouts/schedule_day.html", kPart},
          {"_layouts/schedule_room.html", kPart},
          {"_layouts/schedule_track.html", kPart},
          {"_layouts/schedule_embed.html", kPart},
          {"_data/event.yml",
           "title: Days\ntime_zone: America/New_York\nrooms: [{name: Main Hall}, Side]\n"
           "tracks: [{name: Tools, color: '#AA0000'}]\n"},
          {"_schedule/open.md",
           "---\ntitle: Opening\nstart: 2020-10-31T10:00\nend: 2020-10-31T11:30\nroom: Main Hall\n"
           "track: Tools\n---\n"},
          {"_schedule/side.md",
           "---\ntitle: Side\nstart: 2020-10-31T10:30\nend: 2020-10-31T11:00\nroom: Side\n---\n"},
          {"_schedule/night.md",
           "---\ntitle: Night\nstart: 2020-11-01T00:30\nend: 2020-11-01T01:30:00-05:00\n"
           "room: Side\n---\n"},
          {"_schedule/next.md",
           "---\ntitle: Next\nstart: 2020-11-01T10:00:00-05:00\nroom: Attic\n---\n"},
          {"_schedule/twice.md",
           "---\ntitle: Twice\nslots: [{id: a, start: 2020-10-31T14:00, room: Side}, "
           "{id: b, start: 2020-11-02T14:00, room: Side}]\n---\n"}};
}

std::set<std::string> pages_of(const BuiltSite& site) {
  std::set<std::string> made;
  site.site().for_each_output([&](const std::string& path, const site::Output&) {
    bool is_session = path.find("schedule/open") == 0 || path.find("schedule/side/") == 0 ||
                      path.find("schedule/n") == 0 || path.find("schedule/twice") == 0;
    if (!is_session && (path.ends_with(".html") || path.ends_with(".css"))) made.insert(path);
  });
  return made;
}

TEST(SchedulePages, AreThereForDaysRoomsAndTracksOfTheDefaultTheme) {
  EXPECT_EQ(pages_of(BuiltSite(files())),
            (std::set<std::string>{"schedule/2020-10-31/index.html",
                                   "schedule/2020-11-01/index.html",
                                   "schedule/2020-11-02/index.html",
                                   "schedule/embed/index.html",
                                   "schedule/index.html",
                                   "schedule/rooms/attic/index.html",
                                   "schedule/rooms/main-hall/index.html",
                                   "schedule/rooms/side/index.html",
                                   "schedule/tracks.css",
                                   "schedule/tracks/tools/index.html"}));
  Files other = files();
  other["_config.yml"] = "title: Other\n";
  EXPECT_EQ(pages_of(BuiltSite(other)), std::set<std::string>{"schedule/index.html"});
  EXPECT_THAT(BuiltSite(other).bytes("schedule/index.html"), Not(HasSubstr("/schedule/rooms/")));
}

TEST(SchedulePages, AreInTheSitemap) {
  Files with_map = files();
  with_map["_config.yml"] += "plugins: [jekyll-sitemap]\n";
  BuiltSite site(with_map);
  const std::string map = site.bytes("sitemap.xml");
  for (const std::string& page : pages_of(site)) {
    if (page.ends_with(".css") || page.starts_with("schedule/embed/")) continue;
    std::string url = "/" + page.substr(0, page.size() - std::string_view("index.html").size());
    // The event does not name the attic.
    bool is_told = page.find("attic") == std::string::npos;
    EXPECT_EQ(map.find(url + "</loc>") != std::string::npos, is_told) << url << "\n" << map;
  }
  EXPECT_THAT(map, Not(HasSubstr(".ics")));
  with_map["_config.yml"] = "plugins: [jekyll-sitemap]\n";
  EXPECT_THAT(BuiltSite(with_map).bytes("sitemap.xml"), Not(HasSubstr("/schedule/rooms/")));
}

TEST(SchedulePages, AFileOfTheSiteStandsInTheirPlace) {
  Files own = files();
  own["hall.md"] = "---\npermalink: /schedule/rooms/main-hall/\n---\nOurs.\n";
  EXPECT_THAT(BuiltSite(own).bytes("schedule/rooms/main-hall/index.html"), HasSubstr("Ours."));
}

TEST(SchedulePages, ADayHasItsSessionsItsGridAndTheOtherDays) {
  BuiltSite site(files());
  EXPECT_EQ(site.bytes("schedule/2020-10-31/index.html"),
            "Saturday, October 31|Sat 31 Oct /schedule/2020-10-31/*;"
            "Sun 1 Nov /schedule/2020-11-01/;Mon 2 Nov /schedule/2020-11-02/;\n"
            "2020-10-31 EDT n2 l1\n"
            "room Main Hall /schedule/rooms/main-hall/ c2 w1\n"
            "room Side /schedule/rooms/side/ c3 w1\n"
            "at 10:00 EDT\n"
            "open r2 s18 c2 w1 /schedule/rooms/main-hall/ /schedule/tracks/tools/ track-tools "
            "/schedule/2020-10-31/ 11:30\n"
            "at 10:30 EDT\n"
            "side r8 s6 c3 w1 /schedule/rooms/side/   /schedule/2020-10-31/ 11:00\n"
            "at 14:00 EDT\n"
            "twice r26 s6 c3 w1 /schedule/rooms/side/   /schedule/2020-10-31/ \n"
            // After midnight is the same day still, and its second half past one an hour longer.
            "at 00:30 EDT\n"
            "night r38 s24 c3 w1 /schedule/rooms/side/   /schedule/2020-10-31/ 01:30\n");
  EXPECT_THAT(site.bytes("schedule/2020-11-01/index.html"), HasSubstr("next r2 s6 c2 w1"));
}

TEST(SchedulePages, ARoomAndATrackHaveTheirs) {
  BuiltSite site(files());
  EXPECT_EQ(site.bytes("schedule/rooms/attic/index.html"),
            "Attic|\n2020-11-01 EST \nat 10:00 EST\n"
            "next  /schedule/rooms/attic/   /schedule/2020-11-01/ \n");
  EXPECT_THAT(site.bytes("schedule/rooms/side/index.html"), Not(HasSubstr("open")));
  EXPECT_THAT(site.bytes("schedule/tracks/tools/index.html"), HasSubstr("Tools|"));
  EXPECT_THAT(site.bytes("schedule/tracks/tools/index.html"), HasSubstr("open "));
  EXPECT_THAT(site.bytes("schedule/tracks.css"), HasSubstr(".track-tools { --track: #aa0000;"));
}

TEST(SchedulePages, TheWholeHasAllDaysAndSoHasTheOneToBeEmbedded) {
  BuiltSite site(files());
  for (const char* page : {"schedule/index.html", "schedule/embed/index.html"}) {
    const std::string bytes = site.bytes(page);
    for (const char* part : {"open r2 s18", "next r2 s6", "twice r26", "twice r2"}) {
      EXPECT_THAT(bytes, HasSubstr(part)) << page;
    }
  }
}

}  // namespace
}  // namespace stet::generate
