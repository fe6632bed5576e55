// A programme that people really had: four tables, written by hand, in forty-five commits.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cms/schedule_import/read_page.h"
#include "tests/cms/schedule_import/shown.h"

namespace stet::schedule_import {
namespace {

// The seed that is a programme; "" where there is none.
std::string programme() {
  const char* named = std::getenv("STET_SEEDS");
  std::filesystem::path folder = named ? named : "../shared/seeds";
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    std::ifstream file(entry.path(), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (bytes.find("<table") != bytes.npos) return bytes;
  }
  return "";
}

TEST(SeedPage, HasItsTwelveEntriesAtTheirInstants) {
  std::string bytes = programme();
  if (bytes.empty()) GTEST_SKIP() << "skipped: no programme among the seeds";
  Schedule schedule = read_page(bytes, "programme.md", {});
  std::vector<std::string> times;
  for (const Session& session : schedule.sessions) {
    std::string line = shown(session);
    times.push_back(line.substr(5, 18).erase(11, 4));
  }
  EXPECT_THAT(times,
              testing::ElementsAre("10-12T14:00/16",
                                   "10-12T16:00/17",
                                   "10-12T17:00/18",
                                   "10-13T14:00/15",
                                   "10-13T15:00/16",
                                   "10-13T16:00/17",
                                   "10-13T17:00/18",
                                   "10-14T14:00/16",
                                   "10-14T16:00/17",
                                   "10-15T14:00/16",
                                   "10-15T16:00/17",
                                   "10-15T17:00/18"));
  EXPECT_EQ(iso_instant(Instant{schedule.sessions[6].end->seconds}), "2020-10-13T18:30:00Z");
  EXPECT_EQ(iso_instant(Instant{schedule.sessions[11].end->seconds}), "2020-10-15T18:30:00Z");
  EXPECT_TRUE(told(schedule, Finding::Kind::kDoubt).empty());
  std::vector<int> lines;
  for (const Finding& finding : schedule.findings) lines.push_back(finding.place.line);
  EXPECT_EQ(lines, (std::vector<int>{51, 62, 91, 97, 125, 149, 160, 49}));
  for (const char* part :
       {"'10-11PM'", "'10-12AM'", "'1-2:30'", "EDT (UTC-04:00)", "2020, by the page's title"}) {
    EXPECT_TRUE(tells(schedule, Finding::Kind::kAssumed, part)) << part;
  }
}

}  // namespace
}  // namespace stet::schedule_import
