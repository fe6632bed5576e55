#include "cms/schedule/releases.h"

#include <gtest/gtest.h>

#include "cms/schedule/history_step.h"
#include "storage/snapshot/memory_snapshot.h"

namespace stet::schedule {
namespace {

using Files = std::map<std::string, std::string>;

site::ScheduleHistory step(const site::ScheduleHistory& before,
                           const Files& from,
                           const Files& to,
                           std::int64_t seconds) {
  auto was = storage::make_memory_snapshot(from).value();
  auto is = storage::make_memory_snapshot(to).value();
  auto diff = storage::compare(*was, *is).value();
  return grown(before, {*is, diff, Instant{seconds}, CommitId()}).value();
}

std::string session(const std::string& title,
                    const std::string& hour,
                    const std::string& more = "") {
  return "---\ntitle: " + title + "\nstart: 2030-10-12T" + hour + ":00\nend: 2030-10-12T23:00\n" +
         more + "---\n";
}

Files some() {
  return {{"_data/event.yml", "time_zone: UTC\n"},
          {"_schedule/a.md", session("A", "10")},
          {"_schedule/b.md", session("B", "11")},
          {"_schedule/c.md", session("C", "12")},
          {"_schedule/d.md", session("D", "13", "status: cancelled\n")}};
}

std::string told(const site::ScheduleHistory& before, const site::ScheduleHistory& after) {
  std::string text;
  for (const SlotChange& change : changes_between(before.sessions, after.sessions)) {
    text += std::string(word_of(change.kind)) + " " +
            (change.slot.uid.empty() ? change.old_title : change.title) + "\n";
  }
  return text;
}

TEST(Releases, ChangesAreToldByKindAndInOrder) {
  Files first = some(), second = some();
  second["_schedule/a.md"] = session("A, renamed", "09");
  second.erase("_schedule/b.md");
  second["_schedule/c.md"] = session("C", "12", "status: cancelled\n");
  second["_schedule/d.md"] = session("D", "13");
  second["_schedule/e.md"] = session("E", "14", "room: Hall\n");
  auto one = step({}, {}, first, 1);
  auto two = step(one, first, second, 2);
  EXPECT_EQ(told({}, one), "new A\nnew B\nnew C\n");
  EXPECT_EQ(told(one, two),
            "moved A, renamed\nretitled A, renamed\nremoved B\ncancelled C\nnew D\nnew E\n");
  EXPECT_EQ(summary_of(changes_between(one.sessions, two.sessions)),
            "2 new, 1 moved, 1 cancelled, 1 removed, 1 retitled");
  EXPECT_EQ(summary_of({}), "no changes");
  auto three = step(two, second, second, 3);
  EXPECT_EQ(told(two, three), "");
}

TEST(Releases, ARenamedFileIsNoChange) {
  Files first = some(), second = some();
  second["_schedule/z.md"] = second["_schedule/a.md"];
  second.erase("_schedule/a.md");
  auto one = step({}, {}, first, 1);
  EXPECT_EQ(told(one, step(one, first, second, 2)), "");
}

TEST(Releases, AreMadeByTheCommitThatNamesThem) {
  Files first = some(), second = some(), third, fourth;
  first[kReleasesPath] = "- version: '0.1'\n  notes: Hello.\n";
  second[kReleasesPath] = first[kReleasesPath];
  second["_schedule/a.md"] = session("A", "09");
  third = second;
  third[kReleasesPath] = "- version: '0.1'\n  notes: Corrected.\n- version: 0.2\n";
  fourth = third;
  fourth[kReleasesPath] = "- version: 0.2\n";
  auto one = step({}, {}, first, 10);
  auto two = step(one, first, second, 20);
  auto three = step(two, second, third, 30);
  ASSERT_EQ(two.releases.size(), 1u);
  EXPECT_EQ(two.releases[0]->notes, "Hello.");
  EXPECT_EQ(two.releases[0]->when.seconds, 10);
  ASSERT_EQ(three.releases.size(), 2u);
  EXPECT_EQ(three.releases[0]->notes, "Corrected.");
  EXPECT_EQ(three.releases[0]->when.seconds, 10);
  EXPECT_EQ(three.releases[1]->version, "0.2");
  EXPECT_EQ(summary_of(changes_between(three.releases[1]->before, three.releases[1]->sessions)),
            "1 moved");
  auto four = step(three, third, fourth, 40);
  ASSERT_EQ(four.releases.size(), 1u);
  EXPECT_EQ(four.releases[0]->when.seconds, 30);
  EXPECT_EQ(summary_of(changes_between(four.releases[0]->before, four.releases[0]->sessions)),
            "3 new");
  Files broken = fourth;
  broken[kReleasesPath] = "- [\n";
  EXPECT_EQ(step(four, fourth, broken, 50).releases.size(), 1u);
  Files none = fourth;
  none.erase(kReleasesPath);
  EXPECT_TRUE(step(four, fourth, none, 50).releases.empty());
}

TEST(Releases, AVersionIsAShortWordThatGitTakesInATag) {
  for (const char* good : {"0.3", "1", "v2", "2026-1", "1.0+a", "1.0_rc-2"}) {
    EXPECT_TRUE(is_version(good)) << good;
  }
  for (const std::string& bad : {std::string(),
                                 std::string(41, '1'),
                                 std::string("wip"),
                                 std::string("latest"),
                                 std::string("1..2"),
                                 std::string(".1"),
                                 std::string("1."),
                                 std::string("a.lock"),
                                 std::string("a b"),
                                 std::string("a/b"),
                                 std::string("ä")}) {
    EXPECT_FALSE(is_version(bad)) << bad;
  }
}

}  // namespace
}  // namespace stet::schedule
