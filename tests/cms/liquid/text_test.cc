#include "cms/liquid/convert.h"
#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(ToText, PrintsAsLiquidDoes) {
  PlainHost host;
  const Value hash = make_hash({{"a", Value(1)}, {"b", make_array({Value(), text("x\n\"")})}});
  const std::vector<std::pair<Value, std::string>> cases = {
      {Value(), ""},
      {Value(true), "true"},
      {Value(-3), "-3"},
      {Value(2.0), "2.0"},
      {text("é"), "é"},
      {Value(Date{2020, 10, 12}), "2020-10-12"},
      {Value(Time{.seconds = 0, .is_utc = true}), "1970-01-01 00:00:00 UTC"},
      {Value(Time{.seconds = 0, .offset_seconds = -18000}), "1969-12-31 19:00:00 -0500"},
      {Value::range(1, 3), "1..3"},
      {make_array({Value(1), Value(), make_array({text("a"), Value(2)})}), "1a2"},
      {hash, "{\"a\"=>1, \"b\"=>[nil, \"x\\n\\\"\"]}"},
      {Value::empty(), ""}};
  for (const auto& [value, expected] : cases) EXPECT_EQ(to_text(value, host), expected);
}

TEST(Inspect, QuotesAsRubyDoes) {
  PlainHost host;
  EXPECT_EQ(inspect(Value(), host), "nil");
  EXPECT_EQ(inspect(text("a\t\x01#{\xff"), host), "\"a\\t\\u0001\\#{\\xFF\"");
  EXPECT_EQ(to_s(texts({"a"}), host), "[\"a\"]");
  EXPECT_EQ(inspect(Value(Date{2000, 1, 1}), host),
            "#<Date: 2000-01-01 ((2451545j,0s,0n),+0s,2299161j)>");
}

TEST(FloatText, IsRubys) {
  const std::vector<std::pair<double, std::string>> cases = {{0.0, "0.0"},
                                                             {-0.0, "-0.0"},
                                                             {1.0, "1.0"},
                                                             {0.1, "0.1"},
                                                             {1e15, "1000000000000000.0"},
                                                             {1e16, "1.0e+16"},
                                                             {1.5e20, "1.5e+20"},
                                                             {0.0001, "0.0001"},
                                                             {0.00001, "1.0e-05"},
                                                             {123.456, "123.456"},
                                                             {-2.5, "-2.5"},
                                                             {1e100, "1.0e+100"}};
  for (const auto& [number, expected] : cases) EXPECT_EQ(float_text(number), expected);
}

TEST(AppendText, ReportsTheLiveInstant) {
  PlainHost host;
  to_text(make_array({Value::live_time(Time{.seconds = 0, .is_utc = true})}), host);
  ASSERT_EQ(host.instants_seen.size(), 1U);
  EXPECT_EQ(host.instants_seen[0].first, "");
  to_text(Value(Time{.seconds = 0}), host);
  EXPECT_EQ(host.instants_seen.size(), 1U);
}

TEST(AppendText, EndsOnVeryDeepValues) {
  PlainHost host;
  Value deep = make_array({Value(1)});
  for (int i = 0; i < 5000; ++i) deep = make_array({deep});
  EXPECT_LT(to_text(deep, host).size(), 1000U);
  EXPECT_LT(inspect(deep, host).size(), 1000U);
  EXPECT_FALSE(equal(deep, make_array({deep}), host));
}

}  // namespace
}  // namespace stet::liquid
