#include "cms/document/data.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/cms/document/read.h"

namespace stet::document {
namespace {

TEST(Data, IsEqualByKindAndValue) {
  EXPECT_EQ(Data(1), Data(std::int64_t{1}));
  EXPECT_FALSE(Data(1) == Data(1.0));
  EXPECT_FALSE(Data() == Data(false));
  EXPECT_FALSE(Data("1") == Data(1));
  double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(Data(nan), Data(nan));
  EXPECT_EQ(Data(Time{10, 0, 3600, false}), Data(Time{10, 0, 3600, true}));
  EXPECT_FALSE(Data(Time{10, 0, 3600, false}) == Data(Time{10, 0, 0, false}));
}

TEST(Data, OrderCountsInListsAndNotInMaps) {
  EXPECT_FALSE(Data(Data::List{1, 2}) == Data(Data::List{2, 1}));
  EXPECT_EQ(Data(Data::Map{{"a", 1}, {"b", 2}}), Data(Data::Map{{"b", 2}, {"a", 1}}));
  EXPECT_FALSE(Data(Data::Map{{"a", 1}}) == Data(Data::Map{{"b", 1}}));
}

TEST(Data, LargeMapsInOtherOrdersAreEqual) {
  Data::Map up, down;
  for (int i = 0; i < 500; ++i) up.set(std::to_string(i), i);
  for (int i = 500; i-- > 0;) down.set(std::to_string(i), i);
  EXPECT_EQ(up, down);
  down.set("250", 0);
  EXPECT_FALSE(up == down);
}

TEST(Data, MapsKeepTheirOrderAndEachKeyOnce) {
  Data::Map map{{"b", 1}, {"a", 2}, {"b", 3}};
  EXPECT_EQ(to_string(map), R"({"b": 3, "a": 2})");
  EXPECT_TRUE(map.erase("b"));
  EXPECT_FALSE(map.erase("b"));
  EXPECT_EQ(map.size(), 1u);
}

TEST(Data, MergePatchesAreThoseOfRfc7396) {
  struct Case {
    const char *target, *patch, *result;
  };
  const Case kCases[] = {
      {"{a: b}", "{a: c}", "{a: c}"},
      {"{a: b}", "{b: c}", "{a: b, b: c}"},
      {"{a: b}", "{a: ~}", "{}"},
      {"{a: b, b: c}", "{a: ~}", "{b: c}"},
      {"{a: [b]}", "{a: c}", "{a: c}"},
      {"{a: c}", "{a: [b]}", "{a: [b]}"},
      {"{a: {b: c}}", "{a: {b: d, c: ~}}", "{a: {b: d}}"},
      {"{a: [{b: c}]}", "{a: [1]}", "{a: [1]}"},
      {"[a, b]", "[c, d]", "[c, d]"},
      {"{a: b}", "[c]", "[c]"},
      {"{a: foo}", "~", "~"},
      {"{e: ~}", "{a: 1}", "{e: ~, a: 1}"},
      {"[1, 2]", "{a: b, c: ~}", "{a: b}"},
      {"{}", "{a: {bb: {ccc: ~}}}", "{a: {bb: {}}}"},
  };
  for (const auto& one : kCases) {
    EXPECT_EQ(merge_patched(yaml(one.target), yaml(one.patch)), yaml(one.result)) << one.patch;
  }
}

}  // namespace
}  // namespace stet::document
