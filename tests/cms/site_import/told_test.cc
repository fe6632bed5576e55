#include "cms/site_import/told.h"

#include <gtest/gtest.h>

#include "tests/cms/site_import/exported.h"

namespace stet::site_import {
namespace {

TEST(Told, WhatIsMetOftenIsToldOnce) {
  Told told;
  told.count({3, 0}, "comments stay behind", 2);
  told.count({9, 0}, "comments stay behind");
  told.count({1, 0}, "nothing", 0);
  EXPECT_EQ(shown(told.take()), "left out 3: 3 comments stay behind\n");
}

TEST(Told, WhatIsBeyondTheLimitIsANumberAndOfDoubtsADoubt) {
  Told told;
  for (std::size_t i = 0; i < schedule_import::kFindingsMax + 5; ++i) told.leave_out({1, 0}, "x");
  told.doubt({2, 0}, "y", "z");
  auto findings = told.take();
  EXPECT_EQ(findings.size(), schedule_import::kFindingsMax + 2);
  EXPECT_TRUE(tells(findings, "left out 0: 5 further findings"));
  EXPECT_TRUE(tells(findings, "doubt 0: 1 further doubts"));
}

TEST(Told, CountsHaveALimitToo) {
  Told told;
  for (std::size_t i = 0; i < 3 * schedule_import::kFindingsMax; ++i) {
    told.count({1, 0}, "of type " + std::to_string(i));
  }
  EXPECT_EQ(told.take().size(), schedule_import::kFindingsMax + 1);
}

}  // namespace
}  // namespace stet::site_import
