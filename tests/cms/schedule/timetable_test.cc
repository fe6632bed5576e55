#include "cms/schedule/timetable.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "cms/schedule/suggest.h"

namespace stet::schedule {
namespace {

constexpr std::int64_t kNine = 1'602'493'200;  // 2020-10-12T09:00:00Z

Session session(const std::string& slug, int minute, int minutes, const std::string& room = "") {
  Session made;
  made.path = "_schedule/" + slug + ".md";
  made.slug = slug;
  made.title = slug;
  Slot slot;
  slot.start = Time{.seconds = kNine + minute * 60};
  slot.end = Time{.seconds = kNine + (minute + minutes) * 60};
  slot.room = room;
  made.slots = {slot};
  return made;
}

std::string told(const std::vector<Clash>& clashes) {
  std::string text;
  for (const Clash& clash : clashes) {
    text += pointer_of(clash) + " " + describe(clash, TimeZone()) + "\n";
  }
  return text;
}

TEST(Timetable, TwoSessionsInOneRoomClash) {
  Timetable timetable;
  timetable.put(session("open", 0, 60, "Main"));
  struct {
    Session session;
    std::string clashes;
  } cases[] = {
      {session("b", 30, 60, "Main"),
       "/room the room 'Main' is taken by 'open' (_schedule/open.md) from 09:30 to 10:00; move "
       "one of the two\n"},
      {session("b", 60, 60, "Main"), ""},
      {session("b", -60, 60, "Main"), ""},
      {session("b", 30, 60, "Side"), ""},
      {session("b", 30, 60), ""},
      {session("open", 30, 60, "Main"), ""},  // it is moved
  };
  for (const auto& c : cases) EXPECT_EQ(told(timetable.clashes_of(c.session)), c.clashes);
}

TEST(Timetable, ASpeakerIsInOnePlaceAtATimeAndWhenTheyCan) {
  Timetable timetable;
  Session first = session("open", 0, 60, "Main"), second = session("b", 30, 60, "Side");
  first.speakers = {"ada"};
  second.speakers = {"bob", "ada"};
  timetable.put(first);
  timetable.put_speaker({"bob", true, {{kNine, kNine + 3600}}});
  EXPECT_EQ(told(timetable.clashes_of(second)),
            "/start the speaker 'bob' is not available from 09:30 to 10:30; move the session, or "
            "mend available in _speakers/bob.md\n"
            "/start the speaker 'ada' speaks in 'open' (_schedule/open.md) from 09:30 to 10:00; "
            "move one of the two\n");
  first.status = SessionStatus::kCancelled;
  timetable.put(first);
  second.speakers = {"ada"};
  EXPECT_EQ(told(timetable.clashes_of(second)), "");
  EXPECT_EQ(timetable.size(), 0u);
}

TEST(Timetable, TheSlotsOfOneSessionClashWithOneAnother) {
  Session twice = session("a", 0, 60, "Main");
  twice.slots.push_back(twice.slots[0]);
  twice.slots[0].pointer = "/slots/0";
  twice.slots[1].pointer = "/slots/1";
  EXPECT_EQ(told(Timetable().clashes_of(twice)),
            "/slots/0/room the room 'Main' is taken by 'a' (_schedule/a.md) from 09:00 to 10:00; "
            "move one of the two\n"
            "/slots/1/room the room 'Main' is taken by 'a' (_schedule/a.md) from 09:00 to 10:00; "
            "move one of the two\n");
}

TEST(Timetable, TellsSoMuchOfOneSessionAndNoMore) {
  Timetable timetable;
  for (int i = 0; i < 200; ++i) timetable.put(session("s" + std::to_string(i), 0, 60, "Main"));
  EXPECT_EQ(timetable.clashes_of(session("x", 0, 60, "Main")).size(), kClashesMax);
}

std::vector<std::string> shared(const std::vector<std::string>& a,
                                const std::vector<std::string>& b) {
  std::vector<std::string> both;
  for (const std::string& name : a) {
    if (std::find(b.begin(), b.end(), name) != b.end()) both.push_back(name);
  }
  return both;
}

// Every session with every other one, and every second of availability by itself.
std::vector<Clash> by_brute_force(const std::vector<Session>& all,
                                  const std::vector<Speaker>& speakers,
                                  const Session& asked) {
  std::vector<Clash> clashes;
  for (const Booking& own : bookings_of(asked)) {
    for (const std::string& slug : own.speakers) {
      for (const Speaker& speaker : speakers) {
        bool can = !speaker.is_limited;
        for (const Interval& when : speaker.available) {
          can = can || (when.start <= own.when.start && own.when.end <= when.end);
        }
        if (speaker.slug != slug || can) continue;
        clashes.push_back({ClashKind::kUnavailable, slug, own.pointer, "", "", "", own.when});
      }
    }
    for (const Session& other : all) {
      const Session& now = other.path == asked.path ? asked : other;
      for (const Booking& theirs : bookings_of(now)) {
        Interval both{std::max(own.when.start, theirs.when.start),
                      std::min(own.when.end, theirs.when.end)};
        bool is_itself = theirs.path == own.path && theirs.pointer == own.pointer;
        if (is_itself || both.start >= both.end) continue;
        auto add = [&](ClashKind kind, const std::string& name) {
          clashes.push_back(
              {kind, name, own.pointer, theirs.path, theirs.pointer, theirs.title, both});
        };
        if (!own.room.empty() && own.room == theirs.room) add(ClashKind::kRoom, own.room);
        for (const std::string& slug : shared(own.speakers, theirs.speakers)) {
          add(ClashKind::kSpeaker, slug);
        }
      }
    }
  }
  return clashes;
}

void sort(std::vector<Clash>& clashes) {
  auto key = [](const Clash& c) {
    return std::tie(c.pointer, c.kind, c.name, c.path, c.other_slot, c.when.start);
  };
  std::sort(clashes.begin(), clashes.end(), [&](const Clash& a, const Clash& b) {
    return key(a) < key(b);
  });
}

Session any_session(int slug) {
  using rc::gen::inRange;
  Session made = session("s" + std::to_string(slug), 0, 1);
  Slot slot = made.slots[0];
  made.slots.clear();
  int count = *inRange(1, 4);
  for (int i = 0; i < count; ++i) {
    int start = *inRange(0, 1500), length = *inRange(1, *inRange(2, 300));
    slot.pointer = count == 1 ? "" : "/slots/" + std::to_string(i);
    slot.start = Time{.seconds = kNine + start};
    slot.end = Time{.seconds = kNine + start + length};
    if (*inRange(0, 10) == 0) slot.start.reset();
    int room = *inRange(0, 6);
    slot.room = room == 0 ? "" : "r" + std::to_string(room);
    made.slots.push_back(slot);
  }
  for (int i = 0; i < 5; ++i) {
    if (*inRange(0, 4) == 0) made.speakers.push_back("p" + std::to_string(i));
  }
  if (*inRange(0, 12) == 0) made.status = SessionStatus::kCancelled;
  return made;
}

RC_GTEST_PROP(TimetableProperty, FindsWhatAComparisonOfAllPairsFinds, ()) {
  Timetable timetable;
  std::vector<Speaker> speakers;
  for (int i = 0; i < 3; ++i) {
    int start = *rc::gen::inRange(0, 900);
    speakers.push_back({"p" + std::to_string(i),
                        true,
                        {{kNine + start, kNine + start + 300}, {kNine + 1300, kNine + 1600}}});
    timetable.put_speaker(speakers.back());
  }
  std::vector<Session> all;
  int steps = *rc::gen::inRange(1, 60);
  for (int step = 0; step < steps; ++step) {
    Session next = any_session(*rc::gen::inRange(0, 25));
    std::vector<Session> with = all;
    std::erase_if(with, [&](const Session& s) { return s.path == next.path; });
    with.push_back(next);
    auto expected = by_brute_force(with, speakers, next);
    auto found = timetable.clashes_of(next);
    sort(expected);
    sort(found);
    if (expected.size() <= kClashesMax) RC_ASSERT(found == expected);
    if (*rc::gen::inRange(0, 5) == 0) {
      timetable.remove(next.path);
      std::erase_if(all, [&](const Session& s) { return s.path == next.path; });
    } else {
      timetable.put(next);
      all = with;
    }
    std::size_t bookings = 0;
    for (const Session& s : all) bookings += bookings_of(s).size();
    RC_ASSERT(timetable.size() == bookings);
  }
}

Event two_days() {
  Event event;
  event.zone = *TimeZone::find("America/New_York");
  event.start = Date{2020, 10, 12};
  event.end = Date{2020, 10, 13};
  event.rooms = {{"Main", "main", "", {}}, {"Side", "side", "", {}}};
  return event;
}

std::string shown(const Result<std::vector<Place>>& places) {
  if (!places) return places.error().message;
  std::string text;
  for (const Place& place : *places) {
    text += iso_time(place.start).substr(0, 16) + " " + place.room + "\n";
  }
  return text;
}

// Nine in the morning in New York is 13:00Z.
Session in_new_york(const std::string& slug, int minute, int minutes, const std::string& room) {
  return session(slug, 4 * 60 + minute, minutes, room);
}

TEST(Suggest, FindsFreePlacesTheEarliestFirst) {
  Timetable timetable;
  timetable.put(in_new_york("open", 0, 60, "Main"));
  timetable.put(in_new_york("all-day", 0, 9 * 60, "Side"));
  Session talk = in_new_york("talk", 60, 30, "Main");
  talk.speakers = {"ada"};
  timetable.put(talk);
  Wish wish;
  wish.minutes = 60;
  wish.count = 3;
  EXPECT_EQ(shown(suggest(wish, two_days(), timetable)),
            "2020-10-12T10:30 Main\n2020-10-12T10:45 Main\n2020-10-12T11:00 Main\n");
  wish.path = talk.path;
  EXPECT_EQ(shown(suggest(wish, two_days(), timetable)),
            "2020-10-12T10:00 Main\n2020-10-12T10:15 Main\n2020-10-12T10:30 Main\n");
  wish = {.minutes = 60, .rooms = {"Side"}, .count = 2};
  EXPECT_EQ(shown(suggest(wish, two_days(), timetable)),
            "2020-10-13T09:00 Side\n2020-10-13T09:15 Side\n");
  wish = {.minutes = 30, .speakers = {"ada"}, .from_minute = 10 * 60, .step_minutes = 30};
  wish.count = 1;
  EXPECT_EQ(shown(suggest(wish, two_days(), timetable)), "2020-10-12T10:30 Main\n");
}

TEST(Suggest, SpeakersMustBeAbleToCome) {
  Timetable timetable;
  timetable.put_speaker({"ada", true, {{kNine + 30 * 3600, kNine + 31 * 3600}}});
  Wish wish{.minutes = 60, .speakers = {"ada"}};
  EXPECT_EQ(shown(suggest(wish, two_days(), timetable)),
            "2020-10-13T11:00 Main\n2020-10-13T11:00 Side\n");
}

TEST(Suggest, NobodyIsSentToATimeThatDoesNotExistOrExistsTwice) {
  Event event = two_days();
  event.start = event.end = Date{2020, 11, 1};
  event.rooms.clear();
  Wish wish{.minutes = 30, .from_minute = 30, .until_minute = 150, .step_minutes = 30};
  EXPECT_EQ(shown(suggest(wish, event, Timetable())), "2020-11-01T00:30 \n2020-11-01T02:00 \n");
  event.start = event.end = Date{2020, 3, 8};
  wish.from_minute = 90;
  wish.until_minute = 240;
  EXPECT_EQ(shown(suggest(wish, event, Timetable())),
            "2020-03-08T01:30 \n2020-03-08T03:00 \n2020-03-08T03:30 \n");
}

TEST(Suggest, WishesThatMakeNoSenseAreRefusedInWords) {
  struct {
    Wish wish;
    std::string message;
  } cases[] = {
      {{.minutes = 0}, "a session takes from 1 to 1440 minutes"},
      {{.step_minutes = 0}, "a step is from 1 to 1440 minutes"},
      {{.from_minute = 600, .until_minute = 600},
       "the time of the day ends after it begins, and at 24:00 at the latest"},
      {{.first = Date{2020, 10, 14}}, "the last day is before the first"},
      {{.first = Date{2010, 10, 14}}, "at most 366 days are looked at"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(shown(suggest(c.wish, two_days(), Timetable())), c.message);
  }
  EXPECT_EQ(shown(suggest({}, Event(), Timetable())), "say on which days: the event names none");
}

}  // namespace
}  // namespace stet::schedule
