// What history gives to calendars, in a site that goes on by edits: each commit's exports are those
// of a build from nothing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kCalendar[] = "schedule.ics";

std::string session(const std::string& title, int hour, const std::string& more = "") {
  std::string start = (hour < 10 ? "0" : "") + std::to_string(hour);
  return "---\ntitle: " + title + "\nstart: 2030-05-01T" + start + ":00\nend: 2030-05-01T23:30\n" +
         more + "---\n";
}

LiveSite::Files files() {
  return {{"_config.yml", "url: https://example.org\n"},
          {"uids.html", "---\n---\n{% for s in site.schedule %}{{ s.session.uid }} {% endfor %}"},
          {"_data/event.yml", "title: Days\ntime_zone: Europe/Berlin\nrooms: [Hall, Attic]\n"},
          {"_schedule/a.md", session("A", 10, "room: Hall\n")},
          {"_schedule/b.md", session("B", 11, "room: Attic\nspeakers: [ann]\n")},
          {"_speakers/ann.md", "---\nname: Ann\n---\n"}};
}

// The lines of a calendar that begin so.
std::vector<std::string> lines_of(const std::string& calendar, const std::string& begin) {
  std::vector<std::string> lines;
  std::istringstream text(calendar);
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with(begin)) lines.push_back(line.substr(0, line.find('\r')));
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(ScheduleHistory, AMoveRaisesTheSequenceOfThatSlotAlone) {
  LiveSite site(files());
  EXPECT_EQ(lines_of(*site.page(kCalendar), "SEQUENCE"), (Lines{"SEQUENCE:0", "SEQUENCE:0"}));
  site.edit({{"_schedule/b.md", session("B", 12, "room: Attic\nspeakers: [ann]\n")}});
  EXPECT_EQ(lines_of(*site.page(kCalendar), "SEQUENCE"), (Lines{"SEQUENCE:0", "SEQUENCE:1"}));
  for (const char* path : {"schedule/b.ics", "schedule/rooms/attic.utc.ics", "speakers/ann.ics"}) {
    EXPECT_EQ(lines_of(*site.page(path), "SEQUENCE"), Lines{"SEQUENCE:1"}) << path;
  }
  EXPECT_EQ(site.differences(), "");
}

TEST(ScheduleHistory, WhatIsDeletedStaysAsCancelledWhereItWas) {
  LiveSite site(files());
  auto published = site.edit({{"_schedule/b.md", std::nullopt}});
  EXPECT_EQ(lines_of(*site.page(kCalendar), "STATUS"),
            (Lines{"STATUS:CONFIRMED", "STATUS:CANCELLED"}));
  EXPECT_THAT(*site.page("schedule/rooms/attic.ics"),
              HasSubstr("SEQUENCE:1\r\nSTATUS:CANCELLED\r\n"));
  EXPECT_THAT(*site.page("speakers/ann.ics"), HasSubstr("SUMMARY:B\r\n"));
  EXPECT_THAT(*site.page("schedule/changes.xml"), HasSubstr("<title>B [cancelled]</title>"));
  EXPECT_THAT(*site.page("schedule.xml"), Not(HasSubstr(">B<")));
  EXPECT_THAT(rendered_paths(published), Not(::testing::Contains("schedule/rooms/hall.ics")));
  EXPECT_EQ(site.differences(), "");
  site.clock().set(Instant{1'914'000'000});  // in August of 2030
  site.edit({{"about.md", "---\n---\n"}});
  EXPECT_THAT(*site.page(kCalendar), Not(HasSubstr("CANCELLED")));
  EXPECT_EQ(site.differences(), "");
}

TEST(ScheduleHistory, ARenameKeepsUidAndSequence) {
  LiveSite site(files());
  site.edit({{"_schedule/a.md", session("A", 9, "room: Hall\n")}});
  Lines uids = lines_of(*site.page(kCalendar), "UID");
  site.edit(
      {{"_schedule/a.md", std::nullopt}, {"_schedule/z.md", session("A", 9, "room: Hall\n")}});
  EXPECT_EQ(lines_of(*site.page(kCalendar), "UID"), uids);
  EXPECT_THAT(*site.page("uids.html"), HasSubstr(uids.front().substr(4)));
  EXPECT_EQ(lines_of(*site.page(kCalendar), "SEQUENCE"), (Lines{"SEQUENCE:1", "SEQUENCE:0"}));
  EXPECT_EQ(site.differences(), "");
}

TEST(ScheduleHistory, IsTheSameAfterARestart) {
  LiveSite site(files());
  site.edit({{"_schedule/a.md", session("A", 9, "room: Hall\n")}});
  std::string calendar = *site.page(kCalendar);
  site.restart([&] { site.commit({{"_schedule/b.md", session("B", 13, "room: Attic\n")}}); });
  EXPECT_EQ(lines_of(*site.page(kCalendar), "SEQUENCE"), (Lines{"SEQUENCE:1", "SEQUENCE:1"}));
  EXPECT_EQ(site.differences(), "");
}

TEST(ScheduleHistory, AReleaseIsOnItsPageInTheFeedAndTheVersion) {
  LiveSite site(files());
  EXPECT_FALSE(site.page("schedule/changelog/index.html"));
  site.edit({{"_data/schedule_releases.yml", "- version: '0.1'\n"}});
  EXPECT_THAT(*site.page("schedule.xml"), HasSubstr("<version>0.1</version>"));
  EXPECT_EQ(site.differences(), "");
  site.edit(
      {{"_schedule/a.md", session("A", 9, "room: Hall\n")}, {"_schedule/b.md", std::nullopt}});
  EXPECT_THAT(*site.page("schedule.xml"), HasSubstr("<version>0.1+20"));
  EXPECT_EQ(site.differences(), "");
  site.edit({{"_data/schedule_releases.yml",
              "- version: '0.1'\n- {version: '0.2', notes: Now & then}\n"}});
  EXPECT_THAT(*site.page("schedule.json"), HasSubstr("\"version\": \"0.2\""));
  std::string page = *site.page("schedule/changelog/index.html");
  EXPECT_THAT(page, HasSubstr("Version 0.2"));
  EXPECT_THAT(page, HasSubstr("1 moved, 1 removed"));
  EXPECT_THAT(page, HasSubstr("Now &amp; then"));
  EXPECT_THAT(page, HasSubstr("<a href=\"/schedule/a/\">A</a>"));
  EXPECT_THAT(*site.page("schedule/changes.xml"),
              HasSubstr("<title>Version 0.2: 1 moved, 1 removed</title>"));
  EXPECT_EQ(site.differences(), "");
  site.edit({{"_schedule/a.md", session("Aa", 9, "room: Hall\n")}});
  EXPECT_THAT(*site.page("schedule/changelog/index.html"), HasSubstr(">A</a>"));
  EXPECT_EQ(site.differences(), "");
}

// The same numbers each time (Knuth's generator).
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t count) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state_ >> 33) % count;
  }

 private:
  std::uint64_t state_;
};

