#include <cmath>

#include "cms/liquid/convert.h"

#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(Equal, IsRubys) {
  PlainHost host;
  EXPECT_TRUE(equal(Value(1), Value(1.0), host));
  EXPECT_TRUE(equal(texts({"a"}), texts({"a"}), host));
  EXPECT_TRUE(equal(make_hash({{"a", Value(1)}, {"b", Value(2)}}),
                    make_hash({{"b", Value(2)}, {"a", Value(1)}}),
                    host));
  EXPECT_TRUE(equal(Value(), Value(), host));
  EXPECT_FALSE(equal(Value(1), text("1"), host));
  EXPECT_FALSE(equal(texts({"a"}), texts({"a", "b"}), host));
  EXPECT_FALSE(equal(Value(false), Value(), host));
  EXPECT_FALSE(equal(Value::empty(), text(""), host));
}

TEST(Compare, IsRubys) {
  PlainHost host;
  EXPECT_EQ(compare(Value(1), Value(2), host), -1);
  EXPECT_EQ(compare(Value(2.5), Value(2), host), 1);
  EXPECT_EQ(compare(Value(INT64_MAX), Value(9223372036854775808.0), host), -1);
  EXPECT_EQ(compare(text("a"), text("B"), host), 1);
  EXPECT_EQ(compare(texts({"a", "b"}), texts({"a", "c"}), host), -1);
  EXPECT_EQ(compare(texts({"a"}), texts({"a", "c"}), host), -1);
  EXPECT_EQ(compare(Value(), Value(), host), 0);
  EXPECT_EQ(compare(Value(1), text("1"), host), std::nullopt);
  EXPECT_EQ(compare(Value(), Value(1), host), std::nullopt);
  EXPECT_EQ(compare(Value(std::nan("")), Value(1), host), std::nullopt);
}

TEST(Compare, ReportsTheLiveInstant) {
  PlainHost host;
  EXPECT_EQ(compare(Value::live_time({.seconds = 5}), Value(Time{.seconds = 4}), host), 1);
  EXPECT_EQ(host.instants_seen.size(), 1U);
}

}  // namespace
}  // namespace stet::liquid
