#include <gtest/gtest.h>

#include "cms/liquid/convert.h"
#include "cms/liquid/filters/date_fields.h"
#include "cms/liquid/filters/moment.h"
#include "cms/liquid/filters/strftime.h"
#include "cms/liquid/filters/time_parser.h"
#include "tests/cms/liquid/filters/table.h"

namespace stet::liquid {
namespace {

struct Format {
  std::string_view format;
  std::string_view expected;
};

TEST(Strftime, PrintsATimeAsRubyDoes) {
  const Time time{.seconds = 1'533'290'407, .nanoseconds = 5'060'000, .offset_seconds = 7200};
  const Format rows[] = {
      {"%Y-%m-%d %H:%M:%S", "2018-08-03 12:00:07"},
      {"%A %a %^a %B %b %#B %h", "Friday Fri FRI August Aug AUGUST Aug"},
      {"%C %y %j %e %-d %_d %03d %-m", "20 18 215  3 3  3 003 8"},
      {"%I %l %k %p %P %#p", "12 12 12 PM pm pm"},
      {"%L %N %3N %6N %12N", "005 005060000 005 005060 005060000000"},
      {"%z %:z %::z %:::z %10z %_10z %-z",
       "+0200 +02:00 +02:00:00 +02 +000000200       +200 +0200"},
      {"%s %u %w %G %g %V %U %W", "1533290407 5 5 2018 18 31 30 31"},
      {"%c|%D|%F|%v|%x|%X|%r|%R|%T",
       "Fri Aug  3 12:00:07 2018|08/03/18|2018-08-03| 3-AUG-2018|08/03/18|12:00:07|12:00:07 "
       "PM|12:00|12:00:07"},
      {"%10Y|%-y|%_5S|%010A|%-10A|%^10b", "0000002018|18|    7|0000Friday|Friday|       AUG"},
      {"%%|%n|%t|%5%", "%|\n|\t|    %"},
      {"%Ey %Od %Ez", "18 03 %Ez"},
      {"%10c", "Fri Aug  3 12:00:07 2018"},
      {"%30c|%-30c", "      Fri Aug  3 12:00:07 2018|Fri Aug  3 12:00:07 2018"},
      {"%Q %+ %i", "%Q %+ %i"},
      {"%:Y %5-d", "%:Y %5-d"},
      {"%", "%"},
      {"100%", "100%"},
      {"%-", "%-"},
      {"%5000d", "%5000d"},
      {"é%Y", "é2018"},
      {"", ""},
  };
  for (const Format& row : rows) {
    EXPECT_EQ(strftime(row.format, time, ""), row.expected) << row.format;
  }
  EXPECT_EQ(strftime("%Z %#Z %6Z", time, "CEST"), "CEST cest   CEST");
}

// A word before it takes the short way from a text: the patterns must find the same.
TEST(DateFields, OfPlainTextAreThoseThatThePatternsFind) {
  for (std::string text : {"2020-01-05",
                           "0099-12-31",
                           "2020-01-05 10:20",
                           "2020-01-05T10:20:30",
                           "2020-01-05 10:20:30.125",
                           "2020-01-05 10:20:30 +0200",
                           "2020-01-05 10:20:30 -03:30",
                           "2020-01-05T10:20:30Z",
                           "2020-01-05T10:20:30.5+05:30",
                           "2020-01-05 10:20 UTC",
                           "2020-99-99 99:99:99"}) {
    EXPECT_EQ(find_date_fields(text), find_date_fields("on " + text)) << text;
    EXPECT_TRUE(find_date_fields(text).year) << text;
  }
  DateFields fields = find_date_fields("2020-01-05 10:20:30.125 +0200");
  EXPECT_EQ(fields.hour, 10);
  EXPECT_EQ(fields.nanoseconds, 125'000'000);
  EXPECT_EQ(fields.zone, "+0200");
}

TEST(Strftime, PrintsADateAsRubyDoes) {
  const Date date{.year = 2020, .month = 1, .day = 5};
  const Format rows[] = {
      {"%F %T %z %Z", "2020-01-05 00:00:00 +0000 +00:00"},
      {"%+", "Sun Jan  5 00:00:00 +00:00 2020"},
      {"%Q", "1578182400000"},
      {"%U %W %V %G", "01 00 01 2020"},
      {"%v", " 5-JAN-2020"},
      {"%c", "Sun Jan  5 00:00:00 2020"},
  };
  for (const Format& row : rows) EXPECT_EQ(strftime(row.format, date), row.expected) << row.format;
}

TEST(Strftime, PrintsYearsBeforeTheFirstAndBeyondTheFourthDigit) {
  EXPECT_EQ(strftime("%Y %C %y %G|%F", Date{.year = -5, .month = 2, .day = 3}),
            "-0005 -1 95 -0005|-0005-02-03");
  EXPECT_EQ(strftime("%Y %C %y %G|%F", Date{.year = 12020, .month = 1, .day = 1}),
            "12020 120 20 12020|12020-01-01");
}

struct Written {
  std::string_view text;
  std::string_view expected;  // "" where it is no time
};

// In New York, at 2020-10-11 10:20:02 -0400.
constexpr Written kWritten[] = {
    // clang-format off
    {"2020-10-11", "2020-10-11 00:00:00 -0400 EDT"},
    {"2020-10-11 13:20", "2020-10-11 13:20:00 -0400 EDT"},
    {"2020-10-11t13:20:02z", "2020-10-11 13:20:02 +0000 UTC"},
    {"2020-10-11t13:20:02.123+02:00", "2020-10-11 13:20:02.123000000 +0200 "},
    {"2020-10-11 13:20:02 -0500", "2020-10-11 13:20:02 -0500 "},
    {"sun, 11 oct 2020 10:00:00 gmt", "2020-10-11 10:00:00 +0000 "},
    {"sun, 11 oct 2020 10:00:00 +0000", "2020-10-11 10:00:00 +0000 "},
    {"october 11, 2020", "2020-10-11 00:00:00 -0400 EDT"},
    {"oct 11, 2020 10:30 pm", "2020-10-11 22:30:00 -0400 EDT"},
    {"11 oct 2020", "2020-10-11 00:00:00 -0400 EDT"},
    {"11th october 2020", "2020-10-11 00:00:00 -0400 EDT"},
    {"2020/10/11 10:00 pm", "2020-10-11 22:00:00 -0400 EDT"},
    {"10/11/2020", "2020-11-10 00:00:00 -0500 EST"},
    {"11.10.2020", "2020-10-11 00:00:00 -0400 EDT"},
    {"2020.10.11", "2020-10-11 00:00:00 -0400 EDT"},
    {"10:00", "2020-10-11 10:00:00 -0400 EDT"},
    {"10:30:15 pm", "2020-10-11 22:30:15 -0400 EDT"},
    {"3pm", "2020-10-11 15:00:00 -0400 EDT"},
    {"march", "2020-03-01 00:00:00 -0500 EST"},
    {"march 2020", "2020-03-01 00:00:00 -0500 EST"},
    {"mar 5", "2020-03-05 00:00:00 -0500 EST"},
    {"5 mar", "2020-03-05 00:00:00 -0500 EST"},
    {"may the force", "2020-05-01 00:00:00 -0400 EDT"},
    {"not a date", ""},
    {"hello 5", ""},
    {"see page 5", ""},
    {"the 3rd", "2020-10-03 00:00:00 -0400 EDT"},
    {"monday", ""},
    {"mon 3:00", "2020-10-11 03:00:00 -0400 EDT"},
    {"20201011t132002z", "2020-10-11 13:20:02 +0000 UTC"},
    {"20201011", "2020-10-11 00:00:00 -0400 EDT"},
    {"20201011132002", "2020-10-11 13:20:02 -0400 EDT"},
    {"201011", "2020-10-11 00:00:00 -0400 EDT"},
    {"1011", "2020-10-11 00:00:00 -0400 EDT"},
    {"123", "2020-05-02 00:00:00 -0400 EDT"},
    {"2020-123", "2020-05-02 00:00:00 -0400 EDT"},
    {"2020123", "2020-05-02 00:00:00 -0400 EDT"},
    {"12345", "2012-12-10 00:00:00 -0500 EST"},
    {"2020-w41-7", ""},
    {"2020-10", ""},
    {"2020", ""},
    {"'20", "2020-01-01 00:00:00 -0500 EST"},
    {"'05 mar", "2005-03-01 00:00:00 -0500 EST"},
    {"mar '05", "2005-03-01 00:00:00 -0500 EST"},
    {"5 mar 99", "1999-03-05 00:00:00 -0500 EST"},
    {"5 mar 69", "1969-03-05 00:00:00 -0500 EST"},
    {"5 mar 68", "2068-03-05 00:00:00 -0500 EST"},
    {"11-oct-2020", "2020-10-11 00:00:00 -0400 EDT"},
    {"11-oct-20 10:00", "2020-10-11 10:00:00 -0400 EDT"},
    {"oct-11-2020", "2020-10-11 00:00:00 -0400 EDT"},
    {"2020-oct-11", "2020-10-11 00:00:00 -0400 EDT"},
    {"sat aug 28 02:55:00 +09:99 1999", "1999-08-28 02:55:00 +1039 "},
    {"h31.04.30", "2019-04-30 00:00:00 -0400 EDT"},
    {"--10-11", "2020-10-11 00:00:00 -0400 EDT"},
    {"--1011", "2020-10-11 00:00:00 -0400 EDT"},
    {"-2020-10-11", "-2020-10-11 00:00:00 -0456 LMT"},
    {"10 bc", "2020-10-10 00:00:00 -0400 EDT"},
    {"jan 5 50 bc", "-0049-01-05 00:00:00 -0456 LMT"},
    {"2020-10-11 24:00", "2020-10-12 00:00:00 -0400 EDT"},
    {"2020-10-11 25:00", ""},
    {"2020-02-31", "2020-03-02 00:00:00 -0500 EST"},
    {"2020-13-01", ""},
    {"2020-10-32", ""},
    {"12:61", ""},
    {"10:00:60", "2020-10-11 10:01:00 -0400 EDT"},
    {"2020-10-11 10:00 est", "2020-10-11 10:00:00 -0500 "},
    {"2020-10-11 10:00 pdt", "2020-10-11 10:00:00 -0700 "},
    {"2020-10-11 10:00 a", "2020-10-11 10:00:00 +0100 "},
    {"2020-10-11 10:00 cest", "2020-10-11 10:00:00 -0400 EDT"},
    {"2020-10-11 10:00 pacific standard time", "2020-10-11 10:00:00 -0400 EDT"},
    {"2020-03-08 02:30", "2020-03-08 03:30:00 -0400 EDT"},
    {"2020-11-01 01:30", "2020-11-01 01:30:00 -0500 EST"},
    {"2020-07-01 10:00 edt", "2020-07-01 10:00:00 -0400 EDT"},
    {"2020-10-11 10:00 utc", "2020-10-11 10:00:00 +0000 UTC"},
    {"2020-10-11 10:00 -0000", "2020-10-11 10:00:00 +0000 UTC"},
    {"2020-10-11 10:00 +05:30", "2020-10-11 10:00:00 +0530 "},
    {"2020-10-11 10:00 gmt+2", "2020-10-11 10:00:00 -0400 EDT"},
    {"2020-10-11 10h30m", "2020-10-11 10:30:00 -0400 EDT"},
    {"10h", "2020-10-11 10:00:00 -0400 EDT"},
    {"2020-10-11 10:00:01.5", "2020-10-11 10:00:01.500000000 -0400 EDT"},
    {"2020-10-11 10:00:01,75", "2020-10-11 10:00:01.750000000 -0400 EDT"},
    {"101112.5", "2020-10-11 10:11:12.500000000 -0400 EDT"},
    {"10:00 2020-10-11", "2020-10-11 10:00:00 -0400 EDT"},
    {"5 10:00", "2020-10-05 10:00:00 -0400 EDT"},
    {"oct 2020 10:00", "2020-10-01 10:00:00 -0400 EDT"},
    {" 2020-10-11 ", "2020-10-11 00:00:00 -0400 EDT"},
    {"2020-10-11 and more", "2020-10-11 00:00:00 -0400 EDT"},
    {"v1.2.3", "2001-02-03 00:00:00 -0500 EST"},
    {"1.2", ""},
    {"1.2.3", "2001-02-03 00:00:00 -0500 EST"},
    {"1/2", "2020-01-02 00:00:00 -0500 EST"},
    {"1/2/3", "2001-02-03 00:00:00 -0500 EST"},
    {"2020/1", "2020-01-01 00:00:00 -0500 EST"},
    {"31/12/2020", "2020-12-31 00:00:00 -0500 EST"},
    {"12/31/2020", ""},
    {"99/12/31", "1999-12-31 00:00:00 -0500 EST"},
    {"thursday, december 25, 1975, 14:15:16.123", "1975-12-25 14:15:16.123000000 -0500 EST"},
    {"1 jan 1", "2001-01-01 00:00:00 -0500 EST"},
    {"a", ""},
    {"1", ""},
    {"12", "2020-10-12 00:00:00 -0400 EDT"},
    {"-5", ""},
    {"+5", ""},
    {"2020-10-11t13:20:02-0800", "2020-10-11 13:20:02 -0800 "},
    {"2020年10月11日", ""},
    {"aug 23, 2020", "2020-08-23 00:00:00 -0400 EDT"},
    {"23:59:59 feb 29", "2020-10-29 23:59:59 -0400 EDT"},
    {"feb 30", "2020-03-01 00:00:00 -0500 EST"},
    {"2020-10-11 10:00 am", "2020-10-11 10:00:00 -0400 EDT"},
    {"12am", "2020-10-11 00:00:00 -0400 EDT"},
    {"12 pm", "2020-10-11 12:00:00 -0400 EDT"},
    {"0:00", "2020-10-11 00:00:00 -0400 EDT"},
    {"1:2:3", "2020-10-11 01:02:03 -0400 EDT"},
    {"sept 5 2020", "2020-09-05 00:00:00 -0400 EDT"},
    {"septembre 2020", "2020-09-01 00:00:00 -0400 EDT"},
    {"janvier 5", "2020-01-05 00:00:00 -0500 EST"},
    {"11 octobre 2020", "2020-10-11 00:00:00 -0400 EDT"},
    {"2020-10-11 noon", "2020-10-11 00:00:00 -0400 EDT"},
    {"10 oct", "2020-10-10 00:00:00 -0400 EDT"},
    {"oct 2020 5", "2020-10-05 00:00:00 -0400 EDT"},
    {"5th", "2020-10-05 00:00:00 -0400 EDT"},
    {"22nd jan", "2020-01-22 00:00:00 -0500 EST"},
    {"2020 oct 11", "2020-10-11 00:00:00 -0400 EDT"},
    {"2020 oct", "2020-10-01 00:00:00 -0400 EDT"},
    {"2020, oct 11", "2020-10-11 00:00:00 -0400 EDT"},
    {"w41", ""},
    {"2020w417", ""},
    {"tomorrow", ""},
    {"yesterday", ""},
    {"august", "2020-08-01 00:00:00 -0400 EDT"},
    {"'", ""},
    {"-", ""},
    {"12-25", ""},
    {"12-25-2020", ""},
    {"25-12-2020", "2020-12-25 00:00:00 -0500 EST"},
    {"1-2-3", "2001-02-03 00:00:00 -0500 EST"},
    {"01-02-2003 04:05", "2003-02-01 04:05:00 -0500 EST"},
    {"date: 2020-10-11", "2020-10-11 00:00:00 -0400 EDT"},
    {"2020-10-11t13", "2020-10-11 00:00:00 -0400 EDT"},
    {"2020-10-11t1320", "2020-10-11 00:00:00 -0400 EDT"},
    {"20201011t1320", "2020-10-11 13:20:00 -0400 EDT"},
    {"20201011 1320", "2020-10-11 13:20:00 -0400 EDT"},
    {"20201011t132002.25", "2020-10-11 13:20:02.250000000 -0400 EDT"},
    {"132002.25z", "2020-10-11 13:20:02.250000000 +0000 UTC"},
    {"[2020]", ""},
    {"10.30", "2020-10-11 10:20:10.300000000 -0400 EDT"},
    {"10:30.5", "2020-10-11 10:30:00 -0400 EDT"},
    // clang-format on
};

TEST(TimeParser, ReadsWhatRubysTimeParseReads) {
  const TimeZone zone = TimeZone::find("America/New_York").value();
  const Time now{.seconds = 1'602'426'002};
  for (const Written& row : kWritten) {
    auto parsed = parse_time(row.text, zone, now);
    std::string shown;
    if (parsed) {
      const Time& time = parsed->time;
      std::string_view format = time.nanoseconds == 0 ? "%F %T %z %Z" : "%F %T.%N %z %Z";
      shown = strftime(format, time, abbreviation_of(time, zone));
    }
    EXPECT_EQ(shown, row.expected) << row.text;
  }
}

TEST(TimeParser, SaysWhetherThePresentWasNeeded) {
  const Time now{.seconds = 1'602'426'002};
  EXPECT_FALSE(parse_time("March 2020", TimeZone(), now)->is_relative);
  EXPECT_FALSE(parse_time("2020-10-11 10:00", TimeZone(), now)->is_relative);
  EXPECT_TRUE(parse_time("10:00", TimeZone(), now)->is_relative);
  EXPECT_TRUE(parse_time("11 Oct", TimeZone(), now)->is_relative);
}

TEST(TimeParser, RefusesLongAndHostileText) {
  const Time now{.seconds = 1'602'426'002};
  EXPECT_FALSE(parse_time(std::string(129, '1'), TimeZone(), now).has_value());
  for (std::string_view piece : {"1:", "a.", "-", "'", "1 jan ", "99999999999", "\xff", "[1"}) {
    std::string text;
    while (text.size() + piece.size() <= 128) text += piece;
    parse_time(text, TimeZone(), now);  // ends, and soundly
  }
}

TEST(DateFilters, FormatTimesDatesTextAndSeconds) {
  bench::check({
      {"date", R"("2018-08-03")", R"(["%b %-d, %Y"])", R"("Aug 3, 2018")"},
      {"date", "1533290400", R"(["%F %T %Z"])", R"("2018-08-03 10:00:00 UTC")"},
      {"date", R"("1533290400")", R"(["%F"])", R"("2018-08-03")"},
      {"date", R"("-5")", R"(["%F"])", R"("-5")"},
      {"date", "-5", R"(["%F %T"])", R"("1969-12-31 23:59:55")"},
      {"date", R"("99999999999999999999")", R"(["%F"])", R"("99999999999999999999")"},
      {"date", R"("not a date")", R"(["%F"])", R"("not a date")"},
      {"date", R"("2018-08-03")", R"([""])", R"("2018-08-03")"},
      {"date", R"("2018-08-03")", "[null]", R"("2018-08-03")"},
      {"date", "null", R"(["%F"])", "nil"},
      {"date", "[1]", R"(["%F"])", "[1]"},
      {"date_to_string", R"("2020-10-11")", "[]", R"("11 Oct 2020")"},
      {"date_to_string", R"("2020-10-11")", R"(["ordinal"])", R"("11th Oct 2020")"},
      {"date_to_string", R"("2020-10-22")", R"(["ordinal", "US"])", R"("Oct 22nd, 2020")"},
      {"date_to_long_string", R"("2020-10-01")", R"(["ordinal", "UK"])", R"("1st October 2020")"},
      {"date_to_long_string", R"("2020-10-03")", R"(["x", "US"])", R"("03 October 2020")"},
      {"date_to_xmlschema", R"("2020-10-11 10:00 +0200")", "[]", R"("2020-10-11T08:00:00+00:00")"},
      {"date_to_rfc822", R"("2020-10-11")", "[]", R"("Sun, 11 Oct 2020 00:00:00 +0000")"},
      {"date_to_rfc822", R"("")", "[]", R"("")"},
      {"date_to_string", "null", "[]", "nil"},
      {"date_to_string", R"("x\"y")", "[]", R"(! Invalid Date: '"x\"y"' is not a valid datetime.)"},
  });
}

TEST(DateFilters, AreInTheSitesZone) {
  bench::CountingContext context;
  context.recording_host.set_zone("America/New_York");
  Value time(Time{.seconds = 1'602'426'002, .is_utc = true});
  Value date(Date{.year = 2020, .month = 7, .day = 4});
  auto show = [&](std::string_view filter, const Value& input, std::string_view argument) {
    std::vector<Value> arguments;
    if (!argument.empty()) arguments.emplace_back(std::string(argument));
    return to_text(bench::run(context, filter, input, arguments).value(), context.host());
  };
  EXPECT_EQ(show("date_to_xmlschema", time, ""), "2020-10-11T10:20:02-04:00");
  EXPECT_EQ(show("date_to_xmlschema", date, ""), "2020-07-04T00:00:00-04:00");
  EXPECT_EQ(show("date_to_rfc822", date, ""), "Sat, 04 Jul 2020 00:00:00 -0400");
  EXPECT_EQ(show("date", time, "%T %Z"), "14:20:02 UTC");
  EXPECT_EQ(show("date", Value(0), "%F %T %Z"), "1969-12-31 19:00:00 EST");
  EXPECT_EQ(show("date", date, "%F %Z"), "2020-07-04 +00:00");
  EXPECT_TRUE(context.recording_host.seen.empty());
}

TEST(DateFilters, SayHowTheyShowedTheLiveInstantAndCanShowAnother) {
  bench::CountingContext context;
  Host& host = context.host();
  Value live = Value::live_time(host.now());
  auto text = [](std::string_view t) { return Value(std::string(t)); };
  bench::run(context, "date", live, {text("%Y: %b")}).value();
  bench::run(context, "date", text("Now"), {text("%F")}).value();
  bench::run(context, "date_to_string", live, {text("ordinal"), text("US")}).value();
  bench::run(context, "date_to_xmlschema", live).value();
  bench::run(context, "date_to_rfc822", text("10:00")).value();
  bench::run(context, "date", text("5 March 2019"), {text("%F")}).value();
  using Seen = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(context.recording_host.seen,
            Seen({{"date:%Y: %b", "2020: Oct"},
                  {"date:%F", "2020-10-11"},
                  {"date_to_string:ordinal,US", "Oct 11th, 2020"},
                  {"date_to_xmlschema:", "2020-10-11T14:20:02+00:00"},
                  {"date_to_rfc822:\x1f"
                   "10:00",
                   "Sun, 11 Oct 2020 10:00:00 +0000"}}));
  const std::vector<std::string> later = {"2021: Oct",
                                          "2021-10-11",
                                          "Oct 11th, 2021",
                                          "2021-10-11T14:20:02+00:00",
                                          "Mon, 11 Oct 2021 10:00:00 +0000"};
  const Time next_year{.seconds = host.now().seconds + 365 * 86'400};
  for (std::size_t i = 0; i < later.size(); ++i) {
    const auto& [how, result] = context.recording_host.seen[i];
    EXPECT_EQ(print_instant(how, host.now(), host.zone()), result);
    EXPECT_EQ(print_instant(how, next_year, host.zone()), later[i]);
  }
  saw(live, host);
  EXPECT_EQ(context.recording_host.seen.back().second, print_instant("", host.now(), host.zone()));
}

TEST(DateFilters, PayForFormatsThatGrow) {
  bench::CountingContext context;
  std::string format;
  while (format.size() < 10'000) format += "%1024Y";
  EXPECT_FALSE(bench::run(context, "date", Value(0), {Value(format)}).has_value());
}

}  // namespace
}  // namespace stet::liquid
