// What calendars are told of a schedule, commit by commit: SEQUENCE, uids, and what is gone.

#include "cms/schedule/history_step.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "cms/schedule/uid.h"
#include "storage/snapshot/memory_snapshot.h"

namespace stet::schedule {
namespace {

using Files = std::map<std::string, std::optional<std::string>>;  // none: deleted

constexpr std::int64_t kStart = 1'601'510'400;  // 2020-10-01T00:00:00Z
constexpr std::int64_t kDay = 86'400;

const std::string kEvent = "title: Days\ntime_zone: America/New_York\n";

std::string session(const std::string& fields) { return "---\n" + fields + "---\n"; }
std::string at(const std::string& hour, const std::string& more = "") {
  return session("title: Opening\nstart: 2020-10-12T" + hour + ":00\nend: 2020-10-12T23:00\n" +
                 more);
}

// A line of commits, a day apart.
class Line {
 public:
  explicit Line(const Files& files = {}) {
    Files first = {{kEventPath, kEvent}};
    first.insert(files.begin(), files.end());
    commit(first);
  }

  void commit(const Files& files) {
    auto before = storage::make_memory_snapshot(files_).value();
    for (const auto& [path, content] : files) {
      content ? void(files_[path] = *content) : void(files_.erase(path));
    }
    auto after = storage::make_memory_snapshot(files_).value();
    auto diff = storage::compare(*before, *after).value();
    when_.seconds += kDay;
    history_ = grown(history_, {*after, diff, when_, CommitId()}).value();
  }
  void wait_days(std::int64_t days) { when_.seconds += days * kDay; }

  const site::ScheduleHistory& history() const { return history_; }
  Instant when() const { return when_; }
  const site::SlotRecord* slot(const std::string& path, std::size_t number = 0) const {
    const auto* found = history_.sessions.find(path);
    return found && number < (*found)->slots.size() ? &(*found)->slots[number] : nullptr;
  }
  std::int64_t sequence(const std::string& path, std::size_t number = 0) const {
    const site::SlotRecord* found = slot(path, number);
    return found ? found->sequence : -1;
  }
  // Of what calendars show as cancelled: uid and sequence.
  std::map<std::string, std::int64_t> withdrawn() const {
    std::map<std::string, std::int64_t> all;
    history_.withdrawn.for_each([&](const auto&, const site::LapsedSlotPtr& lapsed) {
      EXPECT_TRUE(lapsed->slot.is_cancelled);
      all[lapsed->slot.uid] = lapsed->slot.sequence;
    });
    return all;
  }

