#include "cms/site/filling.h"

#include <gtest/gtest.h>

namespace stet::site {
namespace {

using Numbers = PersistentMap<std::string, int>;

TEST(Filling, MakesTheMapThatSettingOneByOneMakes) {
  const std::vector<std::pair<std::string, int>> sets = {
      {"d", 1}, {"a", 2}, {"c", 3}, {"a", 4}, {"b", 5}, {"d", 6}, {"a", 7}};
  for (std::size_t count = 0; count <= sets.size(); ++count) {
    Numbers at_once, one_by_one;
    Filling<std::string, int> filling(at_once);
    filling.begin();
    for (std::size_t i = 0; i < count; ++i) {
      filling.set(sets[i].first, sets[i].second);
      one_by_one = one_by_one.set(sets[i].first, sets[i].second);
    }
    EXPECT_TRUE(at_once.empty());
    filling.end();
    ASSERT_EQ(at_once.size(), one_by_one.size());
    for (std::size_t i = 0; i < at_once.size(); ++i) EXPECT_EQ(at_once.at(i), one_by_one.at(i));
  }
}

TEST(Filling, SetsTheMapItselfOutsideOfAFilling) {
  Numbers map;
  Filling<std::string, int> filling(map);
  filling.set("a", 1);
  ASSERT_TRUE(map.find("a"));
  EXPECT_EQ(*map.find("a"), 1);
}

}  // namespace
}  // namespace stet::site
