// Files made to cost time or memory: all of them end, with little.

#include <gtest/gtest.h>

#include <string>

#include "cms/schedule_import/read_calendar.h"
#include "cms/schedule_import/read_csv.h"
#include "cms/schedule_import/read_page.h"
#include "cms/schedule_import/read_xml.h"
#include "tests/cms/schedule_import/shown.h"

namespace stet::schedule_import {
namespace {

std::string many(const std::string& text, std::size_t bytes = 100'000) {
  std::string all;
  while (all.size() < bytes) all += text;
  return all;
}

// Quadratic work on any of these would be minutes.
const char* const kPieces[] = {"<",
                               "<b ",
                               "<b a=\"",
                               "<b a='x' ",
                               "<!--",
                               "<!",
                               "</",
                               "](",
                               "[",
                               "]: ",
                               "&",
                               "&#",
                               "{:",
                               "`",
                               "*",
                               "1",
                               "1.",
                               "|",
                               "| \\|",
                               "<a href=x>",
                               "<h1>",
                               "<table>",
                               "<tr><td>",
                               "<td rowspan=1000 colspan=50>x",
                               "<tr><td rowspan=9>9AM<td rowspan=9>x",
                               "<script>",
                               "<li>",
                               "<ul>",
                               "\n---",
                               "\n**x**",
                               "\n# 3 May",
                               "time a/b/c/d\n",
                               "| 9-10 | x |\n"};

TEST(HostileImport, PagesOfOnePieceEnd) {
  for (const char* piece : kPieces) {
    read_page(many(piece), "x.md", {});
    read_page(
        "All times UTC\n## 3 May 2021\n<table><tr><td>9-10AM</td><td>" + many(piece), "x.md", {});
    read_page("## 3 May 2021\n| 9-10AM | x | " + many(piece), "x.md", {});
  }
}

TEST(HostileImport, TextsAndLinesOfOnePieceEnd) {
  const std::string head = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nDESCRIPTION:";
  for (const char* piece : kPieces) {
    EXPECT_TRUE(read_calendar(head + many(piece) + "\nEND:VEVENT\n", {}));
    read_csv("Title,Description\nx,\"" + many(piece) + "\"\n", "x.csv", {});
    read_csv(many(piece), "x.csv", {});
  }
  for (const char* piece :
       {"BEGIN:VEVENT\n", "BEGIN:VTIMEZONE\n", ";A=", "X;A=\"", "\n ", "END:X\n"}) {
    (void)read_calendar("BEGIN:VCALENDAR\n" + many(piece), {});
  }
}

TEST(HostileImport, ThereAreOnlySoManySessionsAndFindings) {
  std::string csv = "Title,Start\n";
  for (std::size_t i = 0; i < kSessionsMax + 10; ++i) csv += "x" + std::to_string(i) + ",never\n";
  Schedule schedule = read_csv(csv, "x.csv", {});
  EXPECT_EQ(schedule.sessions.size(), kSessionsMax);
  EXPECT_EQ(schedule.findings.size(), kFindingsMax);
  EXPECT_EQ(schedule.findings.back().message, "there is more to tell than is told here");
}

TEST(HostileImport, WideAndDeepXmlEnds) {
  EXPECT_FALSE(read_xml("<schedule><conference>" + many("<x/>"), {}));
  EXPECT_FALSE(read_xml(many("<x>"), {}));
  EXPECT_FALSE(read_xml(std::string(kFileBytesMax + 1, ' '), {}));
  auto wide =
      read_xml("<schedule><conference/><day><room><event><title>x</title><persons>" +
                   many("<person>A</person>") + "</persons></event></room></day></schedule>",
               {});
  ASSERT_TRUE(wide);
  EXPECT_EQ(wide->speakers.size(), 1u);
}

TEST(HostileImport, YearsOfNobodyAreNoTimes) {
  auto schedule = read_calendar(
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nDTSTART:99991231T235959Z\nDURATION:P90D\nEND:"
      "VEVENT\n",
      {});
  ASSERT_TRUE(schedule);
  EXPECT_EQ(shown(*schedule), (std::vector<std::string>{"- x"}));
}

}  // namespace
}  // namespace stet::schedule_import
