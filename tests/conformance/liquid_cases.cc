#include "tests/conformance/liquid_cases.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "cms/liquid/template.h"
#include "cms/markdown/render.h"
#include "cms/sass/libsass.h"
#include "tests/cms/liquid/plain_host.h"

namespace stet::liquid {
namespace {

using Json = nlohmann::ordered_json;

Value to_value(const Json& json) {
  switch (json.type()) {
    case Json::value_t::boolean: return Value(json.get<bool>());
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned: return Value(json.get<std::int64_t>());
    case Json::value_t::number_float: return Value(json.get<double>());
    case Json::value_t::string: return Value(json.get<std::string>());
    case Json::value_t::array: {
      std::vector<Value> items;
      for (const Json& item : json) items.push_back(to_value(item));
      return make_array(std::move(items));
    }
    case Json::value_t::object: {
      std::vector<Hash::Entry> entries;
      for (const auto& [key, item] : json.items()) entries.emplace_back(key, to_value(item));
      return make_hash(std::move(entries));
    }
    default: return Value();
  }
}

// None where there is no such text.
std::optional<std::string> text_at(const Json& test, const char* key) {
  const auto found = test.find(key);
  if (found == test.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

std::vector<std::string> accepted_results(const Json& test) {
  std::vector<std::string> results;
  if (auto result = text_at(test, "result")) results.push_back(*result);
  if (const auto many = test.find("results"); many != test.end()) {
    for (const Json& result : *many) results.push_back(result.get<std::string>());
  }
  return results;
}

// With a site's Markdown and Sass, as Jekyll has them by default.
class CaseHost final : public PlainHost {
 public:
  std::string markdownify(std::string_view markdown) override {
    return markdown::render(markdown, {}).html;
  }
  std::string smartify(std::string_view text) override { return markdown::smartify(text); }
  Result<std::string> sassify(std::string_view text, bool is_indented) override {
    sass::Job job;
    job.text = text;
    job.name = "stdin";
    job.is_indented = is_indented;
    sass::Outcome outcome = sass::compile_with_libsass(job);
    if (outcome.is_failed) return invalid_input(outcome.message);
    return std::move(outcome.css);
  }
};

// What our engine made of a case; no output: it would have stopped the build.
struct Outcome {
  std::optional<std::string> output;
  std::string message;
};

Outcome render(const Json& test) {
  CaseHost host;
  if (const auto files = test.find("templates"); files != test.end()) {
    for (const auto& [name, text] : files->items()) host.includes[name] = text.get<std::string>();
  }
  if (const auto config = test.find("config"); config != test.end()) {
    for (const auto& [key, value] : config->items()) host.configuration[key] = to_value(value);
  }
  Globals globals;
  if (const auto data = test.find("data"); data != test.end()) {
    for (const auto& [key, value] : data->items()) globals.emplace_back(key, to_value(value));
  }
  const Parsed parsed = Template::parse(test.at("template").get<std::string>(), "case");
  Rendered rendered = parsed.tree->render(globals, host, {});
  if (rendered.fatal) return {std::nullopt, rendered.fatal->message};
  return {std::move(rendered.output), ""};
}

bool is_one_of(const std::optional<std::string>& output, const std::vector<std::string>& results) {
  return output && std::find(results.begin(), results.end(), *output) != results.end();
}

bool is_right_golden(const Json& test, const Outcome& outcome) {
  const bool jekyll_aborts = text_at(test, "jekyll_error").has_value();
  const auto jekyll_out = text_at(test, "jekyll_out");
  if (test.value("invalid", false)) {
    return jekyll_aborts ? !outcome.output : outcome.output == jekyll_out;
  }
  if (!jekyll_aborts) {
    return outcome.output == jekyll_out || (test.value("jekyll_full", "") == "pass" &&
                                            is_one_of(outcome.output, accepted_results(test)));
  }
  // Where Jekyll got as far as rendering, or to an include of its own, aborting is what it does;
  // only what it cannot even read is a feature of Liquid 5.
  const bool is_own = jekyll_out || test.value("group", "") == "tags, include";
  return is_one_of(outcome.output, accepted_results(test)) || (is_own && !outcome.output);
}

bool is_right_liquid4(const Json& test, const Outcome& outcome) {
  if (text_at(test, "jekyll_error")) return !outcome.output;
  return outcome.output == text_at(test, "result");
}

bool is_right_filter(const Json& test, const Outcome& outcome) {
  if (text_at(test, "error")) return !outcome.output;
  return outcome.output == text_at(test, "result");
}

std::string describe(const Json& test, const Outcome& outcome) {
  Json detail = {{"template", test.at("template")}, {"data", test.value("data", Json())}};
  for (const char* key : {"result", "results", "invalid", "jekyll_out", "jekyll_error", "error"}) {
    if (test.contains(key) && !test[key].is_null()) detail[key] = test[key];
  }
  detail["got"] = outcome.output ? Json(*outcome.output) : Json("aborts: " + outcome.message);
  return detail.dump(-1, ' ', false, Json::error_handler_t::replace);
}

using Rule = bool (*)(const Json& test, const Outcome& outcome);

Result<SuiteOutcome> run_suite(const std::string& folder, const std::string& name, Rule is_right) {
  std::ifstream file(folder + "/" + name + ".json");
  if (!file) return not_found("no " + name + ".json in " + folder);
  const Json suite = Json::parse(file, nullptr, /*allow_exceptions=*/false);
  if (!suite.is_object() || !suite.contains("tests")) return invalid_input(name + ": no tests");
  SuiteOutcome result{.name = name, .cases = {}};
  std::map<std::string, int> seen;
  for (const Json& test : suite["tests"]) {
    const Outcome outcome = render(test);
    CaseOutcome& one = result.cases.emplace_back();
    one.name = test.value("name", "");
    if (const int count = ++seen[one.name]; count > 1) one.name += " #" + std::to_string(count);
    one.has_passed = is_right(test, outcome);
    if (!one.has_passed) one.detail = describe(test, outcome);
  }
  return result;
}

}  // namespace

std::size_t SuiteOutcome::passed() const {
  return static_cast<std::size_t>(std::count_if(
      cases.begin(), cases.end(), [](const CaseOutcome& one) { return one.has_passed; }));
}

std::vector<std::string> SuiteOutcome::failing() const {
  std::vector<std::string> names;
  for (const CaseOutcome& one : cases) {
    if (!one.has_passed) names.push_back(one.name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::vector<SuiteOutcome>> run_liquid_suites(const std::string& folder) {
  std::vector<SuiteOutcome> suites;
  suites.push_back(TRY(run_suite(folder, "liquid/golden", is_right_golden)));
  suites.push_back(TRY(run_suite(folder, "liquid/liquid4", is_right_liquid4)));
  suites.push_back(TRY(run_suite(folder, "liquid/jekyll_filters", is_right_filter)));
  return suites;
}

}  // namespace stet::liquid
