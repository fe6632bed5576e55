// Clashes as writes, pushes and `stet check` meet them.
#include <gtest/gtest.h>

#include "cms/change/gate.h"
#include "cms/change/schedule_index.h"
#include "cms/change/timetables.h"
#include "cms/change/validate.h"
#include "storage/diff/diff.h"
#include "tests/cms/change/small_site.h"

namespace stet::change {
namespace {

std::string talk(const std::string& fields) { return "---\ntitle: T\n" + fields + "\n---\n"; }

Files files(const std::string& policy) {
  return {{"_config.yml", "stet: {schedule: {clashes: " + policy + "}}\n"},
          {"_data/event.yml",
           "title: Days\ntime_zone: America/New_York\nstart: 2020-10-12\nend: 2020-10-15\n"
           "rooms: [Main, Side]\n"},
          {"_speakers/ada.md", "---\nname: Ada\navailable: [2020-10-12]\n---\n"},
          {"_speakers/bob.md", "---\nname: Bob\navailable: [never]\n---\n"},
          {"_schedule/open.md",
           talk("start: 2020-10-12T10:00\nend: 2020-10-12T11:00\nroom: Main\nspeakers: [ada]")}};
}

std::string shown(const Findings& findings) {
  std::string text;
  for (const FieldProblem& found : findings) {
    text += found.severity == Severity::kError ? "error " : "warning ";
    text += found.pointer + " " + std::to_string(found.line) + ":" + std::to_string(found.column) +
            " " + found.message.substr(0, 30) + "\n";
  }
  return text;
}

const std::string kClashing =
    talk("start: 2020-10-12T10:30\nend: 2020-10-12T11:30\nroom: Main\nspeakers: [ada]");

// Many requests about one version read its sessions once.
TEST(Clash, AVersionOfASiteHasOneIndex) {
  auto with_clash = files("warn");
  with_clash["_schedule/x.md"] = kClashing;
  SmallSite clashing(with_clash), other(files("warn")), off(files("off")), none({});
  EXPECT_EQ(schedule_index_of(clashing.site()), schedule_index_of(clashing.site()));
  EXPECT_EQ(all_faults_of(clashing.site()), all_faults_of(clashing.site()));
  EXPECT_NE(schedule_index_of(clashing.site()), schedule_index_of(other.site()));
  EXPECT_EQ(schedule_index_of(clashing.site())->sessions.size(), 2u);
  EXPECT_EQ(all_faults_of(clashing.site())->size(), 2u);
  EXPECT_TRUE(all_faults_of(other.site())->empty());
  EXPECT_TRUE(all_faults_of(off.site())->empty());
  EXPECT_EQ(schedule_index_of(none.site()), nullptr);
  EXPECT_TRUE(all_faults_of(none.site())->empty());
}

TEST(Clash, TheSiteSaysHowMuchItMatters) {
  auto path = RepoPath::parse("_schedule/x.md").value();
  struct {
    std::string policy, wanted;
  } cases[] = {
      {"refuse",
       "error /front_matter/room 5:7 the room 'Main' is taken by 'T\n"
       "error /front_matter/start 3:8 the speaker 'ada' speaks in 'T\n"},
      {"warn",
       "warning /front_matter/room 5:7 the room 'Main' is taken by 'T\n"
       "warning /front_matter/start 3:8 the speaker 'ada' speaks in 'T\n"},
      {"~",
       "warning /front_matter/room 5:7 the room 'Main' is taken by 'T\n"
       "warning /front_matter/start 3:8 the speaker 'ada' speaks in 'T\n"},
      {"off", ""},
  };
  for (const auto& c : cases) {
    SmallSite site(files(c.policy));
    EXPECT_EQ(shown(validate(site.site(), path, kClashing)), c.wanted) << c.policy;
  }
}

TEST(Clash, AnUnknownPolicyIsNoPolicy) {
  SmallSite site(files("warn"));
  auto config = RepoPath::parse("_config.yml").value();
  EXPECT_EQ(shown(validate(site.site(), config, "stet: {schedule: {clashes: never}}\n")),
            "warning /stet/schedule/clashes 1:28 clashes is refuse, warn or off\n");
}

TEST(Clash, ASessionIsNoClashWithItself) {
  SmallSite site(files("refuse"));
  auto path = RepoPath::parse("_schedule/open.md").value();
  EXPECT_EQ(shown(validate(site.site(), path, kClashing)), "");
}

TEST(Clash, SpeakersAreHeldToWhatTheySayAndToWhatCanBeRead) {
  SmallSite site(files("refuse"));
  auto session = RepoPath::parse("_schedule/x.md").value();
  auto bob = RepoPath::parse("_speakers/bob.md").value();
  EXPECT_EQ(
      shown(validate(site.site(),
                     session,
                     talk("start: 2020-10-13T10:00\nend: 2020-10-13T11:00\nspeakers: [ada]"))),
      "error /front_matter/start 3:8 the speaker 'ada' is not avail\n");
  EXPECT_EQ(shown(validate(site.site(), bob, files("refuse")["_speakers/bob.md"])),
            "error /front_matter/available/0 3:13 say a day, or from when until \n");
}

std::string pushed(const Files& before, const Files& after) {
  Push push;
  push.before = storage::make_memory_snapshot(before).value();
  push.after = storage::make_memory_snapshot(after).value();
  push.diff = storage::compare(*push.before, *push.after).value();
  std::string text;
  const auto problems = check_push(push).value();
  for (const PushProblem& found : problems) {
    text += found.problem.severity == Severity::kError ? "error " : "warning ";
    text += found.problem.path + ":" + std::to_string(found.problem.line) + " " +
            found.problem.message.substr(0, 24) + "\n";
  }
  return text;
}

TEST(Clash, APushIsHeldAgainstTheScheduleThatItLeaves) {
  Files before = files("refuse"), after = before;
  after["_schedule/x.md"] = kClashing;
  EXPECT_EQ(pushed(before, after),
            "error _schedule/x.md:5 the room 'Main' is taken\n"
            "error _schedule/x.md:3 the speaker 'ada' speaks\n");
  // What made room comes with the same push.
  after["_schedule/open.md"] = talk("start: 2020-10-12T09:00\nend: 2020-10-12T10:00\nroom: Main");
  EXPECT_EQ(pushed(before, after), "");
}

TEST(Clash, TwoSessionsThatChangePlacesDoNotClashInBetween) {
  Files before = files("refuse");
  before["_schedule/x.md"] = talk("start: 2020-10-12T12:00\nend: 2020-10-12T13:00\nroom: Main");
  Files after = before;
  after["_schedule/x.md"] = talk("start: 2020-10-12T10:00\nend: 2020-10-12T11:00\nroom: Main");
  after["_schedule/open.md"] = talk("start: 2020-10-12T12:00\nend: 2020-10-12T13:00\nroom: Main");
  EXPECT_EQ(pushed(before, after), "");
}

TEST(Clash, WhatClashedBeforeIsNotThePushsToAnswerFor) {
  Files before = files("refuse");
  before["_schedule/x.md"] = kClashing;
  Files after = before;
  after["_schedule/x.md"] = kClashing + "A text.\n";
  EXPECT_EQ(pushed(before, after),
            "warning _schedule/x.md:5 the room 'Main' is taken\n"
            "warning _schedule/x.md:3 the speaker 'ada' speaks\n");
}

TEST(Clash, AllAreToldOfASite) {
  Files all = files("refuse");
  all["_schedule/x.md"] = kClashing;
  SmallSite site(all);
  std::string text;
  const Problems problems = schedule_problems(site.site()).value();
  for (const Problem& problem : problems) {
    text += problem.path + ":" + std::to_string(problem.line) + " " +
            problem.message.substr(0, 20) + "\n";
  }
  EXPECT_EQ(text,
            "_schedule/open.md:5 the room 'Main' is t\n"
            "_schedule/open.md:3 the speaker 'ada' sp\n"
            "_schedule/x.md:5 the room 'Main' is t\n"
            "_schedule/x.md:3 the speaker 'ada' sp\n"
            "_speakers/bob.md:3 say a day, or from w\n");
  Files none = all;
  none.erase("_data/event.yml");
  EXPECT_TRUE(schedule_problems(SmallSite(none).site()).value().empty());
}

}  // namespace
}  // namespace stet::change
