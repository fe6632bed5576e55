#include "cms/schedule_import/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "cms/schedule_import/read_page.h"
#include "cms/schedule_import/report.h"
#include "storage/snapshot/memory_snapshot.h"

namespace stet::schedule_import {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Files = std::map<std::string, std::string>;

Time at(const char* text) {
  auto parsed = parse_iso_time(text);
  return Time{seconds_as_utc(parsed->civil) - parsed->offset_seconds.value_or(0)};
}

Session session(const char* title, const char* start, const char* end, const char* uid = "") {
  Session session;
  session.title = title;
  session.uid = uid;
  if (*start) session.start = at(start);
  if (*end) session.end = at(end);
  return session;
}

Schedule schedule_of(std::vector<Session> sessions) {
  Schedule schedule;
  schedule.title = "Harbour Days";
  schedule.zone = *TimeZone::find("America/Halifax");
  schedule.has_zone = true;
  schedule.sessions = std::move(sessions);
  return schedule;
}

Plan plan_of(const Schedule& schedule, const Files& files) {
  auto there = read_there(**storage::make_memory_snapshot(files));
  EXPECT_TRUE(there) << there.error().message;
  auto plan = plan_import(schedule, *there);
  EXPECT_TRUE(plan) << plan.error().message;
  return plan ? *plan : Plan();
}

Files after(const Plan& plan, Files files) {
  for (const PlannedFile& file : plan.files) files[file.path.string()] = file.after;
  return files;
}

TEST(ImportPlan, WritesEventSessionsAndSpeakers) {
  Session ropes = session("Ropes & knots", "2021-05-13T13:00:00Z", "2021-05-13T14:30:00Z", "u-1");
  ropes.room = "Hall";
  ropes.track = "Craft";
  ropes.speakers = {0};
  ropes.links = {{"Notes", "https://example.org/r"}};
  ropes.description = "All of *them*.";
  Schedule schedule = schedule_of({ropes, session("Ropes & knots", "", "")});
  schedule.rooms = {{"Hall", "", {}}};
  schedule.tracks = {{"Craft", "#112233"}};
  schedule.speakers.push_back({"Ann Ash", "p-1", "Ties.", {}});
  Files files = after(plan_of(schedule, {}), {});
  EXPECT_EQ(files["_data/event.yml"],
            "title: Harbour Days\ntime_zone: America/Halifax\nstart: 2021-05-13\nend: 2021-05-13\n"
            "rooms:\n  - name: Hall\ntracks:\n  - name: Craft\n    color: \"#112233\"\n");
  EXPECT_EQ(
      files["_schedule/ropes-knots.md"],
      "---\ntitle: Ropes & knots\nstart: 2021-05-13T10:00\nend: 2021-05-13T11:30\nroom: Hall\n"
      "track: Craft\nspeakers:\n  - ann-ash\nlinks:\n  - title: Notes\n    url: "
      "https://example.org/r\n"
      "uid: u-1\n---\n\nAll of *them*.\n");
  EXPECT_EQ(files["_schedule/ropes-knots-2.md"], "---\ntitle: Ropes & knots\n---\n");
  EXPECT_EQ(files["_speakers/ann-ash.md"], "---\nname: Ann Ash\nuid: p-1\n---\n\nTies.\n");
  EXPECT_EQ(files.size(), 4u);
  // The same again changes nothing.
  Plan again = plan_of(schedule, files);
  EXPECT_TRUE(again.files.empty());
  EXPECT_TRUE(again.untouched.empty());
}

TEST(ImportPlan, SlotsOfOnePageKeepASequenceEach) {
  Session first = session("Ropes", "2021-05-13T13:00:00Z", "2021-05-13T14:30:00Z", "u-1");
  Session second = session("Ropes", "2021-05-14T13:00:00Z", "2021-05-14T14:30:00Z", "u-2");
  first.page = second.page = "ropes";
  first.sequence = 4;
  auto files = after(plan_of(schedule_of({first, second}), {}), {});
  EXPECT_EQ(files["_schedule/ropes.md"],
            "---\ntitle: Ropes\nslots:\n"
            "  - start: 2021-05-13T10:00\n    end: 2021-05-13T11:30\n    uid: u-1\n"
            "    sequence: 4\n"
            "  - start: 2021-05-14T10:00\n    end: 2021-05-14T11:30\n    uid: u-2\n---\n");
}

TEST(ImportPlan, EditsWhatDiffersAndNoOtherByte) {
  const Files there = {{"_data/event.yml",
                        "# ours\ntitle:   Other title\ntime_zone: America/Halifax\nrooms: "
                        "[Shed]\nend: 2021-05-20\n"},
                       {"_schedule/old.md",
                        "---\ntitle:  'Ropes'   # keep\nuid: u-1\nstart: "
                        "2021-05-13T10:00:00-03:00\nend: \"2021-05-13 11:00\"\n"
                        "colour: red\n---\nOld words.\n"}};
  Session ropes = session("Ropes", "2021-05-13T13:00:00Z", "2021-05-13T15:00:00Z", "u-1");
  ropes.room = "Hall";
  Schedule schedule = schedule_of({ropes});
  schedule.rooms = {{"Hall", "", {}}};
  Plan plan = plan_of(schedule, there);
  Files files = after(plan, there);
  EXPECT_EQ(files["_schedule/old.md"],
            "---\ntitle:  'Ropes'   # keep\nuid: u-1\nstart: 2021-05-13T10:00:00-03:00\nend: "
            "\"2021-05-13T12:00\"\n"
            "colour: red\nroom: Hall\n---\nOld words.\n");
  EXPECT_THAT(plan.sessions[0].fields, ElementsAre("end", "room"));
  EXPECT_THAT(files["_data/event.yml"], HasSubstr("# ours\ntitle:   Other title\n"));
  EXPECT_THAT(files["_data/event.yml"], HasSubstr("Shed"));
  EXPECT_THAT(files["_data/event.yml"], HasSubstr("start: 2021-05-13"));
  EXPECT_THAT(files["_data/event.yml"], HasSubstr("end: 2021-05-20"));
  EXPECT_TRUE(plan_of(schedule, files).files.empty());
}

TEST(ImportPlan, FindsSessionsByUidThenTitleAndStartThenTitle) {
  const Files there = {
      {"_schedule/a.md", "---\ntitle: A\nuid: u-1\nstart: 2021-05-13T10:00\n---\n"},
      {"_schedule/b.md", "---\ntitle: B\nstart: 2021-05-13T10:00\nroom: Hall\n---\n"},
      {"_schedule/b2.md", "---\ntitle: B\nstart: 2021-05-13T10:00\nroom: Shed\n---\n"},
      {"_schedule/c.md", "---\ntitle: C\nstart: 2021-05-13T10:00\n---\n"},
      {"_schedule/d.md", "---\ntitle: D\n---\n"}};
  Session b = session("B", "2021-05-13T10:00:00Z", "");
  b.room = "Shed";
  Schedule schedule = schedule_of({session("Renamed", "2021-05-14T10:00:00Z", "", "u-1"),
                                   b,
                                   session("C", "2021-05-15T10:00:00Z", ""),
                                   session("E", "", "")});
  schedule.zone = TimeZone();
  Plan plan = plan_of(schedule, there);
  std::vector<std::string> paths;
  for (const PlannedSession& one : plan.sessions) paths.push_back(one.path);
  EXPECT_THAT(paths,
              ElementsAre("_schedule/a.md", "_schedule/b2.md", "_schedule/c.md", "_schedule/e.md"));
  EXPECT_THAT(plan.untouched, ElementsAre("_schedule/b.md", "_schedule/d.md"));
}

TEST(ImportPlan, LeavesTheTimesOfWhatTakesPlaceSeveralTimes) {
  const Files there = {
      {"_data/event.yml", "title: T\ntime_zone: UTC\nstart: 2021-05-13\nend: 2021-05-14\n"},
      {"_schedule/tea.md",
       "---\ntitle: Tea\nslots:\n  - {id: a, start: 2021-05-13T10:00}\n"
       "  - {id: b, start: 2021-05-14T10:00}\n---\n"}};
  Plan plan = plan_of(schedule_of({session("Tea", "2021-05-13T10:00:00Z", "2021-05-13T10:30:00Z"),
                                   session("Tea", "2021-05-14T10:00:00Z", "2021-05-14T10:30:00Z")}),
                      there);
  EXPECT_TRUE(plan.files.empty());
  EXPECT_EQ(plan.sessions[1].path, "_schedule/tea.md");
  EXPECT_TRUE(plan.sessions[1].has_slots);
}

TEST(ImportPlan, TakesASessionOfAnotherUidForAnother) {
  Plan plan =
      plan_of(schedule_of({session("A", "2021-05-14T10:00:00Z", "", "new")}),
              {{"_schedule/a.md", "---\ntitle: A\nuid: old\nstart: 2021-05-13T10:00\n---\n"}});
  EXPECT_EQ(plan.sessions[0].path, "_schedule/a-2.md");
  EXPECT_TRUE(plan.sessions[0].is_new);
}

TEST(ImportPlan, KeepsTheEventsZoneAndInstantsOfBothHoursThatComeTwice) {
  const Files there = {{"_data/event.yml", "time_zone: America/New_York\n"}};
  Plan plan = plan_of(schedule_of({session("First", "2020-11-01T05:30:00Z", ""),
                                   session("Second", "2020-11-01T06:30:00Z", "")}),
                      there);
  Files files = after(plan, there);
  EXPECT_THAT(files["_schedule/first.md"], HasSubstr("start: 2020-11-01T01:30\n"));
  EXPECT_THAT(files["_schedule/second.md"], HasSubstr("2020-11-01T01:30:00-05:00"));
  EXPECT_TRUE(plan_of(schedule_of({session("First", "2020-11-01T05:30:00Z", ""),
                                   session("Second", "2020-11-01T06:30:00Z", "")}),
                      files)
                  .files.empty());
}

TEST(ImportPlan, LeavesLiquidOfStrangersUnrendered) {
  Session liquid = session("L", "", "");
  liquid.description = "{% include secrets %}";
  Files files = after(plan_of(schedule_of({liquid}), {}), {});
  EXPECT_THAT(files["_schedule/l.md"], HasSubstr("render_with_liquid: false"));
}

TEST(ImportPlan, KeepsTheMarkupOfATextThatComesBackWithoutIt) {
  const Files there = {{"_data/event.yml", "title: T\ntime_zone: America/Halifax\n"},
                       {"_schedule/a.md", "---\ntitle: A\n---\nAll of *them*,\nand [more](/x).\n"}};
  Session a = session("A", "", "");
  a.description = "All of them, and more.";
  EXPECT_TRUE(plan_of(schedule_of({a}), there).files.empty());
  a.description = "All of **them**, and more.";
  EXPECT_EQ(plan_of(schedule_of({a}), there).files.size(), 1u);
}

TEST(ImportPlan, KnowsSpeakersByUidAndByName) {
  Schedule schedule = schedule_of({});
  schedule.speakers = {{"Ann Ash", "p-1", "", {}},
                       {"Bo Birch", "", "Sails.", {}},
                       {"\u6d77", "", "", {}},
                       {"!", "", "", {}}};
  Session talk = session("T", "", "");
  talk.speakers = {0, 1, 2, 3};
  schedule.sessions = {talk};
  const Files there = {{"_speakers/old-name.md", "---\nname: Ann Elm\nuid: p-1\n---\n"},
                       {"_speakers/bo.md", "---\nname: Bo Birch\n---\nOld.\n"}};
  Files files = after(plan_of(schedule, there), there);
  EXPECT_THAT(files["_speakers/old-name.md"], HasSubstr("name: Ann Ash"));
  EXPECT_EQ(files["_speakers/bo.md"], "---\nname: Bo Birch\n---\nSails.\n");
  EXPECT_THAT(files["_schedule/t.md"],
              HasSubstr("  - old-name\n  - bo\n  - \u6d77\n  - speaker\n"));
}

TEST(ImportPlan, MakesTwoFilesOfTwoPeopleOfOneName) {
  Schedule schedule = schedule_of({});
  schedule.speakers = {{"Ann Ash", "p-1", "One.", {}}, {"Ann Ash", "p-2", "Two.", {}}};
  const Files there = {{"_speakers/ann.md", "---\nname: Ann Ash\n---\n"}};
  Files files = after(plan_of(schedule, there), there);
  EXPECT_EQ(files["_speakers/ann.md"], "---\nname: Ann Ash\nuid: p-1\n---\nOne.\n");
  EXPECT_THAT(files["_speakers/ann-ash.md"], HasSubstr("uid: p-2"));
  EXPECT_TRUE(plan_of(schedule, files).files.empty());
}

TEST(ImportPlan, TakesOddSessionsThatAreThere) {
  for (const char* odd :
       {"slots: []", "slots: 5", "slots: [1]", "start: soon", "uid: [1]", "title: 7"}) {
    const Files there = {{"_schedule/a.md", std::string("---\n") + odd + "\n---\n"}};
    Plan plan = plan_of(schedule_of({session("A", "2021-05-13T10:00:00Z", "", "u-1")}), there);
    EXPECT_TRUE(plan.sessions[0].is_new) << odd;
  }
}

TEST(ImportPlan, RefusesToEditWhatCannotBeRead) {
  auto broken = read_there(**storage::make_memory_snapshot(Files{{"_data/event.yml", "a: [\n"}}));
  ASSERT_FALSE(broken);
  EXPECT_THAT(broken.error().message, HasSubstr("_data/event.yml"));
  auto there = read_there(
      **storage::make_memory_snapshot(Files{{"_schedule/a.md", "---\ntitle: [\n---\n"}}));
  ASSERT_TRUE(there);
  EXPECT_TRUE(plan_import(schedule_of({session("A", "", "")}), *there));
}

TEST(ImportReport, ShowsSessionsByTimeAndDoubtsFirst) {
  Schedule schedule = read_page(
      "All times UTC\n## 3 May 2021\n| 1-2PM | Ropes |\n## 2 May 2021\n| 10-12AM | Knots |\n"
      "| 12-1PM | Oars |\n## 4 May 2021\n| 9-10 | Sails |\n",
      "page.md",
      {});
  Plan plan = plan_of(schedule, {});
  std::string table = table_text(schedule, plan);
  EXPECT_LT(table.find("Knots"), table.find("Ropes"));
  EXPECT_LT(table.find("Ropes"), table.find("Sails"));
  EXPECT_THAT(table, HasSubstr("2021-05-03  13:00-14:00 UTC"));
  EXPECT_THAT(table, HasSubstr("_schedule/ropes.md (new)"));
  EXPECT_THAT(table, HasSubstr("4 sessions, 0 speakers, times in Etc/UTC"));
  std::string findings = findings_text(schedule.findings, "page.md");
  EXPECT_TRUE(findings.starts_with("page.md:8:3: doubt: '9-10' can be 09:00 to 10:00 or "))
      << findings;
  EXPECT_THAT(findings, HasSubstr("page.md:5:3: assumed: '10-12AM' as it is written does not fit"));
  EXPECT_EQ(count_of(schedule.findings, Finding::Kind::kDoubt), 1u);
}

}  // namespace
}  // namespace stet::schedule_import
