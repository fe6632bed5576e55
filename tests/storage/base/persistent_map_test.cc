#include "storage/base/persistent_map.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace stet {
namespace {

using Map = PersistentMap<std::string, int>;

std::vector<std::pair<std::string, int>> elements_of(const Map& map) {
  std::vector<std::pair<std::string, int>> elements;
  map.for_each([&](const std::string& key, int value) { elements.emplace_back(key, value); });
  return elements;
}

TEST(PersistentMap, AgreesWithAStandardMapOverRandomEdits) {
  std::mt19937 random(1);
  Map map;
  std::map<std::string, int> expected;
  for (int step = 0; step < 4000; ++step) {
    std::string key = std::to_string(random() % 500);
    if (random() % 3 == 0) {
      map = map.erase(key);
      expected.erase(key);
    } else {
      map = map.set(key, step);
      expected[key] = step;
    }
    ASSERT_EQ(map.size(), expected.size());
  }
  EXPECT_EQ(elements_of(map),
            (std::vector<std::pair<std::string, int>>(expected.begin(), expected.end())));
  std::size_t rank = 0;
  for (const auto& [key, value] : expected) {
    EXPECT_EQ(map.rank_of(key), rank);
    EXPECT_EQ(map.at(rank).first, key);
    EXPECT_EQ(*map.find(key), value);
    ++rank;
  }
}

TEST(PersistentMap, OldVersionsStayAsTheyWere) {
  Map before = Map().set("a", 1).set("b", 2);
  Map after = before.set("a", 3).erase("b");
  EXPECT_EQ(*before.find("a"), 1);
  EXPECT_TRUE(before.contains("b"));
  EXPECT_EQ(*after.find("a"), 3);
  EXPECT_FALSE(after.contains("b"));
  EXPECT_TRUE(after.is_same_version(after.erase("missing")));
}

TEST(PersistentMap, WalksRangesOfRanks) {
  std::vector<std::pair<std::string, int>> sorted;
  for (int i = 0; i < 100; ++i) sorted.emplace_back(std::string(1, static_cast<char>(i + 1)), i);
  Map map = Map::from_sorted(sorted);
  for (std::size_t begin : {0u, 1u, 50u, 99u, 100u}) {
    for (std::size_t end : {0u, 1u, 51u, 100u, 200u}) {
      std::vector<int> seen;
      map.for_range(begin, end, [&](const std::string&, int value) { seen.push_back(value); });
      std::vector<int> expected;
      for (std::size_t i = begin; i < std::min<std::size_t>(end, 100); ++i) {
        expected.push_back(static_cast<int>(i));
      }
      EXPECT_EQ(seen, expected) << begin << " to " << end;
    }
  }
}

TEST(PersistentMap, StaysShallowWhenFilledInOrder) {
  PersistentMap<int, int> map;
  for (int i = 0; i < 100000; ++i) map = map.set(i, i);
  EXPECT_EQ(map.at(77777).first, 77777);  // recursion or time would tell a degenerate tree
  for (int i = 0; i < 100000; i += 2) map = map.erase(i);
  EXPECT_EQ(map.size(), 50000u);
  EXPECT_EQ(map.rank_of(99999), 49999u);
}

TEST(PersistentMap, AWalkStopsWhenToldSo) {
  Map map = Map().set("a", 1).set("b", 2).set("c", 3);
  int seen = 0;
  map.for_each([&](const std::string&, int) { return ++seen < 2; });
  EXPECT_EQ(seen, 2);
}

}  // namespace
}  // namespace stet