 private:
  std::map<std::string, std::string> files_;
  site::ScheduleHistory history_;
  Instant when_{kStart - kDay};
};

constexpr char kPath[] = "_schedule/opening.md";

TEST(HistoryStep, CountsTheCommitsThatChangeWhenWhereAndWhether) {
  struct {
    const char* what;
    std::string after;
    std::int64_t sequence;
  } const cases[] = {
      {"nothing", at("10"), 0},
      {"another text", at("10") + "Words.\n", 0},
      {"another title",
       session("title: Hello\nstart: 2020-10-12T10:00\nend: 2020-10-12T23:00\n"),
       0},
      {"a track", at("10", "track: Tools\n"), 0},
      {"a start", at("11"), 1},
      {"the same instant, written in another way",
       session("title: Opening\nstart: '2020-10-12T14:00Z'\nend: 2020-10-12T23:00\n"),
       0},
      {"an end", session("title: Opening\nstart: 2020-10-12T10:00\nend: 2020-10-12T22:00\n"), 1},
      {"a room", at("10", "room: Attic\n"), 1},
      {"a status", at("10", "status: tentative\n"), 1},
      {"all at once", at("12", "room: Attic\nstatus: cancelled\n"), 1},
      {"a sequence", at("10", "sequence: 5\n"), 5},
      {"a lower one, and a start", at("11", "sequence: 0\n"), 1}};
  for (const auto& [what, after, sequence] : cases) {
    Line line({{kPath, at("10")}, {"_schedule/other.md", at("09")}});
    line.commit({{kPath, after}});
    EXPECT_EQ(line.sequence(kPath), sequence) << what;
    EXPECT_EQ(line.sequence("_schedule/other.md"), 0) << what;
    EXPECT_EQ(line.slot(kPath)->created.seconds, kStart) << what;
  }
}

TEST(HistoryStep, ASlotGoesOnFromItsOwnSequence) {
  auto slots = [](const std::string& hour) {
    return session("title: Twice\nuid: t\nsequence: 1\nslots:\n- {id: a, start: 2020-10-12T" +
                   hour + ":00, sequence: 7}\n- {id: b, start: 2020-10-13T10:00}\n");
  };
  Line line({{kPath, slots("10")}});
  EXPECT_EQ(line.sequence(kPath, 0), 7);
  EXPECT_EQ(line.sequence(kPath, 1), 1);
  line.commit({{kPath, slots("11")}});
  EXPECT_EQ(line.sequence(kPath, 0), 8);
  EXPECT_EQ(line.sequence(kPath, 1), 1);
}

// What the configuration says of all sessions is theirs, and a change of it a change of theirs.
TEST(HistoryStep, LooksAtTheDefaultsOfSessions) {
  auto config = [](const std::string& type, const std::string& values) {
    return "defaults: [{scope: {path: '', type: " + type + "}, values: {" + values + "}}]\n";
  };
  Line line({{kConfigPath, config("schedule", "status: tentative, room: Hall")},
             {kPath, at("10")},
             {"_schedule/own.md", at("11", "status: confirmed\nroom: Attic\n")}});
  ASSERT_TRUE(line.slot(kPath));
  EXPECT_TRUE(line.slot(kPath)->is_tentative);
  EXPECT_EQ(line.slot(kPath)->room, "Hall");
  EXPECT_EQ(line.slot("_schedule/own.md")->room, "Attic");
  line.commit({{kConfigPath, config("schedule", "room: Hall") + "title: Other\n"}});
  EXPECT_FALSE(line.slot(kPath)->is_tentative);
  EXPECT_EQ(line.sequence(kPath), 1);
  EXPECT_EQ(line.sequence("_schedule/own.md"), 0);
  line.commit({{kConfigPath, config("posts", "room: Cellar")}});
  EXPECT_EQ(line.slot(kPath)->room, "");
  EXPECT_EQ(line.sequence(kPath), 2);
  line.commit({{kConfigPath, config("schedule", "published: false")}});
  EXPECT_EQ(line.slot(kPath), nullptr);
  EXPECT_EQ(line.withdrawn().size(), 2u);
  line.commit({{kConfigPath, std::nullopt}});
  EXPECT_EQ(line.sequence(kPath), 4);
}

TEST(HistoryStep, GoesOnFromTheSequenceThatAnImportHasSet) {
  Line line({{kPath, at("10", "sequence: 7\n")}});
  EXPECT_EQ(line.sequence(kPath), 7);
  line.commit({{kPath, at("11", "sequence: 7\n")}});
  EXPECT_EQ(line.sequence(kPath), 8);
  line.commit({{kPath, at("11")}});
  EXPECT_EQ(line.sequence(kPath), 8);
}

TEST(HistoryStep, AMoveOfOneSlotIsNoneOfTheOthers) {
  auto slots = [](const std::string& first, const std::string& second) {
    return session("title: Twice\nslots:\n- {id: a, start: 2020-10-12T" + first +
                   ":00, end: 2020-10-12T20:00}\n- {id: b, start: 2020-10-13T" + second +
                   ":00, end: 2020-10-13T20:00}\n");
  };
  Line line({{kPath, slots("10", "10")}});
  line.commit({{kPath, slots("10", "11")}});
  EXPECT_EQ(line.sequence(kPath, 0), 0);
  EXPECT_EQ(line.sequence(kPath, 1), 1);
  EXPECT_EQ(line.slot(kPath, 1)->revised, line.when());
}

TEST(HistoryStep, StartsWhenASessionIsPublic) {
  Line line({{kPath, at("10", "published: false\n")}});
  line.commit({{kPath, at("11", "published: false\n")}});
  EXPECT_EQ(line.sequence(kPath), -1);
  line.commit({{kPath, session("title: Opening\n")}});
  EXPECT_EQ(line.sequence(kPath), -1);  // no start yet
  line.commit({{kPath, at("12")}});
  EXPECT_EQ(line.sequence(kPath), 0);
  EXPECT_EQ(line.slot(kPath)->created, line.when());
  EXPECT_TRUE(line.withdrawn().empty());
}

TEST(HistoryStep, ARenamedFileKeepsItsUidAndSequence) {
  Line line({{kPath, at("10")}});
  line.commit({{kPath, at("11")}});
  const std::string uid = line.slot(kPath)->uid;
  EXPECT_EQ(uid, uid_of_path(kPath));
  line.commit({{kPath, std::nullopt}, {"_schedule/b.md", at("11")}});  // the same bytes
  EXPECT_EQ(line.slot("_schedule/b.md")->uid, uid);
  EXPECT_EQ(line.sequence("_schedule/b.md"), 1);
  line.commit({{"_schedule/b.md", std::nullopt}, {"_schedule/c.md", at("12")}});  // the title
  EXPECT_EQ(line.slot("_schedule/c.md")->uid, uid);
  EXPECT_EQ(line.sequence("_schedule/c.md"), 2);
  EXPECT_TRUE(line.withdrawn().empty());
  // Whoever begins where it began is another one.
  line.commit({{kPath, session("title: New\nstart: 2020-10-12T10:00\n")}});
  EXPECT_NE(line.slot(kPath)->uid, uid);
  EXPECT_EQ(line.slot("_schedule/c.md")->uid, uid);
}

TEST(HistoryStep, OfSeveralWithOneTitleNoneIsTakenForAnother) {
  Line line({{"_schedule/a.md", at("10")}, {"_schedule/b.md", at("11")}});
  line.commit({{"_schedule/a.md", std::nullopt},
               {"_schedule/b.md", std::nullopt},
               {"_schedule/c.md", at("12")}});
  EXPECT_EQ(line.slot("_schedule/c.md")->uid, uid_of_path("_schedule/c.md"));
  EXPECT_EQ(line.withdrawn().size(), 2u);
}

TEST(HistoryStep, AnOwnUidIsKnownWhereverItGoes) {
  Line line({{kPath, at("10", "uid: x@example.org\n")}});
  line.commit(
      {{kPath, std::nullopt},
       {"_schedule/b.md", session("title: Other\nstart: 2020-10-13T10:00\nuid: x@example.org\n")}});
  EXPECT_EQ(line.sequence("_schedule/b.md"), 1);
  EXPECT_TRUE(line.withdrawn().empty());
}

TEST(HistoryStep, WhatGoesBeforeItHasEndedIsCancelled) {
  Line line({{kPath, at("10")}, {"_schedule/late.md", at("11")}});
  const std::string uid = line.slot(kPath)->uid;
  line.commit({{kPath, std::nullopt}});
  EXPECT_EQ(line.withdrawn(), (std::map<std::string, std::int64_t>{{uid, 1}}));
  line.commit({{kPath, at("10")}});  // comes back
  EXPECT_EQ(line.sequence(kPath), 2);
  EXPECT_EQ(line.slot(kPath)->created.seconds, kStart);
  EXPECT_TRUE(line.withdrawn().empty());
  line.commit({{kPath, session("title: Opening\n")}});  // some other day
  EXPECT_EQ(line.withdrawn(), (std::map<std::string, std::int64_t>{{uid, 3}}));
  line.wait_days(20);
  line.commit({{"_schedule/late.md", std::nullopt}});  // has taken place
  EXPECT_EQ(line.withdrawn().size(), 1u);
  line.wait_days(kWithdrawnDays);
  line.commit({{"about.md", "x"}});
  EXPECT_TRUE(line.withdrawn().empty());
}

TEST(HistoryStep, WhatWasCancelledBeforeIsNotCancelledAgain) {
  Line line({{kPath, at("10", "status: cancelled\n")}});
  line.commit({{kPath, std::nullopt}});
  EXPECT_EQ(line.withdrawn().begin()->second, 0);
}

TEST(HistoryStep, AFileThatCannotBeReadChangesNothing) {
  Line line({{kPath, at("10")}});
  line.commit({{kPath, "---\ntitle: [\n---\n"}});
  EXPECT_EQ(line.sequence(kPath), 0);
  EXPECT_TRUE(line.withdrawn().empty());
  line.commit({{kPath, at("10")}});
  EXPECT_EQ(line.sequence(kPath), 0);
}

TEST(HistoryStep, AnotherZoneMovesAll) {
  Line line(
      {{kPath, at("10")},
       {"_schedule/fixed.md", session("start: '2020-10-12T10:00Z'\nend: '2020-10-12T11:00Z'\n")}});
  line.commit({{kEventPath, kEvent + "rooms: [Attic]\n"}});
  EXPECT_EQ(line.sequence(kPath), 0);
  line.commit({{kEventPath, "time_zone: Europe/Paris\n"}});
  EXPECT_EQ(line.sequence(kPath), 1);
  EXPECT_EQ(line.sequence("_schedule/fixed.md"), 0);
}

TEST(HistoryStep, WithoutAnEventNothingIsPublicAndNothingIsCancelled) {
  Line line({{kPath, at("10")}, {"_schedule/b.md", at("11")}});
  line.commit({{kEventPath, std::nullopt}});
  EXPECT_TRUE(line.history().sessions.empty());
  EXPECT_TRUE(line.withdrawn().empty());
  line.commit({{"_schedule/b.md", at("12")}});
  line.commit({{kEventPath, kEvent}});
  EXPECT_EQ(line.sequence(kPath), 0);
  EXPECT_EQ(line.sequence("_schedule/b.md"), 1);
}

TEST(HistoryStep, LooksAtNothingThatIsNoSession) {
  Line line({{"_schedule/_hidden.md", at("10")},
             {"_schedule/.a/b.md", at("10")},
             {"_schedule/plain.md", "no front matter"},
             {"_schedules/x.md", at("10")},
             {"_schedule/day/x.md", at("10")}});
  EXPECT_EQ(line.history().sessions.size(), 1u);
  EXPECT_EQ(line.sequence("_schedule/day/x.md"), 0);
}

}  // namespace
}  // namespace stet::schedule
