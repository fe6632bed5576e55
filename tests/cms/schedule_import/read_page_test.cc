#include "cms/schedule_import/read_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cms/schedule_import/shown.h"

namespace stet::schedule_import {
namespace {

using testing::ElementsAre;
using Kind = Finding::Kind;
using Lines = std::vector<std::string>;

constexpr char kHtml[] = R"(---
title: Harbour Days 2021
permalink: /harbour/
---

All times in EST.

### May 3
<style>td { color: red }</style>
<table class="x">
  <tr><th width=20%><span>10-12PM</span></th><th>Tide <b>tables</b></th>
  <th>How to read one.<br>Bring a <a href="https://example.org/p">pencil</a>.</th></tr>
<tbody>
  <tr><td>12-1PM</td><td>Lunch</td><td></td></tr>
  <tr><td>1-2:30</td><td><a href="https://example.org/k">Knots</a></td><td>With rope</td></tr>
</tbody>
</table>

### May 4

<table>
  <tr><td>10-11PM</td><td>Charts</td><td>Old ones</td></tr>
  <tr><td>11-12PM</td><td>Lamps</td><td>New ones</td></tr>
  <tr><td>12-1PM</td><td>Bells</td></tr>
</table>
)";

TEST(ReadPage, ReadsTablesBelowDays) {
  Schedule schedule = read_page(kHtml, "harbour.md", {});
  EXPECT_EQ(schedule.title, "Harbour Days 2021");
  EXPECT_EQ(schedule.zone.name(), "America/New_York");
  EXPECT_THAT(shown(schedule),
              ElementsAre("2021-05-03T14:00:00Z/16:00 Tide tables",
                          "2021-05-03T16:00:00Z/17:00 Lunch",
                          "2021-05-03T17:00:00Z/18:30 Knots",
                          "2021-05-04T14:00:00Z/15:00 Charts",
                          "2021-05-04T15:00:00Z/16:00 Lamps",
                          "2021-05-04T16:00:00Z/17:00 Bells"));
  EXPECT_EQ(schedule.sessions[0].description,
            "How to read one.  \nBring a [pencil](https://example.org/p).");
  EXPECT_EQ(schedule.sessions[0].written, "10-12PM");
  EXPECT_EQ(schedule.sessions[2].links, (std::vector<Link>{{"Knots", "https://example.org/k"}}));
}

TEST(ReadPage, TellsWhatItAssumedWithItsLine) {
  Schedule schedule = read_page(kHtml, "harbour.md", {});
  EXPECT_THAT(
      told(schedule, Kind::kAssumed),
      ElementsAre("8 the days of this page have no year -> 2021, by the page's title, 'Harbour "
                  "Days 2021'; --year says another",
                  "11 '10-12PM' can be read in more than one way -> 10:00 to 12:00, for it fits "
                  "the entries beside it",
                  "15 '1-2:30' can be read in more than one way -> 13:00 to 14:30, for it fits "
                  "the entries beside it",
                  "22 '10-11PM' as it is written does not fit the entries beside it -> 10:00 to "
                  "11:00, for they follow one another",
                  "23 '11-12PM' can be read in more than one way -> 11:00 to 12:00, for it fits "
                  "the entries beside it",
                  "6 the page says EST, which is UTC-05:00; on 2021-05-03 clocks in "
                  "America/New_York show EDT, UTC-04:00 -> EDT (UTC-04:00), the time on the clocks "
                  "there; --time-zone says another"));
  EXPECT_TRUE(told(schedule, Kind::kDoubt).empty());
}

TEST(ReadPage, TakesYearAndZoneFromWhoeverImportsFirst) {
  Wishes wishes;
  wishes.year = 2019;
  wishes.zone = *TimeZone::find("Etc/GMT+5");
  Schedule schedule = read_page(kHtml, "harbour.md", wishes);
  EXPECT_EQ(shown(schedule)[0], "2019-05-03T15:00:00Z/17:00 Tide tables");
  EXPECT_TRUE(tells(schedule, Kind::kAssumed, "Etc/GMT+5, as --time-zone says"));
}

TEST(ReadPage, ReadsPipesRoomsSpansAndDaysWithinATable) {
  Schedule schedule = read_page(R"(Times are UTC, the time of ships.

| Time | Hall | Shed |
|------|------|------|
| Monday, 3 May 2021 | | |
| 09:00-10:00 | Welcome | |
| 10:00-11:00 | **Ropes** | Sails \| masts |
)",
                                "page.md",
                                {});
  EXPECT_THAT(shown(schedule),
              ElementsAre("2021-05-03T09:00:00Z/10:00 Welcome",
                          "2021-05-03T10:00:00Z/11:00 Ropes",
                          "2021-05-03T10:00:00Z/11:00 Sails | masts"));
  EXPECT_THAT(rooms_of(schedule), ElementsAre("Hall", "Shed"));
  EXPECT_EQ(schedule.sessions[2].room, "Shed");

