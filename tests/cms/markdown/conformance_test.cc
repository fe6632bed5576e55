#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include "tests/conformance/markdown_cases.h"
#include "tests/conformance/suites.h"

namespace stet::markdown {
namespace {

constexpr const char* kReachedFile = "tests/conformance/markdown_reached.txt";

TEST(MarkdownConformance, NeverFallsBelowWhatItHasReached) {
  const std::string folder = conformance::suites_folder();
  if (!std::filesystem::exists(folder + "/markdown")) {
    ASSERT_FALSE(conformance::must_be_there())
        << "STET_CONFORMANCE names " << folder << ", which has no markdown";
    GTEST_SKIP() << "the foreign Markdown suites: no " << folder << "/markdown";
  }
  const auto suites = run_markdown_suites(folder);
  ASSERT_TRUE(suites) << suites.error().message;
  const std::map<std::string, std::size_t> counts = conformance::reached(kReachedFile);
  for (const MarkdownSuite& suite : *suites) {
    ASSERT_TRUE(counts.contains(suite.name)) << kReachedFile << " has no line for " << suite.name;
    EXPECT_EQ(suite.passed(), counts.at(suite.name))
        << "more than before: write the new count of " << suite.name << " into " << kReachedFile
        << "; less: something broke";
  }
}

}  // namespace
}  // namespace stet::markdown
