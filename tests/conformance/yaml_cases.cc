#include "tests/conformance/yaml_cases.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "cms/document/compose.h"
#include "cms/document/yaml.h"

namespace stet::document {
namespace {

using Json = nlohmann::json;

// Nothing where the suite has a kind of value that is not known here.
std::optional<Data> expected_of(const Json& value);

// Keys are strings here (data.h), so an expected 1 is "1".
std::optional<Data> expected_map(const Json& pairs) {
  Data::Map map;
  for (const Json& pair : pairs) {
    const std::optional<Data> key = expected_of(pair[0]);
    std::optional<Data> value = expected_of(pair[1]);
    if (!key || !value) return std::nullopt;
    map.set(key_of(*key).value_or(""), *std::move(value));
  }
  return map;
}

std::optional<Data> expected_list(const Json& items) {
  Data::List list;
  for (const Json& item : items) {
    std::optional<Data> value = expected_of(item);
    if (!value) return std::nullopt;
    list.push_back(*std::move(value));
  }
  return list;
}

std::optional<Data> expected_time(const Json& value) {
  const auto parsed = parse_iso_time(value["!time"].get<std::string>());
  if (!parsed) return std::nullopt;
  Time time;
  time.seconds = seconds_as_utc(parsed->civil);
  time.nanoseconds = parsed->nanoseconds;
  time.offset_seconds = value["utc_offset"].get<int>();
  return time;
}

std::optional<Data> expected_date(const std::string& text) {
  const auto date = parse_iso_date(text);
  if (!date) return std::nullopt;
  return *date;
}

double real_of(const std::string& text) {
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<Data> expected_of(const Json& value) {
  if (value.is_null()) return Data();
  if (value.is_boolean()) return Data(value.get<bool>());
  if (value.is_number_integer()) return Data(value.get<std::int64_t>());
  if (value.is_string()) return Data(value.get<std::string>());
  if (value.is_array()) return expected_list(value);
  if (value.contains("!map")) return expected_map(value["!map"]);
  if (value.contains("!float")) return Data(real_of(value["!float"].get<std::string>()));
  if (value.contains("!int")) return Data(value["!int"].get<std::string>());
  if (value.contains("!date")) return expected_date(value["!date"].get<std::string>());
  if (value.contains("!time")) return expected_time(value);
  return std::nullopt;
}

YamlCase run(const Json& one) {
  YamlCase outcome;
  outcome.source = one["yaml"].get<std::string>();
  Problems problems;
  const Data data = parse_yaml(outcome.source, "case.yml", problems);
  const auto refusal = std::ranges::find(problems, Severity::kError, &Problem::severity);
  const bool is_refused = refusal != problems.end();
  outcome.actual = is_refused ? stet::to_string(*refusal) : to_string(data);
  const Json& recorded = one["safeyaml"];
  outcome.expected = recorded.dump();
  if (recorded.is_object() && recorded.contains("!error")) {
    outcome.has_passed = is_refused;
  } else {
    const std::optional<Data> expected = expected_of(recorded);
    outcome.has_passed = !is_refused && expected && data == *expected;
  }
  return outcome;
}

}  // namespace

Result<std::vector<YamlCase>> run_yaml_suite(const std::string& folder) {
  const std::string path = folder + "/yaml/cases.json";
  std::ifstream file(path);
  if (!file) return not_found("no suite at " + path);
  const Json json = Json::parse(file, nullptr, false);
  if (json.is_discarded() || !json.contains("cases")) return invalid_input(path + " is no suite");
  std::vector<YamlCase> cases;
  for (const Json& one : json["cases"]) cases.push_back(run(one));
  return cases;
}

}  // namespace stet::document
