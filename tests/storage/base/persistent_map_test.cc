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

TEST(PersistentMap, VersionsAreComparedByWhatTheyDoNotShare) {
  std::mt19937 random(2);
  std::vector<std::pair<std::string, int>> sorted;
  for (int i = 10'000; i < 12'000; ++i) sorted.emplace_back(std::to_string(i), i);
  const Map start = Map::from_sorted(sorted);
  for (int edits : {0, 1, 3, 40, 3000}) {
    Map map = start;
    for (int i = 0; i < edits; ++i) {
      std::string key = std::to_string(9'900 + random() % 2'200);
      map = random() % 2 == 0 ? map.erase(key) : map.set(key, 1 + i % 2);
    }
    std::map<std::string, std::string> expected, found;
    auto text = [](const int* value) { return value ? std::to_string(*value) : "none"; };
    for (const auto& [key, value] : elements_of(start)) {
      const int* after = map.find(key);
      if (!after || *after != value) expected[key] = text(&value) + " " + text(after);
    }
    for (const auto& [key, value] : elements_of(map)) {
      if (!start.contains(key)) expected[key] = "none " + text(&value);
    }
    std::size_t looked_at = 0;
    auto is_same = [&](int a, int b) {
      ++looked_at;
      return a == b;
    };
    start.compare(map, is_same, [&](const std::string& key, const int* was, const int* is) {
      EXPECT_TRUE(found.empty() || found.rbegin()->first < key);
      found[key] = text(was) + " " + text(is);
    });
    EXPECT_EQ(found, expected) << edits;
    EXPECT_LE(looked_at, static_cast<std::size_t>(edits) * 40) << edits;
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
