#include "cms/schedule/schedule_view.h"

#include "cms/schedule/summaries.h"
#include "cms/site/derive.h"
#include "tests/cms/site/made_site.h"
#include "tests/cms/site/plain_view.h"

namespace stet::schedule {
namespace {

using liquid::Type;
using liquid::Value;
using site::page;

// Summaries are made anew for each look.
class ScheduleView final : public site::PlainView {
 public:
  using PlainView::PlainView;
  site::SummaryPtr summary(std::string_view kind, std::string_view subject) override {
    return make_summary(kind, subject, *this);
  }
};

const char kEvent[] =
    "title: Meeting\ntime_zone: America/New_York\nrooms: [{name: Zoom}, {name: Attic}]\n";

site::MadeSite::Files three_days() {
  return {{"_data/event.yml", kEvent},
          {"_schedule/late.md", page("{title: Late, start: 2020-10-12T15:00, room: Attic}")},
          {"_schedule/open.md", page("{title: Open, start: 2020-10-12T09:00, room: Zoom}")},
          {"_schedule/attic.md", page("{title: Above, start: 2020-10-12T09:00, room: Attic}")},
          {"_schedule/b-hall.md", page("{title: B, start: 2020-10-12T09:00, room: Hall}")},
          {"_schedule/a-hall.md", page("{title: A, start: 2020-10-12T09:00, room: Hall}")},
          {"_schedule/z.md", page("{title: First zoom, start: 2020-10-12T09:00, room: Zoom}")},
          {"_schedule/night.md", page("{title: Night, start: 2020-10-13T03:30Z}")},
          {"_schedule/winter.md",
           page("{title: Winter, start: 2020-11-02T10:00, end: 2020-11-02T11:30, "
                "speakers: [ada, nobody]}")},
          {"_schedule/some-day.md", page("title: Some day")},
          {"_schedule/bad.md", page("{title: Bad, start: soon}")},
          {"_speakers/ada.md", page("name: Ada")}};
}

// The schedule's own page is made by stet; here it is made by hand.
Value schedule_of(site::MadeSite& made, ScheduleView& view) {
  auto page = site::generated_document(
      {"schedule/index.html", "/schedule/", "", "", {}}, made->config(), made.names());
  return derived_field(*page, "schedule", view);
}

const Value& at(const Value& value, std::string_view key) { return *value.as_hash().find(key); }

std::string titles(const Value& sessions) {
  std::string text;
  for (const Value& session : sessions.as_array().items) {
    text += (text.empty() ? "" : ", ") + site::show(at(session, "title"));
  }
  return text;
}

TEST(Schedule, DaysHoldSessionsByStartThenRoomThenPath) {
  site::MadeSite made(three_days());
  ScheduleView view(*made.pointer(), made.names());
  Value schedule = schedule_of(made, view);
  EXPECT_EQ(site::show(at(schedule, "title")), "Meeting");
  EXPECT_EQ(site::show(at(schedule, "time_zone")), "America/New_York");
  std::string days;
  for (const Value& day : at(schedule, "days").as_array().items) {
    days += site::show(at(day, "date")) + " " + site::show(at(day, "title")) + " " +
            site::show(at(day, "zone")) + ": " + titles(at(day, "sessions")) + "\n";
  }
  EXPECT_EQ(days,
            "2020-10-12 Monday, October 12 EDT: Open, First zoom, Above, A, B, Late, Night\n"
            "2020-11-02 Monday, November 2 EST: Winter\n");
  EXPECT_EQ(titles(at(schedule, "unscheduled")), "Bad, Some day");
}

TEST(Schedule, ASessionSaysWhenAndWho) {
  site::MadeSite made(three_days());
  ScheduleView view(*made.pointer(), made.names());
  Value winter = derived_field(*made->find_document("_schedule/winter.md"), "session", view);
  struct {
    std::string key, out;
  } cases[] = {
      {"date", "2020-11-02"},
      {"day_title", "Monday, November 2"},
      {"start", "10:00"},
      {"end", "11:30"},
      {"start_iso", "2020-11-02T10:00:00-05:00"},
      {"end_iso", "2020-11-02T11:30:00-05:00"},
      {"zone", "EST"},
      {"time_zone", "America/New_York"},
      {"url", "/schedule/winter/"},
      {"speakers", "[{name: Ada, url: /speakers/ada/}, {name: nobody, url: nil}]"},
  };
  for (const auto& c : cases) EXPECT_EQ(site::show(at(winter, c.key)), c.out) << c.key;
  Value some_day = derived_field(*made->find_document("_schedule/some-day.md"), "session", view);
  EXPECT_EQ(some_day.as_hash().find("start"), nullptr);
}

TEST(Schedule, ASpeakerHasHerSessions) {
  site::MadeSite made(three_days());
  ScheduleView view(*made.pointer(), made.names());
  Value sessions = derived_field(*made->find_document("_speakers/ada.md"), "sessions", view);
  EXPECT_EQ(titles(sessions), "Winter");
}

TEST(Schedule, OtherDocumentsAndKeysHaveNone) {
  auto files = three_days();
  files["_posts/2020-01-01-a.md"] = page();
  site::MadeSite made(files);
  ScheduleView view(*made.pointer(), made.names());
  EXPECT_TRUE(
      derived_field(*made->find_document("_posts/2020-01-01-a.md"), "session", view).is_nil());
  EXPECT_TRUE(derived_field(*made->find_document("_schedule/open.md"), "sessions", view).is_nil());
  EXPECT_TRUE(derived_field(*made->find_document("_speakers/ada.md"), "session", view).is_nil());
}

TEST(Schedule, WithoutAnEventThereIsNone) {
  auto files = three_days();
  files.erase("_data/event.yml");
  site::MadeSite made(files);
  EXPECT_FALSE(made->find_document("_schedule/open.md"));
  made.edit({{"_data/event.yml", kEvent}});
  EXPECT_TRUE(made->find_document("_schedule/open.md"));
  EXPECT_TRUE(made->find_output("schedule/open/index.html"));
}

}  // namespace
}  // namespace stet::schedule
