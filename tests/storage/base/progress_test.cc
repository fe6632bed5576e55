#include "storage/base/progress.h"

#include <gtest/gtest.h>

#include <vector>

namespace stet {
namespace {

TEST(Progress, SaysHowFarItIsWhileItGoesOn) {
  Progress progress;
  EXPECT_FALSE(progress.now());
  progress.begin("reading", 40);
  progress.add();
  progress.add(2);
  ASSERT_TRUE(progress.now());
  EXPECT_EQ(to_string(*progress.now()), "reading: 3 of 40");
  progress.begin("fetching", 0);
  EXPECT_EQ(to_string(*progress.now()), "fetching");
  progress.add(7);
  EXPECT_EQ(to_string(*progress.now()), "fetching: 7");
  progress.end();
  EXPECT_FALSE(progress.now());
}

// What `told` does with so many calls: each is made once, and those are told that are long.
std::vector<std::string> seen(std::size_t count, ForAll for_all) {
  auto progress = std::make_shared<Progress>();
  std::vector<int> made(count);
  std::vector<std::string> steps;
  told(std::move(for_all), progress, "rendering")(count, [&](std::size_t i) {
    ++made[i];
    if (auto step = progress->now()) steps.push_back(to_string(*step));
  });
  EXPECT_EQ(made, std::vector<int>(count, 1));
  EXPECT_FALSE(progress->now());
  return steps;
}

TEST(Progress, TellsOfLongTurnsOfCalls) {
  const std::vector<std::string> steps = seen(kLongWork, {});
  ASSERT_EQ(steps.size(), kLongWork);
  EXPECT_EQ(steps.front(), "rendering: 0 of 256");
  EXPECT_EQ(steps.back(), "rendering: 255 of 256");
  EXPECT_TRUE(seen(kLongWork - 1, {}).empty());
}

TEST(Progress, LeavesTheCallsToWhoeverMakesThem) {
  const ForAll backwards = [](std::size_t count, const std::function<void(std::size_t)>& work) {
    while (count > 0) work(--count);
  };
  EXPECT_EQ(seen(kLongWork, backwards).size(), kLongWork);
  EXPECT_FALSE(told({}, nullptr, "nothing"));
}

}  // namespace
}  // namespace stet
