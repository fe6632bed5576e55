#include "tests/cms/liquid/filters/table.h"

namespace stet::liquid {
namespace {

TEST(MathFilters, CalculateExactlyInDecimals) {
  bench::check({
      {"plus", "0.1", "[0.2]", "0.3"},
      {"plus", "10.1", "[2.2]", "12.3"},
      {"minus", "10.1", "[2.2]", "7.9"},
      {"times", "5.0", "[2.1]", "10.5"},
      {"times", "1.1", "[1.1]", "1.21"},
      {"plus", "1", "[2.0]", "3.0"},
      {"plus", "1e20", "[1]", "1.0e+20"},
      {"minus", "1e-7", "[0]", "1.0e-07"},
      {"times", "1e300", "[1e300]", "Infinity"},
      {"times", "1e-300", "[1e-300]", "0.0"},
  });
}

TEST(MathFilters, TakeTextAsTheNumberThatItIsOrBeginsWith) {
  bench::check({
      {"plus", R"("3.5")", "[1]", "4.5"},
      {"plus", R"(" 3.5 ")", "[1]", "4.5"},
      {"plus", R"("3.")", "[1]", "4"},
      {"plus", R"("12abc")", "[1]", "13"},
      {"plus", R"("+7")", "[1]", "8"},
      {"plus", R"("1_000")", "[1]", "1001"},
      {"plus", R"("1__0")", "[1]", "2"},
      {"plus", R"("010")", "[1]", "11"},
      {"plus", R"("abc")", "[2]", "2"},
      {"plus", "null", "[2]", "2"},
      {"plus", "true", "[2]", "2"},
      {"plus", "[5]", "[2]", "2"},
      {"abs", R"("-5.10")", "[]", "5.1"},
  });
}

// A float was once printed with digits of the one before it in its exponent.
TEST(MathFilters, PrintEachFloatAlone) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(float_text(1.234567890123456e-200), "1.234567890123456e-200");
    EXPECT_EQ(float_text(266.5), "266.5");
    EXPECT_EQ(float_text(999999999999998.0), "999999999999998.0");
  }
}

TEST(MathFilters, DivideIntegersDownwards) {
  bench::check({
      {"divided_by", "9", "[2]", "4"},
      {"divided_by", "-9", "[2]", "-5"},
      {"divided_by", "20", "[7.0]", "2.857142857142857"},
      {"divided_by", "0", "[1.1]", "0.0"},
      {"divided_by", "1", "[0]", "! divided by 0"},
      {"divided_by", "1", "[0.0]", "Infinity"},
      {"divided_by", "-1.5", "[0]", "-Infinity"},
      {"divided_by", "0", "[0.0]", "NaN"},
      {"modulo", "1", "[0.0]", "! divided by 0"},
      {"divided_by", "1", R"(["x"])", "! divided by 0"},
      {"modulo", "-7", "[3]", "2"},
      {"modulo", "7", "[-3]", "-2"},
      {"modulo", "7.5", "[2]", "1.5"},
      {"modulo", "-7.5", "[2]", "0.5"},
      {"modulo", "5", "[null]", "! divided by 0"},
  });
}

TEST(MathFilters, RoundHalvesAwayFromZero) {
  bench::check({
      {"round", "5.5", "[]", "6"},          {"round", "-2.5", "[]", "-3"},
      {"round", "2.675", "[2]", "2.68"},    {"round", "5.666", R"(["1"])", "5.7"},
      {"round", "5.666", "[null]", "6"},    {"round", "5.666", "[-2]", "0"},
      {"round", "1250", "[-2]", "1300"},    {"round", "-1250", "[-2]", "-1300"},
      {"round", "5", "[2]", "5"},           {"round", "5.0", "[2]", "5.0"},
      {"round", "7", "[-99999999]", "0"},   {"ceil", "-5.4", "[]", "-5"},
      {"ceil", "5.4", "[]", "6"},           {"ceil", R"("hello")", "[]", "0"},
      {"floor", "-3.1", "[]", "-4"},        {"floor", R"("5.9")", "[]", "5"},
      {"at_least", R"("abc")", "[2]", "2"}, {"at_least", "8.4", "[5.9]", "8.4"},
      {"at_most", R"("9")", "[8]", "8"},    {"at_most", "5", "[null]", "0"},
  });
}

TEST(MathFilters, GoOnBeyond64BitsAsDigits) {
  bench::check({
      {"plus", "9223372036854775807", "[1]", R"("9223372036854775808")"},
      {"minus", R"("9223372036854775808")", "[1]", "9223372036854775807"},
      {"times", R"("100000000000000000000")", "[10]", R"("1000000000000000000000")"},
      {"divided_by", R"("100000000000000000000")", "[100]", "1000000000000000000"},
      {"abs", "-9223372036854775808", "[]", R"("9223372036854775808")"},
  });
}

TEST(MathFilters, RefuseNumbersThatAreTooLongOrNone) {
  bench::CountingContext context;
  Value long_number{std::string(1001, '9')};
  EXPECT_FALSE(bench::run(context, "plus", long_number, {Value(1)}).has_value());
  Value half{std::string(600, '9')};
  EXPECT_FALSE(bench::run(context, "times", half, {half}).has_value());
  Value infinite(std::numeric_limits<double>::infinity());
  auto refused = bench::run(context, "floor", infinite);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message, "Infinity");
}

}  // namespace
}  // namespace stet::liquid
