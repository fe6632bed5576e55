#include "cms/liquid/value.h"

#include <gtest/gtest.h>

namespace stet::liquid {
namespace {

TEST(Value, KeepsWhatItWasGiven) {
  EXPECT_TRUE(Value().is_nil());
  EXPECT_EQ(Value(true).as_bool(), true);
  EXPECT_EQ(Value(-7).as_integer(), -7);
  EXPECT_EQ(Value(1.5).as_float(), 1.5);
  EXPECT_EQ(Value(std::string("text")).as_string(), "text");
  EXPECT_EQ(Value::view("seen").as_string(), "seen");
  EXPECT_EQ(Value::range(3, 1).as_range(), std::pair(std::int64_t{3}, std::int64_t{1}));
}

TEST(Value, KeepsDatesBeforeOurEraToo) {
  for (const Date& date : {Date{2020, 10, 12}, Date{-44, 3, 15}, Date{1, 1, 1}}) {
    EXPECT_EQ(Value(date).as_date(), date);
  }
}

TEST(Value, TellsTheLiveInstantFromOtherTimes) {
  const Time time{.seconds = 5};
  EXPECT_TRUE(Value::live_time(time).is_live_time());
  EXPECT_FALSE(Value(time).is_live_time());
  const Value copy = Value::live_time(time);
  EXPECT_TRUE(Value(copy).is_live_time());
}

TEST(Value, SharesWhatItRefersTo) {
  Value array = make_array({Value(1), Value(std::string("x"))});
  const Value copy = array;
  array = Value();
  EXPECT_EQ(copy.as_array().items.size(), 2U);
  Value moved = copy;
  moved = moved.as_array().items[1];
  EXPECT_EQ(moved.as_string(), "x");
}

TEST(Value, OnlyNilAndFalseAreFalse) {
  for (const Value& value : {Value(), Value(false)}) EXPECT_FALSE(value.is_truthy());
  for (const Value& value : {Value(0), Value(std::string()), Value::blank(), make_array({})}) {
    EXPECT_TRUE(value.is_truthy());
  }
}

TEST(Hash, KeepsTheOrderOfItsKeysAndTheirLastValues) {
  for (int count : {3, 40}) {
    std::vector<Hash::Entry> entries;
    for (int i = 0; i < count; ++i) entries.emplace_back("k" + std::to_string(count - i), Value(i));
    entries.emplace_back("k1", Value(-1));
    const Value value = make_hash(entries);
    const Hash& hash = value.as_hash();
    ASSERT_EQ(hash.entries().size(), static_cast<std::size_t>(count));
    EXPECT_EQ(hash.entries()[0].first, "k" + std::to_string(count));
    EXPECT_EQ(hash.find("k1")->as_integer(), -1);
    for (int i = 1; i < count; ++i) EXPECT_NE(hash.find("k" + std::to_string(i)), nullptr) << i;
    EXPECT_EQ(hash.find("k0"), nullptr);
    EXPECT_EQ(hash.find(""), nullptr);
  }
}

}  // namespace
}  // namespace stet::liquid