// Another state of any file: a session that moves, goes, cannot be read, or takes another's name.
std::string some_session(Numbers& numbers) {
  constexpr const char* kTitles[] = {"A", "B", "C"};
  constexpr const char* kMore[] = {"",
                                   "room: Hall\n",
                                   "room: Attic\nspeakers: [ann]\n",
                                   "status: cancelled\n",
                                   "uid: one@example.org\n",
                                   "published: false\n"};
  std::string title = kTitles[numbers.below(std::size(kTitles))];
  if (numbers.below(8) == 0) return "---\ntitle: " + title + "\n---\n";
  return session(title, static_cast<int>(8 + numbers.below(4)), kMore[numbers.below(6)]);
}

LiveSite::Files some_edit(Numbers& numbers, std::set<std::string>& there) {
  LiveSite::Files edit;
  auto put = [&](const std::string& path, std::optional<std::string> content) {
    if (!content && there.erase(path) == 0) return;
    if (content) there.insert(path);
    edit[path] = std::move(content);
  };
  for (std::size_t left = 1 + numbers.below(3); left > 0; --left) {
    std::string path = std::string("_schedule/") + "abcd"[numbers.below(4)] + ".md";
    if (edit.contains(path)) continue;
    bool is_gone = numbers.below(6) == 0;
    put(path, is_gone ? std::nullopt : std::optional(some_session(numbers)));
  }
  if (numbers.below(5) == 0) {
    put("_data/event.yml",
        numbers.below(2) ? "time_zone: Europe/Berlin\n" : "time_zone: Asia/Tokyo\nrooms: [Hall]\n");
  } else if (numbers.below(9) == 0) {
    put("_data/event.yml", std::nullopt);
  }
  if (numbers.below(3) == 0) {
    constexpr const char* kReleases[] = {
        "- version: 1\n", "- version: 1\n- version: 2\n", "- version: 2\n", "[]\n"};
    put("_data/schedule_releases.yml", kReleases[numbers.below(4)]);
  }
  return edit;
}

TEST(ScheduleHistory, IncrementalIsFromNothingWhateverIsEdited) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Numbers numbers(seed);
    LiveSite site(files());
    std::set<std::string> there;
    for (const auto& [path, content] : files()) there.insert(path);
    for (int step = 0; step < 8; ++step) {
      site.clock().advance_seconds(static_cast<std::int64_t>(1 + numbers.below(40)) * 86'400);
      LiveSite::Files edit = some_edit(numbers, there);
      if (!edit.empty()) site.edit(edit);
      ASSERT_EQ(site.differences(), "") << "seed " << seed << ", step " << step;
    }
  }
}

}  // namespace
}  // namespace stet::pipeline
