// Code blocks of real sites, as Rouge marks them up, token by token.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "cms/highlight/highlight.h"
#include "tests/conformance/suites.h"

namespace stet::highlight {
namespace {

using Json = nlohmann::json;

constexpr const char* kReachedFile = "tests/conformance/highlight_reached.txt";

std::string suite_file() { return conformance::suites_folder() + "/markdown/rouge.json"; }

TEST(HighlightConformance, NeverFallsBelowWhatEachLanguageHasReached) {
  std::ifstream file(suite_file());
  if (!file) {
    ASSERT_FALSE(conformance::must_be_there())
        << "STET_CONFORMANCE names a folder without " << suite_file();
    GTEST_SKIP() << "the foreign suite of code blocks: no " << suite_file();
  }
  const Json suite = Json::parse(file, nullptr, false);
  ASSERT_TRUE(suite.is_object() && suite.contains("cases")) << suite_file() << " is no suite";
  std::map<std::string, std::size_t> counts;
  for (const Json& test : suite["cases"]) {
    const std::string code = test["code"];
    const std::string language = test["lang"];
    counts[test["lexer"]] += to_html(language, code) == test["html"] ? 1 : 0;
  }
  const std::map<std::string, std::size_t> floors = conformance::reached(kReachedFile);
  for (const auto& [language, count] : counts) {
    ASSERT_TRUE(floors.contains(language)) << kReachedFile << " has no line for " << language;
    EXPECT_EQ(count, floors.at(language)) << "more than before: write the new count of " << language
                                          << " into " << kReachedFile << "; less: something broke";
  }
}

}  // namespace
}  // namespace stet::highlight
