#include "cms/schedule_import/own_export.h"

#include <gtest/gtest.h>

#include "cms/schedule/formats/plain.h"
#include "cms/schedule_import/read_calendar.h"
#include "cms/schedule_import/read_csv.h"
#include "cms/schedule_import/read_xml.h"
#include "tests/cms/schedule_import/shown.h"

namespace stet::schedule_import {
namespace {

TEST(OwnExport, AnAddressNamesAFile) {
  const std::pair<const char*, const char*> cases[] = {
      {"https://example.org/days/schedule/opening/", "opening"},
      {"/schedule/opening.html", "opening"},
      {"/schedule/opening/index.html?x#y", "opening"},
      {"https://example.org/schedule/schedule/day1/opening/", "day1/opening"},
      {"/schedule/%D0%B6/", "ж"},
      {"/schedule/../../etc/passwd", ""},
      {"/schedule/%2E%2E/x/", ""},
      {"/schedule/_x/", ""},
      {"/schedule/x~/", ""},
      {"/schedule/a//b", ""},
      {"/schedule/%ff/", ""},
      {"/schedule/a%00b/", ""},
      {"/schedule/", ""},
      {"/talks/opening/", ""},
      {"", ""}};
  for (const auto& [url, page] : cases) EXPECT_EQ(page_in_url(url, "schedule"), page) << url;
  EXPECT_EQ(page_in_url("/speakers/ada/", "speakers"), "ada");
}

TEST(OwnExport, ATextIsEscapedWhereMarkdownWouldReadMore) {
  const std::pair<const char*, const char*> cases[] = {
      {"Plain words, 10.5 of them.", "Plain words, 10.5 of them."},
      {"one\ntwo\n\n\nthree\n", "one  \ntwo\n\nthree"},
      {"# a\n1. b\n2) c\n- d\n+ e\n: f\n> g\n=",
       "\\# a  \n1\\. b  \n2\\) c  \n\\- d  \n\\+ e  \n"
       "\\: f  \n\\> g  \n\\="},
      {"*a* _b_ c_d `e` [f](g) | $h$", "\\*a\\* \\_b\\_ c_d \\`e\\` \\[f](g) \\| \\$h\\$"},
      {"\"x\" it's -- ... >> a-b", "\\\"x\\\" it\\'s \\-\\- \\.\\.\\. \\>\\> a-b"},
      {"<b> &amp; a & b ~c~ {: x} {{y}}", "\\<b> &amp;amp; a & b &#126;c&#126; \\{: x} {{y}}"},
      {"^", "&#94;"},
      {"http://x.y/a_b http://x.y/*", "http://x.y/a_b http&#58;//x.y/\\*"},
      {"www.x.y/a*", "www&#46;x.y/a\\*"}};
  for (const auto& [text, markdown] : cases) EXPECT_EQ(markdown_of_text(text), markdown);
}

TEST(OwnExport, TextsOfOneWordingAreTheSame) {
  EXPECT_TRUE(is_same_wording("A *b* \"c\" -- [d](e)\n\n- f", "A b “c” – d\nf", false));
  EXPECT_FALSE(is_same_wording("A b", "A c", false));
  EXPECT_FALSE(is_same_wording("A b", "Ann\n\nA b", false));
  EXPECT_TRUE(is_same_wording("A b", "Ann\n\nA b", true));
}

TEST(OwnExport, DaysWithoutSessionsAreTheEvents) {
  auto read = [](const std::string& days) {
    auto schedule = read_xml(
        "<schedule><generator name='stet'/><conference><title>x</title><time_zone_name>UTC"
        "</time_zone_name><start>2020-10-01</start><end>2020-10-31</end></conference>" +
            days + "</schedule>",
        {});
    EXPECT_TRUE(schedule);
    std::string text = schedule->start ? iso_date(*schedule->start) : "-";
    return text + " " + (schedule->end ? iso_date(*schedule->end) : "-");
  };
  const std::string busy = "'><room name='A'><event><title>T</title></event></room></day>";
  EXPECT_EQ(read("<day date='2020-10-12" + busy + "<day date='2020-10-13" + busy),
            "2020-10-12 2020-10-13");
  EXPECT_EQ(read("<day date='2020-10-12" + busy + "<day date='2020-10-15" + busy), "- -");
  EXPECT_EQ(
      read("<day date='2020-10-12" + busy + "<day date='2020-10-15'/><day date='2020-10-16" + busy),
      "2020-10-15 2020-10-16");
  EXPECT_EQ(read(""), "- -");
}

// What only says that it is ours gets no more by it than escaped text.
TEST(OwnExport, WhoPretendsGetsNothingThatRuns) {
  auto schedule = read_calendar(
      "BEGIN:VCALENDAR\nPRODID:-//stet//Schedule//EN\nBEGIN:VEVENT\nSUMMARY:x\n"
      "DESCRIPTION:<script>alert(1)</script> [a](javascript:b) {: onclick=c}\n"
      "URL:https://example.org/schedule/../../_config/\nDTSTART:20201012T100000Z\nEND:VEVENT\n",
      {});
  ASSERT_TRUE(schedule);
  EXPECT_EQ(schedule->sessions[0].description,
            "\\<script>alert(1)\\</script> \\[a](javascript:b) \\{: onclick=c}");
  EXPECT_EQ(schedule->sessions[0].page, "");
}

TEST(OwnExport, NamesInOneCellComeBackWhateverIsInThem) {
  const std::vector<std::vector<std::string>> kCases = {
      {"Ada"},
      {"Ada", "Grace, of the harbour"},
      {"&amp; \u05e9", "=1", "&amp; {{x}}"},
      {"a; b", ";", "c\\; d", "\\"},
  };
  for (const auto& names : kCases) {
    EXPECT_EQ(schedule::names_of_csv(schedule::csv_names(names), 10), names);
  }
  EXPECT_EQ(schedule::csv_names({"Ada", "Grace, of the harbour"}), "Ada; Grace, of the harbour");
  EXPECT_EQ(schedule::names_of_csv("a; b; c; d", 2).size(), 3u) << "one more than may be";
  EXPECT_TRUE(schedule::names_of_csv("", 2).empty());
}

}  // namespace
}  // namespace stet::schedule_import
