#include "cms/schedule/speaker.h"

#include "cms/liquid/member.h"
#include "tests/cms/site/made_site.h"

namespace stet::schedule {
namespace {

struct Read {
  Speaker speaker;
  std::string faults;
};

Read speaker_of(const std::string& available) {
  site::MadeSite site({{"_data/speaker.yml", "name: Ada\navailable: " + available + "\n"}});
  Event event;
  event.zone = *TimeZone::find("America/New_York");
  const liquid::Value* data = site->data()->hash().find("speaker");
  Faults faults;
  Read read;
  read.speaker = read_speaker([&](std::string_view key) { return liquid::member_of(*data, key); },
                              "_speakers/ada.md",
                              event,
                              faults);
  for (const Fault& fault : faults) read.faults += fault.pointer + " " + fault.message + "\n";
  return read;
}

std::string shown(const Speaker& speaker) {
  std::string text;
  for (const Interval& when : speaker.available) {
    text += iso_instant({when.start}) + " " + iso_instant({when.end}) + "\n";
  }
  return text;
}

TEST(Speaker, IsAvailableOnDaysAndBetweenTimes) {
  struct {
    std::string yaml, out;
  } cases[] = {
      {"[2020-10-12]", "2020-10-12T04:00:00Z 2020-10-13T04:00:00Z\n"},
      // The day on which the clock is set back has 25 hours.
      {"[2020-11-01]", "2020-11-01T04:00:00Z 2020-11-02T05:00:00Z\n"},
      {"[2020-10-13, '2020-10-12']", "2020-10-12T04:00:00Z 2020-10-14T04:00:00Z\n"},
      {"[{from: 2020-10-12T09:00, until: 2020-10-12T10:00}, "
       "{from: 2020-10-12T09:30, until: 2020-10-12T12:00}, 2020-10-14]",
       "2020-10-12T13:00:00Z 2020-10-12T16:00:00Z\n2020-10-14T04:00:00Z 2020-10-15T04:00:00Z\n"},
  };
  for (const auto& c : cases) {
    Read read = speaker_of(c.yaml);
    EXPECT_EQ(shown(read.speaker), c.out) << c.yaml;
    EXPECT_EQ(read.faults, "") << c.yaml;
    EXPECT_TRUE(read.speaker.is_limited);
  }
}

TEST(Speaker, WhoSaysNothingThatCanBeReadAlwaysCan) {
  struct {
    std::string yaml, faults;
  } cases[] = {
      {"~", ""},
      {"always", "/available available is a list of days, such as [2020-10-12]\n"},
      {"[soon]",
       "/available/0 say a day, or from when until when: {from: 2020-10-12T09:00, until: ...}\n"},
      {"[{from: 2020-10-12T09:00, until: 2020-10-12T08:00}]",
       "/available/0/until this is not after from\n"},
      {"[{from: nine, until: 2020-10-12T08:00}]",
       "/available/0/from this is no time; write it as 2020-10-12T10:00\n"},
      {"[{from: 2020-03-08T01:00, until: 2020-03-08T02:30}]",
       "/available/0/until this does not exist in America/New_York: the clock is set forward over "
       "it\n"},
  };
  for (const auto& c : cases) {
    Read read = speaker_of(c.yaml);
    EXPECT_EQ(read.faults, c.faults) << c.yaml;
    EXPECT_FALSE(read.speaker.is_limited);
    EXPECT_TRUE(is_available(read.speaker, {0, 1}));
  }
}

TEST(Speaker, CanWhereAllOfTheTimeIsTheirs) {
  Speaker speaker{"ada", true, {{100, 200}, {300, 400}}};
  struct {
    Interval when;
    bool is_available;
  } cases[] = {{{100, 200}, true},
               {{150, 160}, true},
               {{99, 150}, false},
               {{150, 201}, false},
               {{150, 350}, false},
               {{200, 300}, false},
               {{300, 301}, true},
               {{400, 401}, false},
               {{0, 1}, false}};
  for (const auto& c : cases) {
    EXPECT_EQ(is_available(speaker, c.when), c.is_available) << c.when.start << " " << c.when.end;
  }
}

}  // namespace
}  // namespace stet::schedule