  schedule = read_page(R"(<p>All times: Europe/Paris time</p>
<h2>3 May 2021</h2><table>
<tr><th>When</th><th>Hall</th><th>Shed</th></tr>
<tr><td>09:00-10:00</td><td colspan="2">Opening</td></tr>
<tr><td>10:00-11:00</td><td rowspan=2>Long walk<br>Bring boots</td><td>Ropes</td></tr>
<tr><td>11:00-12:00</td><td>Sails</td></tr></table>)",
                       "page.html",
                       {});
  EXPECT_THAT(shown(schedule),
              ElementsAre("2021-05-03T07:00:00Z/08:00 Opening",
                          "2021-05-03T08:00:00Z/10:00 Long walk",
                          "2021-05-03T08:00:00Z/09:00 Ropes",
                          "2021-05-03T09:00:00Z/10:00 Sails"));
  EXPECT_EQ(schedule.sessions[0].room, "");
  EXPECT_EQ(schedule.sessions[1].room, "Hall");
  EXPECT_EQ(schedule.sessions[1].description, "Bring boots");
  EXPECT_EQ(schedule.sessions[3].room, "Shed");
}

TEST(ReadPage, KnowsColumnsByTheirHeaders) {
  Schedule schedule = read_page(R"(All times UTC
## 3 May 2021
| Room | Start | End | Session | Speakers | Abstract |
|---|---|---|---|---|---|
| Hall | 10:00 | 11:00 | Ropes | Ann Ash, Bo Birch and Cy Cedar | *All* of them |
| Shed | 11:00 | 12:30 | Sails | Bo Birch | |
)",
                                "page.md",
                                {});
  ASSERT_THAT(shown(schedule),
              ElementsAre("2021-05-03T10:00:00Z/11:00 Ropes", "2021-05-03T11:00:00Z/12:30 Sails"));
  ASSERT_EQ(schedule.speakers.size(), 3u);
  EXPECT_EQ(schedule.speakers[2].name, "Cy Cedar");
  EXPECT_THAT(schedule.sessions[1].speakers, ElementsAre(1u));
  EXPECT_EQ(schedule.sessions[0].description, "*All* of them");
}

