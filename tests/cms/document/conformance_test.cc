// The foreign suite: what SafeYAML makes of small snippets, as recorded from the real one.
#include <gtest/gtest.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cms/document/compose.h"
#include "tests/cms/document/read.h"

namespace stet::document {
namespace {

using nlohmann::json;

std::filesystem::path conformance_folder() {
  const char* named = std::getenv("STET_CONFORMANCE");
  return named ? named : "../shared/conformance";
}

Data expected_of(const json& value);

// Keys are strings here (data.h), so an expected 1 is "1".
Data expected_map(const json& pairs) {
  Data::Map map;
  for (const auto& pair : pairs) {
    Data key = expected_of(pair[0]);
    map.set(key_of(key).value_or(""), expected_of(pair[1]));
  }
  return map;
}

Data expected_time(const json& value) {
  auto text = value["!time"].get<std::string>();
  auto parsed = parse_iso_time(text);
  EXPECT_TRUE(parsed) << text;
  Time time;
  time.seconds = seconds_as_utc(parsed->civil);
  time.nanoseconds = parsed->nanoseconds;
  time.offset_seconds = value["utc_offset"].get<int>();
  return time;
}

double real_of(const std::string& text) {
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Data expected_of(const json& value) {
  if (value.is_null()) return {};
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_string()) return value.get<std::string>();
  if (value.is_array()) {
    Data::List list;
    for (const auto& item : value) list.push_back(expected_of(item));
    return list;
  }
  if (value.contains("!map")) return expected_map(value["!map"]);
  if (value.contains("!float")) return real_of(value["!float"].get<std::string>());
  if (value.contains("!int")) return value["!int"].get<std::string>();
  if (value.contains("!date")) return *parse_iso_date(value["!date"].get<std::string>());
  if (value.contains("!time")) return expected_time(value);
  ADD_FAILURE() << "unknown: " << value;
  return {};
}

TEST(YamlConformance, ReadsEveryCaseAsSafeYamlDoes) {
  std::ifstream file(conformance_folder() / "yaml" / "cases.json");
  if (!file) {
    const char* is_ci = std::getenv("CI");
    bool must = is_ci && std::string_view(is_ci) == "true" && std::getenv("STET_CONFORMANCE");
    ASSERT_FALSE(must) << "STET_CONFORMANCE names a folder without yaml/cases.json";
    GTEST_SKIP() << "skipped: no yaml/cases.json in " << conformance_folder();
  }
  json cases = json::parse(file)["cases"];
  ASSERT_GE(cases.size(), 100u);
  for (const auto& one : cases) {
    auto text = one["yaml"].get<std::string>();
    SCOPED_TRACE(text);
    Problems problems;
    Data data = parse_yaml(text, "case.yml", problems);
    bool is_refused = std::ranges::any_of(
        problems, [](const Problem& problem) { return problem.severity == Severity::kError; });
    const json& expected = one["safeyaml"];
    bool must_be_refused = expected.is_object() && expected.contains("!error");
    EXPECT_EQ(is_refused, must_be_refused) << first_of(problems);
    if (!must_be_refused) {
      EXPECT_EQ(data, expected_of(expected));
    }
  }
}

}  // namespace
}  // namespace stet::document
