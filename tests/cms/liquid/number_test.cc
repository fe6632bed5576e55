#include "cms/liquid/convert.h"
#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(ToI, TakesTheNumberAtTheStart) {
  const std::vector<std::pair<std::string_view, std::int64_t>> cases = {
      {"12", 12},
      {" -7x", -7},
      {"1_000", 1000},
      {"1__0", 1},
      {"x", 0},
      {"", 0},
      {"+5", 5},
      {"3.9", 3},
      {"99999999999999999999", INT64_MAX},
      {"-99999999999999999999", INT64_MIN}};
  for (const auto& [given, expected] : cases) EXPECT_EQ(text_to_i(given), expected) << given;
  EXPECT_EQ(to_i(Value(3.9)), 3);
  EXPECT_EQ(to_i(Value(-3.9)), -3);
  EXPECT_EQ(to_i(Value()), 0);
}

TEST(ToInteger, WantsAWholeNumberAndNothingElse) {
  const std::vector<std::pair<std::string_view, std::optional<std::int64_t>>> cases = {
      {"12", 12},
      {" 12 ", 12},
      {"-3", -3},
      {"0x1F", 31},
      {"0b11", 3},
      {"010", 8},
      {"0", 0},
      {"1_0", 10},
      {"1.5", std::nullopt},
      {"x", std::nullopt},
      {"", std::nullopt},
      {"12x", std::nullopt},
      {"08", std::nullopt}};
  for (const auto& [given, expected] : cases) EXPECT_EQ(to_integer(text(given)), expected) << given;
  EXPECT_EQ(to_integer(Value(1.0)), std::nullopt);
  EXPECT_EQ(to_integer(Value()), std::nullopt);
}

TEST(ToNumber, ReadsDecimalsAndWholeNumbers) {
  EXPECT_EQ(to_number(text("3.5")).as_float(), 3.5);
  EXPECT_EQ(to_number(text("-3.25 ")).as_float(), -3.25);
  EXPECT_EQ(to_number(text("3.")).as_integer(), 3);
  EXPECT_EQ(to_number(text("abc")).as_integer(), 0);
  EXPECT_EQ(to_number(Value()).as_integer(), 0);
}

TEST(ToF, TakesTheNumberAtTheStart) {
  const std::vector<std::pair<std::string_view, double>> cases = {{"1.5x", 1.5},
                                                                  {"1e3", 1000},
                                                                  {"-2.5e-1", -0.25},
                                                                  {".5", 0},
                                                                  {"1.", 1},
                                                                  {"x", 0},
                                                                  {"1e", 1},
                                                                  {"1_0.2_5", 10.25}};
  for (const auto& [given, expected] : cases) EXPECT_EQ(text_to_f(given), expected) << given;
}

}  // namespace
}  // namespace stet::liquid
