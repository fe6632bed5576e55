#include "storage/base/bounded_cache.h"

#include <gtest/gtest.h>

namespace stet {
namespace {

using Value = std::shared_ptr<const int>;

Value value(int number) { return std::make_shared<const int>(number); }

constexpr std::uint64_t kEach = 1000 - 200;  // an entry takes 200 more

TEST(BoundedCache, KeepsWhatWasAskedForLast) {
  BoundedCache<int, Value> cache(3000);
  for (int i = 0; i < 3; ++i) cache.put(i, value(i), kEach);
  EXPECT_EQ(*cache.find(0), 0);
  cache.put(3, value(3), kEach);
  EXPECT_TRUE(cache.contains(0));
  EXPECT_FALSE(cache.find(1));
  EXPECT_TRUE(cache.contains(2));
}

TEST(BoundedCache, OfTwoThatBringTheSameBothGetTheFirst) {
  BoundedCache<int, Value> cache(3000);
  Value first = cache.put(1, value(1), kEach);
  EXPECT_EQ(cache.put(1, value(2), kEach), first);
  EXPECT_EQ(cache.offer(1, value(3), kEach), first);
}

TEST(BoundedCache, WhatIsOfferedTakesNobodysPlace) {
  BoundedCache<int, Value> cache(3000);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(*cache.offer(i, value(i), kEach), i);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(cache.contains(i), i < 3) << i;
  cache.erase(1);
  cache.offer(4, value(4), kEach);
  EXPECT_TRUE(cache.contains(4));
  cache.put(5, value(5), 10 * kEach);  // larger than all
  EXPECT_FALSE(cache.contains(5));
}

}  // namespace
}  // namespace stet