TEST(ReadPage, LeavesWhatNothingDecidesWithoutATimeAndSaysWhere) {
  struct Case {
    const char* page;
    const char* doubt;
  };
  const Case cases[] = {
      {"All times UTC\n## 3 May 2021\n| 9-10 | Ropes |\n",
       "3 '9-10' can be 09:00 to 10:00 or 21:00 to 22:00"},
      {"All times UTC\n## 3 May\n| 9-10AM | Ropes |\n", "2 the days of this page have no year"},
      {"All times UTC\n\n| 9-10AM | Ropes |\n",
       "3 nothing above this table says which day it is of"},
      {"All times UTC\n## 29 February 2021\n| 9-10AM | Ropes |\n",
       "2 the year 2021 has no such day"},
      {"All times in New York time (America/New_York)\n## 14 March 2021\n| 2:30AM-4AM | Ropes |\n",
       "3 2021-03-14 02:30 does not exist in America/New_York"},
  };
  for (const Case& one : cases) {
    Schedule schedule = read_page(one.page, "page.md", {});
    EXPECT_THAT(shown(schedule), ElementsAre("- Ropes")) << one.page;
    EXPECT_TRUE(tells(schedule, Kind::kDoubt, one.doubt))
        << one.page << testing::PrintToString(told(schedule, Kind::kDoubt));
  }
}

TEST(ReadPage, KnowsHeadingsInEveryWayOfWritingThem) {
  for (const char* heading : {"3 May 2021\n---",
                              "3 May 2021\n===",
                              "**3 May 2021**",
                              "#### 3 May 2021 {#x}",
                              "<h4 class='x'>3 <b>May</b> 2021</h4>",
                              "## [3 May 2021](#x) ##"}) {
    Schedule schedule = read_page(
        std::string("All times UTC\n\n") + heading + "\n\n| 9-10AM | Ropes |\n", "page.md", {});
    EXPECT_THAT(shown(schedule), ElementsAre("2021-05-03T09:00:00Z/10:00 Ropes")) << heading;
  }
}

TEST(ReadPage, DoubtsAZoneThatNobodyNamesAndAWeekdayThatIsAnother) {
  Schedule schedule = read_page("## Tuesday, 3 May 2021\n| 9-10AM | Ropes |\n", "page.md", {});
  EXPECT_THAT(shown(schedule), ElementsAre("2021-05-03T09:00:00Z/10:00 Ropes"));
  EXPECT_TRUE(tells(schedule, Kind::kDoubt, "1 2021-05-03 is another weekday than the page says"));
  EXPECT_TRUE(tells(schedule, Kind::kDoubt, "does not say in which time zone"));
  Wishes wishes;
  wishes.others = *TimeZone::find("Asia/Tokyo");
  schedule = read_page("## Monday, 3 May 2021\n| 9-10AM | Ropes |\n", "page.md", wishes);
  EXPECT_THAT(shown(schedule), ElementsAre("2021-05-03T00:00:00Z/01:00 Ropes"));
  EXPECT_TRUE(told(schedule, Kind::kDoubt).empty());
}

TEST(ReadPage, EndsAnEntryWhereTheNextBeginsIfItDoesNotSayWhen) {
  Schedule schedule = read_page(
      "All times UTC\n## 3 May 2021\n| 9AM | Ropes |\n| 10:30AM | Sails |\n", "page.md", {});
  EXPECT_THAT(shown(schedule),
              ElementsAre("2021-05-03T09:00:00Z/10:30 Ropes", "2021-05-03T10:30:00Z Sails"));
  EXPECT_TRUE(tells(schedule, Kind::kDoubt, "4 'Sails' does not say when it ends"));
}

TEST(ReadPage, LooksNeitherIntoCodeNorAtOtherTables) {
  Schedule schedule = read_page(
      "All times UTC\n```\n| 9AM | Code |\n```\n<!-- <table><tr><td>9AM<td>Comment</table> -->\n"
      "## 3 May 2021\n| Hotel | Price |\n|---|---|\n| Anchor | 90 |\n",
      "page.md",
      {});
  EXPECT_TRUE(schedule.sessions.empty());
  EXPECT_TRUE(tells(schedule, Kind::kLeftOut, "7 this table has no column of times"));
  for (const char* page :
       {"", "---\n", "<table", "<table><tr><td>", "|", "# \n", "<table></table>"}) {
    EXPECT_TRUE(read_page(page, "page.md", {}).sessions.empty()) << page;
  }
}

}  // namespace
}  // namespace stet::schedule_import
