// When changes are published: clocks that jump, zones, servers that are down, and what is due
// together.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/change_world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;

constexpr char kSecond[] = "/posts/2020-02-02-second";

class ChangeTimes : public ::testing::Test {
 protected:
  // Of a title, which will be published so many seconds from now; its id.
  std::string scheduled(const std::string& entry, const std::string& title, std::int64_t seconds) {
    std::string id = world_.begin(title);
    EXPECT_EQ(world_.edit(id, entry, {{"title", title}}).status, 200);
    EXPECT_EQ(set_time(id, iso_instant({world_.clock.now().seconds + seconds})).status, 202);
    return id;
  }
  Told set_time(const std::string& id, const std::string& at) {
    return world_.post("/changes/" + id + "/publish", {{"at", at}});
  }
  std::string state(const std::string& id) { return world_.change(id)["state"]; }
  std::string subjects(const std::string& count) {
    return world_.lines({"log", "--first-parent", "--format=%s", "-" + count, "main"});
  }

  ChangeWorld world_;
};

TEST_F(ChangeTimes, AreInstantsWhateverZoneTheyAreSaidIn) {
  std::string id = world_.begin("Spring");
  ASSERT_EQ(world_.edit(id, kFirst, {{"title", "Spring"}}).status, 200);
  const std::string expected = "2023-12-01T08:00:00Z";
  for (const char* at : {"2023-12-01T08:00:00Z",
                         "2023-12-01T09:00:00+01:00",
                         "2023-12-01T00:30:00-07:30",
                         "2023-12-01T21:45:00+13:45"}) {
    Told told = set_time(id, at);
    ASSERT_EQ(told.status, 202) << at << told.body;
    EXPECT_EQ(told.json()["change"]["publish_at"], expected) << at;
    // The offset's minutes are in git as an instant too: a clone knows when.
    EXPECT_THAT(world_.lines({"log", "-1", "--format=%B", "change/" + id}),
                HasSubstr("Stet-Publish-At: " + expected))
        << at;
  }
  for (const char* at : {"2023-12-01T08:00:00",
                         "2023-12-01",
                         "2023-12-01T25:00:00Z",
                         "2023-13-01T08:00:00Z",
                         "2023-02-30T08:00:00Z",
                         "2023-12-01T08:00:00+99:00",
                         "soon",
                         ""}) {
    EXPECT_EQ(set_time(id, at).status, 422) << at;
  }
  EXPECT_EQ(world_.change(id)["publish_at"], expected);
}

TEST_F(ChangeTimes, OfTheSameSecondAreInOrderOfTheirIds) {
  std::string one = scheduled(kFirst, "One", 60), two = scheduled(kSecond, "Two", 60);
  world_.clock.advance_seconds(60);
  EXPECT_EQ(world_.change_work->round(), std::nullopt);
  EXPECT_EQ(state(one), "published");
  EXPECT_EQ(state(two), "published");
  EXPECT_EQ(subjects("2"),
            one < two ? "Publish 'Two'\nPublish 'One'" : "Publish 'One'\nPublish 'Two'");
}

TEST_F(ChangeTimes, OfTheSameSecondAndFieldThePublishedOneBlocksTheOther) {
  std::string one = scheduled(kFirst, "One", 60), two = scheduled(kFirst, "Two", 60);
  std::string first = std::min(one, two), last = std::max(one, two);
  world_.clock.advance_seconds(60);
  world_.change_work->round();
  EXPECT_EQ(state(first), "published");
  EXPECT_EQ(state(last), "blocked");
  EXPECT_THAT(std::string(world_.change(last)["blocked"]["reason"]),
              HasSubstr("/front_matter/title"));
  // And it holds up nobody.
  std::string other = scheduled(kSecond, "Three", 60);
  world_.clock.advance_seconds(60);
  world_.change_work->round();
  EXPECT_EQ(state(other), "published");
}

TEST_F(ChangeTimes, BeforeTheirSecondNothingHappensAndInItItDoes) {
  std::string id = scheduled(kFirst, "Spring", 60);
  world_.clock.advance_seconds(59);
  EXPECT_EQ(world_.change_work->round(), (Instant{world_.clock.now().seconds + 1}));
  EXPECT_EQ(state(id), "scheduled");
  world_.clock.advance_seconds(1);
  world_.change_work->round();
  EXPECT_EQ(state(id), "published");
}

TEST_F(ChangeTimes, AClockThatJumpsAheadPublishesAllThatItHasPassedInTheirOrder) {
  std::string late = scheduled(kSecond, "Late", 90'000), soon = scheduled(kFirst, "Soon", 60);
  std::string never = scheduled("/pages/about", "Never", 90'000'000);
  world_.clock.advance_seconds(100'000);
  EXPECT_EQ(world_.change_work->round(), (Instant{1'700'000'000 + 90'000'000}));
  EXPECT_EQ(subjects("2"), "Publish 'Late'\nPublish 'Soon'");
  EXPECT_EQ(state(never), "scheduled");
}

TEST_F(ChangeTimes, AClockThatJumpsBackWaitsAndPublishesNothingTwice) {
  std::string done = scheduled(kFirst, "Done", 60), waits = scheduled(kSecond, "Waits", 120);
  world_.clock.advance_seconds(60);
  world_.change_work->round();
  ASSERT_EQ(state(done), "published");
  std::string head = world_.head();
  world_.clock.advance_seconds(-3600);
  EXPECT_EQ(world_.change_work->round(), (Instant{1'700'000'000 + 120}));
  EXPECT_EQ(world_.head(), head);
  EXPECT_EQ(state(waits), "scheduled");
  EXPECT_THAT(world_.page("/first/"), HasSubstr("<h1>Done</h1>"));
  world_.clock.advance_seconds(3660);
  world_.change_work->round();
  EXPECT_EQ(state(waits), "published");
}

TEST_F(ChangeTimes, OneThatFellDueWhileNoServerRanAndConflictsByThenIsBlockedAtTheStart) {
  std::string id = scheduled(kFirst, "Spring", 60), fine = scheduled(kSecond, "Fine", 90);
  world_.restart();
  // Somebody has pushed, by ssh.
  world_.repository.commit({{"_posts/2020-01-01-first.md", "---\ntitle: Summer\n---\nBody.\n"}});
  ASSERT_TRUE(world_.pipeline->publish_head("main"));
  world_.clock.advance_seconds(86'400);
  world_.change_work->round();
  EXPECT_EQ(state(id), "blocked");
  EXPECT_EQ(state(fine), "published");
  EXPECT_EQ(world_.change(id)["blocked"]["since"], iso_instant(world_.clock.now()));
}

}  // namespace
}  // namespace stet::api
