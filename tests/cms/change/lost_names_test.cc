// Rooms, tracks, types and speakers that go while sessions go by them: what a push is told, and
// that a write is refused in the same words.

#include "cms/change/lost_names.h"

#include <gtest/gtest.h>

#include "cms/change/session_use.h"
#include "cms/change/timetables.h"
#include "storage/diff/diff.h"
#include "tests/cms/change/small_site.h"

namespace stet::change {
namespace {

std::string event(const std::string& rooms) {
  return "title: Days\ntime_zone: UTC\nrooms: " + rooms +
         "\ntracks: [Tools, Life]\ntypes: [{name: Talk, minutes: 30}]\n";
}

Files named_files() {
  return {{"_config.yml", "title: S\n"},
          {"_data/event.yml", event("[Main, Side]")},
          {"_speakers/ada.md", "---\nname: Ada\n---\n"},
          {"_schedule/a.md",
           "---\ntitle: A\nstart: 2020-10-12T10:00\nend: 2020-10-12T11:00\nroom: Main\n"
           "track: Tools\ntype: Talk\nspeakers: [ada]\n---\n"},
          {"_schedule/b.md",
           "---\ntitle: B\nslots:\n- {start: 2020-10-12T11:00, end: 2020-10-12T12:00, room: Main}\n"
           "- {start: 2020-10-13T11:00, end: 2020-10-13T12:00, room: Side}\n---\n"}};
}

Push push_of(const Files& before, const Files& after) {
  Push push;
  push.before = storage::make_memory_snapshot(before).value();
  push.after = storage::make_memory_snapshot(after).value();
  push.diff = storage::compare(*push.before, *push.after).value();
  return push;
}

std::vector<std::string> errors(const Files& before, const Files& after) {
  std::vector<std::string> texts;
  const auto problems = check_push(push_of(before, after)).value();
  for (const PushProblem& found : problems) {
    if (found.problem.severity != Severity::kError) continue;
    EXPECT_EQ(found.check, Check::kSchedule);
    texts.push_back(found.problem.path + ": " + found.problem.message);
  }
  return texts;
}

TEST(LostNames, APushIsToldWhoUsesARoomInTheWordsOfAWrite) {
  Files after = named_files();
  after["_data/event.yml"] = event("[Side]");
  auto told = errors(named_files(), after);
  ASSERT_EQ(told.size(), 1u);
  SmallSite site(after);
  auto refusal =
      fault_of_lost_names(site.site(), named_files()["_data/event.yml"], event("[Side]"));
  ASSERT_TRUE(refusal);
  EXPECT_EQ(told[0], "_data/event.yml: " + refusal->message);
  EXPECT_EQ(told[0].find("_data/event.yml: the room 'Main' is named by 2 sessions: "
                         "_schedule/a.md, _schedule/b.md; mend these first"),
            0u)
      << told[0];
}

TEST(LostNames, WhatIsMendedInTheSamePushIsFree) {
  Files after = named_files();
  after["_data/event.yml"] = event("[Side]");
  after.erase("_schedule/b.md");
  after["_schedule/a.md"] = "---\ntitle: A\nroom: Side\npublished: false\n---\n";
  EXPECT_TRUE(errors(named_files(), after).empty());
  // A list that is empty says nothing of rooms; and what was lost before is not this push's.
  Files open = named_files();
  open["_data/event.yml"] = event("[]");
  EXPECT_TRUE(errors(named_files(), open).empty());
  Files later = named_files(), before = named_files();
  before["_data/event.yml"] = event("[Side]");
  later["_data/event.yml"] = event("[Side]") + "end: 2020-10-14\n";
  EXPECT_TRUE(errors(before, later).empty());
}

TEST(LostNames, TracksTypesAndSpeakersLikewise) {
  Files after = named_files();
  after.erase("_speakers/ada.md");
  after["_data/event.yml"] =
      "title: Days\ntime_zone: UTC\nrooms: [Main, Side]\ntracks: [Life]\ntypes: [Panel]\n";
  auto told = errors(named_files(), after);
  ASSERT_EQ(told.size(), 3u);
  EXPECT_EQ(told[0].find("_data/event.yml: the track 'Tools' is named by 1 session: "), 0u);
  EXPECT_EQ(told[1].find("_data/event.yml: the type 'Talk' is named by 1 session: "), 0u);
  EXPECT_EQ(told[2].find("_speakers/ada.md: the speaker 'ada' is named by 1 session: "), 0u);
}

TEST(LostNames, ASpeakerWhoseOtherFileGoesIsStillThere) {
  Files before = named_files(), after = named_files();
  before["_speakers/old/ada.md"] = "---\nname: Ada\n---\n";
  EXPECT_TRUE(errors(before, after).empty());
}

TEST(LostNames, ACheckOfASiteSaysWhichNamesTheEventHasNot) {
  Files all = named_files();
  all["_data/event.yml"] = "title: Days\ntime_zone: UTC\nrooms: [Main]\ntypes: [Panel]\n";
  SmallSite site(all);
  const Problems problems = unknown_names(site.site());
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0].message,
            "the room 'Side' is named by 1 session: _schedule/b.md, and the event has none of that "
            "name; name it here, or mend these");
  EXPECT_EQ(problems[1].message.find("the type 'Talk' is named by 1 session"), 0u);
  EXPECT_TRUE(unknown_names(SmallSite(named_files()).site()).empty());
  const Problems of_check = schedule_problems(site.site()).value();
  ASSERT_GE(of_check.size(), 2u);
  EXPECT_EQ(of_check[0].message, problems[0].message);
}

}  // namespace
}  // namespace stet::change
