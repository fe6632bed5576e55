#include "cms/schedule/session.h"

#include "cms/liquid/member.h"
#include "cms/schedule/session_filter.h"
#include "cms/schedule/uid.h"
#include "tests/cms/site/made_site.h"

namespace stet::schedule {
namespace {

std::string read(const liquid::Value& value, const char* zone = "America/New_York") {
  std::string message;
  auto time = read_session_time(value, *TimeZone::find(zone), message);
  return time ? iso_time(*time) : message;
}

TEST(SessionTime, IsAWallTimeOfTheEventOrHasAnOffset) {
  const std::string no_time = "is no time; write it as 2020-10-12T10:00";
  struct {
    std::string text, out;
  } cases[] = {
      {"2020-10-12T10:00", "2020-10-12T10:00:00-04:00"},
      {"2020-12-12T10:00", "2020-12-12T10:00:00-05:00"},
      {"2020-10-12 10:00", "2020-10-12T10:00:00-04:00"},
      {"2020-10-12T10:00:30", "2020-10-12T10:00:30-04:00"},
      {"2020-10-12T10:00Z", "2020-10-12T06:00:00-04:00"},
      {"2020-10-12T10:00+02:00", "2020-10-12T04:00:00-04:00"},
      {"2020-11-01T05:30Z", "2020-11-01T01:30:00-04:00"},
      {"2020-11-01T06:30Z", "2020-11-01T01:30:00-05:00"},
      // The clock is set back: the first of the two half past ones is meant.
      {"2020-11-01T01:30", "2020-11-01T01:30:00-04:00"},
      // The clock is set forward from two to three.
      {"2020-03-08T02:30", "does not exist in America/New_York: the clock is set forward over it"},
      {"2020-03-08T03:00", "2020-03-08T03:00:00-04:00"},
      {"2020-03-08T01:59", "2020-03-08T01:59:00-05:00"},
      {"2020-11-01 01:30 -05:00", "2020-11-01T01:30:00-05:00"},
      {"2020-11-01T01:30 -04:00", "2020-11-01T01:30:00-04:00"},
      {"2020-11-01 05:30 Z", "2020-11-01T01:30:00-04:00"},
      {"2020-11-01 01:30 05:00", no_time},
      {"10:00", no_time},
      {"2020-13-12T10:00", no_time},
      {"2020-10-12T25:00", no_time},
      {"", no_time},
  };
  for (const auto& c : cases) EXPECT_EQ(read(liquid::Value(c.text)), c.out) << c.text;
  EXPECT_EQ(read(liquid::Value()), no_time);
  EXPECT_EQ(read(liquid::Value(7)), no_time);
}

// YAML reads a full timestamp for a time of its own.
TEST(SessionTime, OfYamlIsAWallTimeWhereItNamesNoZone) {
  Time bare{.seconds = seconds_as_utc({{2020, 10, 12}, 10, 0, 0}), .is_utc = true};
  EXPECT_EQ(read(liquid::Value(bare)), "2020-10-12T10:00:00-04:00");
  Time offset{.seconds = seconds_as_utc({{2020, 10, 12}, 8, 0, 0}), .offset_seconds = 7200};
  EXPECT_EQ(read(liquid::Value(offset)), "2020-10-12T04:00:00-04:00");
  EXPECT_EQ(read(liquid::Value(bare), "Asia/Kolkata"), "2020-10-12T10:00:00+05:30");
}

struct Read {
  Session session;
  std::string faults;
};

Read session_of(const std::string& yaml, const std::string& event_yaml = "") {
  site::MadeSite site({{"_data/event.yml", "title: E\ntime_zone: America/New_York\n" + event_yaml},
                       {"_data/session.yml", yaml}});
  Problems ignored;
  Event event = read_event(*site->data()->hash().find("event"), ignored);
  const liquid::Value* data = site->data()->hash().find("session");
  Faults faults;
  Read read;
  read.session = read_session(
      [&](std::string_view key) { return data ? liquid::member_of(*data, key) : liquid::Value(); },
      "_schedule/a/x.md",
      event,
      faults);
  check_fit(
      read.session, event, [](const std::string& slug) { return slug == "ada"; }, faults);
  for (const Fault& fault : faults) {
    read.faults += std::string(fault.is_clash                         ? "clash "
                               : fault.severity == Severity::kWarning ? "warning "
                                                                      : "error ") +
                   fault.pointer + " " + fault.message + "\n";
  }
  return read;
}

std::string shown(const Slot& slot) {
  std::string id = slot.id.empty() ? "" : slot.id + ": ";
  if (!slot.start) return id + "some day";
  return id + iso_time(*slot.start) + " to " + iso_time(slot.end) + " " + slot.room;
}

TEST(Session, IsReadFromItsFields) {
  Read read = session_of(
      "title: Trust\nsubtitle: Or not\nstart: 2020-10-12T10:00\nend: 2020-10-12T11:00\n"
      "room: Main\ntrack: Tools\ntype: talk\nspeakers: [ada, ada]\nstatus: tentative\n"
      "language: en\nuid: abc\nsequence: 4\n"
      "links: ['https://example.org/a', {title: B, url: 'https://example.org/b'}, 7, {title: "
      "C}]\n");
  EXPECT_EQ(read.faults, "warning /speakers/1 'ada' is there twice\n");
  const Session& session = read.session;
  EXPECT_EQ(session.slug, "x");
  EXPECT_EQ(session.title + "|" + session.subtitle + "|" + session.track + "|" + session.type,
            "Trust|Or not|Tools|talk");
  EXPECT_EQ(session.language + "|" + session.uid, "en|abc");
  EXPECT_EQ(session.sequence, 4);
  EXPECT_EQ(session.status, SessionStatus::kTentative);
  EXPECT_EQ(session.speakers, std::vector<std::string>{"ada"});
  ASSERT_EQ(session.links.size(), 2u);
  EXPECT_EQ(session.links[1].title + session.links[1].url, "Bhttps://example.org/b");
  ASSERT_EQ(session.slots.size(), 1u);
  EXPECT_EQ(shown(session.slots[0]), "2020-10-12T10:00:00-04:00 to 2020-10-12T11:00:00-04:00 Main");
}

TEST(Session, MayTakePlaceSeveralTimes) {
  Read read = session_of(
      "room: Main\nslots:\n- {id: a, start: 2020-10-12T10:00, end: 2020-10-12T11:00}\n"
      "- {id: b, start: 2020-10-13T10:00, duration: 45, room: Side}\n"
      "- {start: 2020-10-14T10:00}\n- {id: a}\n- 7\n");
  std::string slots;
  for (const Slot& slot : read.session.slots) slots += shown(slot) + "\n";
  EXPECT_EQ(slots,
            "a: 2020-10-12T10:00:00-04:00 to 2020-10-12T11:00:00-04:00 Main\n"
            "b: 2020-10-13T10:00:00-04:00 to 2020-10-13T10:45:00-04:00 Side\n"
            "2020-10-14T10:00:00-04:00 to 2020-10-14T10:30:00-04:00 Main\n"
            "some day\n");
  EXPECT_EQ(read.faults,
            "warning /slots/2 a slot without an id is a new one to calendars when it moves; give "
            "it one\n"
            "error /slots/3/id another slot has the id 'a' already\n"
            "error /slots/4 a slot is keys with values, such as {id: a, start: "
            "2020-10-12T10:00}\n");
}

TEST(Session, ASlotHasTheSequenceThatItSaysElseTheSessions) {
  Read read = session_of(
      "sequence: 4\nslots:\n- {id: a, start: 2020-10-12T10:00, sequence: 9}\n"
      "- {id: b, start: 2020-10-13T10:00}\n"
      "- {id: c, start: 2020-10-14T10:00, sequence: -1}\n");
  ASSERT_EQ(read.session.slots.size(), 3u);
  EXPECT_EQ(read.session.slots[0].sequence, 9);
  EXPECT_EQ(read.session.slots[1].sequence, 4);
  EXPECT_EQ(read.session.slots[2].sequence, 4);
  EXPECT_EQ(read.faults,
            "warning /slots/2/sequence a sequence is a whole number, from 0 to 2000000000\n");
  EXPECT_EQ(session_of("start: 2020-10-12T10:00\nsequence: 3\n").session.slots[0].sequence, 3);
}

TEST(Session, WithoutAnEndIsAsLongAsItsTypeSays) {
  const std::string types = "types: [{name: workshop, minutes: 90}, talk]\n";
  struct {
    std::string yaml, end;
  } cases[] = {
      {"type: workshop", "11:30"},
      {"type: talk", "10:30"},
      {"title: x", "10:30"},
      {"{type: workshop, duration: 20}", "10:20"},
      {"{type: workshop, end: 2020-10-12T10:05}", "10:05"},
  };
  for (const auto& c : cases) {
    std::string yaml = c.yaml.front() == '{' ? c.yaml.substr(1, c.yaml.size() - 2) : c.yaml;
    Read read = session_of("{start: 2020-10-12T10:00, " + yaml + "}", types);
    EXPECT_EQ(read.faults, "") << c.yaml;
    EXPECT_EQ(iso_time(read.session.slots[0].end), "2020-10-12T" + c.end + ":00-04:00") << c.yaml;
  }
}

TEST(Session, WhatIsWrongWithItSaysWhereAndHowToMendIt) {
  const std::string fits = "start: 2020-10-12\nend: 2020-10-14\nrooms: [Main]\ntracks: [Tools]\n";
  struct {
    std::string yaml, faults;
  } cases[] = {
      {"start: 2020-10-12T10:00\nspeakers: [ada]\nroom: Main\ntrack: Tools", ""},
      {"start: 2020-11-01T01:30",
       "warning /start '2020-11-01T01:30' comes twice in America/New_York, for the clock is set "
       "back; the first is meant, 2020-11-01T01:30:00-04:00; write the other as "
       "2020-11-01T01:30:00-05:00\nclash /start 2020-11-01 is not a day of the event\n"},
      {"start: 2020-10-12T10:00\nend: 2020-10-12T09:00",
       "error /end a session ends after it starts\n"},
      {"end: 2020-10-12T09:00", "warning /end a session that ends begins too; say its start\n"},
      {"start: 2020-10-12T10:00\nduration: long",
       "error /duration 'long' is no duration; write minutes, such as 45\n"},
      {"start: 2020-10-12T10:00\nend: 2020-10-13T10:01",
       "clash /end this session is longer than a day\n"},
      {"start: 2020-10-11T10:00", "clash /start 2020-10-11 is not a day of the event\n"},
      {"room: Attic",
       "clash /room the event has no room 'Attic'; name it in _data/event.yml under rooms\n"},
      {"slots: [{id: a, room: Attic}]",
       "clash /slots/0/room the event has no room 'Attic'; name it in _data/event.yml under "
       "rooms\n"},
      {"track: Cats",
       "clash /track the event has no track 'Cats'; name it in _data/event.yml under tracks\n"},
      {"speakers: [bob]", "clash /speakers/0 there is no speaker 'bob'; make _speakers/bob.md\n"},
      {"sequence: -1", "warning /sequence a sequence is a whole number, from 0 to 2000000000\n"},
      {"slots: 7",
       "error /slots slots are a list, such as [{id: a, start: 2020-10-12T10:00, room: Main}]\n"},
      {"start: 2020-10-12T10:00\nslots: [{id: a}]",
       "error /start a session has a start or slots; move this one among the slots\n"},
  };
  for (const auto& c : cases) EXPECT_EQ(session_of(c.yaml, fits).faults, c.faults) << c.yaml;
}

TEST(Session, OfHostileLengthIsReadInPart) {
  std::string many = "speakers: [";
  for (int i = 0; i < 3000; ++i) many += "s" + std::to_string(i) + ", ";
  many += "]\nlinks: [";
  for (int i = 0; i < 3000; ++i) many += "l, ";
  many += "]\nslots: [";
  for (int i = 0; i < 3000; ++i) many += "{id: i" + std::to_string(i) + "}, ";
  Session session = session_of(many + "]\n").session;
  EXPECT_EQ(session.speakers.size(), kSpeakersMax);
  EXPECT_EQ(session.links.size(), kLinksMax);
  EXPECT_EQ(session.slots.size(), kSlotsMax);
}

TEST(SessionTime, IsWrittenByTheEventsClockAndWithItsOffsetWhereThatComesTwice) {
  TimeZone zone = *TimeZone::find("America/New_York");
  struct {
    std::string instant, text;
  } cases[] = {{"2020-10-12T10:00Z", "2020-10-12T06:00"},
               {"2020-10-12T10:00:30Z", "2020-10-12T06:00:30"},
               {"2020-11-01T05:30Z", "2020-11-01T01:30-04:00"},
               {"2020-11-01T06:30Z", "2020-11-01T01:30-05:00"},
               {"2020-11-01T07:00Z", "2020-11-01T02:00"}};
  for (const auto& c : cases) {
    std::string message;
    Time time = read_session_time(liquid::Value(c.instant), zone, message).value();
    std::string text = session_time_text(time, zone);
    EXPECT_EQ(text, c.text);
    EXPECT_EQ(read_session_time(liquid::Value(text), zone, message), time) << "it is read back";
  }
}

TEST(SessionFilter, AsksAllOfOneSlot) {
  Session tour = session_of(
                     "slots: [{id: a, start: 2020-10-12T10:00, room: Main},"
                     " {id: b, start: 2020-10-13T03:30, room: Side}]")
                     .session;
  SessionFilter filter;
  filter.room = "Main";
  EXPECT_TRUE(filter.passes(tour));
  filter.day = Date{2020, 10, 12};
  EXPECT_TRUE(filter.passes(tour));
  filter.room = "Side";
  EXPECT_TRUE(filter.passes(tour)) << "until four it is the day before";
  filter.day = Date{2020, 10, 13};
  EXPECT_FALSE(filter.passes(tour));
  filter = SessionFilter();
  filter.is_scheduled = false;
  EXPECT_FALSE(filter.passes(tour));
  EXPECT_NE(filter.canonical(), SessionFilter().canonical());
  SessionFilter room, track;
  room.room = track.track = "a";
  EXPECT_NE(room.canonical(), track.canonical());
}

TEST(Uid, OfASlotIsTheSessionsOrFollowsFromItsId) {
  Session once = session_of("uid: abc\nstart: 2020-10-12T10:00").session;
  EXPECT_EQ(uid_of_slot(once, once.slots[0]), "abc");
  Session unnamed = session_of("start: 2020-10-12T10:00").session;
  EXPECT_EQ(uid_of_slot(unnamed, unnamed.slots[0]), uid_of_path("_schedule/a/x.md"));
  auto uids = [](const char* slots) {
    Session session = session_of(std::string("uid: abc\nslots: ") + slots).session;
    std::vector<std::string> uids;
    for (const Slot& slot : session.slots) uids.push_back(uid_of_slot(session, slot));
    return uids;
  };
  auto before = uids("[{id: a, start: 2020-10-12T10:00}, {id: b, start: 2020-10-13T10:00}]");
  auto after = uids("[{id: b, start: 2020-10-12T09:00}, {id: a, start: 2020-10-15T10:00}]");
  EXPECT_EQ(before[0], after[1]);
  EXPECT_EQ(before[1], after[0]);
  EXPECT_NE(before[0], before[1]);
}

TEST(Uid, BecomesAUuidAndANumberForThoseWhoKnowNothingElse) {
  const std::string uuid = "2ed6657d-e927-568b-95e1-2665a8aea6a2";
  EXPECT_EQ(guid_of_uid(uuid), uuid);
  std::string made = guid_of_uid("abc@example.org");
  EXPECT_EQ(guid_of_uid(made), made);
  EXPECT_GT(number_of_guid(uuid), 0);
  EXPECT_NE(number_of_guid(uuid), number_of_guid(made));
}

TEST(Uid, StaysWithThePathUnderWhichTheSessionFirstAppeared) {
  EXPECT_EQ(uid_of_path("_schedule/opening.md"), uid_of_path("_schedule/opening.md"));
  EXPECT_NE(uid_of_path("_schedule/opening.md"), uid_of_path("_schedule/closing.md"));
}

}  // namespace
}  // namespace stet::schedule
