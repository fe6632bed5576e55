// What exports of the whole schedule depend on: one program, however many sessions are in it.

#include <gmock/gmock.h>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {
namespace {

using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::Not;

std::string session(int number, const std::string& minute) {
  return "---\ntitle: S" + std::to_string(number) + "\nstart: 2025-05-01T10:" + minute +
         "\nspeakers: [ann]\nroom: Hall\n---\nText of " + std::to_string(number) + ".\n";
}

std::string path_of(int number) { return "_schedule/s" + std::to_string(number) + ".md"; }

LiveSite::Files site_files(int sessions) {
  LiveSite::Files files = {
      {"_config.yml", "title: Site\n"},
      {"_data/event.yml", "title: M\ntime_zone: Europe/Berlin\nrooms: [Hall, Loft]\n"},
      {"_speakers/ann.md", "---\nname: Ann\n---\n"},
  };
  for (int i = 0; i < sessions; ++i) files[path_of(i)] = session(i, "00");
  return files;
}

// What the making of the export's text has read.
std::vector<std::string> reads_of(LiveSite& site, const std::string& path) {
  Explanation explanation = site.pipeline().explain(path).value();
  return explanation.prints.empty() ? std::vector<std::string>() : explanation.prints[0].reads;
}

TEST(ScheduleExports, EachReadsOneProgram) {
  LiveSite few(site_files(2)), many(site_files(40));
  const std::string with_texts = "program with texts of the schedule";
  const std::string of_all = "program with texts and what was withdrawn of the schedule";
  for (const auto& [path, program] : std::map<std::string, std::string>{
           {"schedule.csv", with_texts},
           {"schedule.ics", of_all},
           {"schedule.json", with_texts},
           {"schedule.txt", "program of the schedule"},
           {"schedule.utc.ics", of_all},
           {"schedule.xml", with_texts},
           {"schedule/changes.xml", "program with what was withdrawn of the schedule"},
           {"schedule/widgets/schedule.json", with_texts}}) {
    std::vector<std::string> reads = reads_of(many, path);
    EXPECT_THAT(reads, Contains(program)) << path;
    EXPECT_THAT(reads, Each(Not(HasSubstr("_schedule/")))) << path;
    EXPECT_EQ(reads.size(), reads_of(few, path).size()) << path;
  }
}

TEST(ScheduleExports, ACalendarOfARoomReadsEachOfItsSessionsOnce) {
  LiveSite few(site_files(2)), many(site_files(40));
  // Of each its talks and its text.
  EXPECT_EQ(reads_of(many, "schedule/rooms/hall.ics").size() -
                reads_of(few, "schedule/rooms/hall.ics").size(),
            2u * 38);
}

TEST(ScheduleExports, WhatNoExportTellsStopsAtTheSession) {
  LiveSite site(site_files(3));
  const std::string before = site.page("schedule.json").value();
  auto published = site.edit(
      {{"_data/event.yml",
        "title: M\ntime_zone: Europe/Berlin\nrooms: [Hall, Loft]\nnote: nobody reads this\n"}});
  std::vector<std::string> exports;
  for (const std::string& path : rendered_paths(published)) {
    if (!path.ends_with(".html")) exports.push_back(path);
  }
  EXPECT_THAT(exports, Not(Contains("schedule.json")));
  EXPECT_THAT(exports, Not(Contains("schedule.ics")));
  EXPECT_EQ(site.page("schedule.json").value(), before);
  EXPECT_EQ(site.pages(), site.from_nothing());
}

// After each: a move, a text, a name, one that goes and comes back, a room's name, all at once.
TEST(ScheduleExports, AfterAnyChangeTheyAreAsFromNothing) {
  LiveSite site(site_files(4));
  const std::vector<LiveSite::Files> steps = {
      {{path_of(1), session(1, "30")}},
      {{path_of(2), session(2, "00") + "More *text*.\n"}},
      {{"_speakers/ann.md", "---\nname: Anna\nuid: anna@example\n---\n"}},
      {{path_of(3), std::nullopt}},
      {{path_of(3), session(3, "45")}},
      {{"_config.yml", "title: Site\nurl: https://site.example\nbaseurl: /days\n"}},
      {{"_data/schedule_releases.yml", "- {version: '0.1'}\n"}},
      {{path_of(0), "---\ntitle: \"S  0\"\nstart: 2025-05-01T10:00\nroom: Hall\n---\n"},
       {"_data/event.yml", "title: N\ntime_zone: Asia/Tokyo\nrooms: [Hall, Attic]\n"}},
      {{"_speakers/ann.md", std::nullopt}},
      {{"_data/event.yml", std::nullopt}},
      {{"_data/event.yml", "title: M\ntime_zone: Europe/Berlin\n"}},
  };
  for (std::size_t i = 0; i < steps.size(); ++i) {
    site.edit(steps[i]);
    ASSERT_EQ(site.pages(), site.from_nothing()) << "step " << i;
    if (i % 4 == 3) site.restart();
    ASSERT_EQ(site.pages(), site.from_nothing()) << "after step " << i;
  }
}

}  // namespace
}  // namespace stet::pipeline
