#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "tests/conformance/markdown_cases.h"

namespace stet::markdown {
namespace {

constexpr const char* kReachedFile = "tests/conformance/markdown_reached.txt";

std::string suites_folder() {
  const char* named = std::getenv("STET_CONFORMANCE");
  return named ? named : "../shared/conformance";
}

bool must_be_there() {
  const char* ci = std::getenv("CI");
  return std::getenv("STET_CONFORMANCE") && ci && std::string(ci) == "true";
}

// "suite count" a line.
std::map<std::string, std::size_t> reached() {
  std::map<std::string, std::size_t> counts;
  std::ifstream file(kReachedFile);
  EXPECT_TRUE(file) << kReachedFile << " is missing";
  std::string suite;
  std::size_t count = 0;
  while (file >> suite >> count) counts[suite] = count;
  return counts;
}

TEST(MarkdownConformance, NeverFallsBelowWhatItHasReached) {
  const std::string folder = suites_folder();
  if (!std::filesystem::exists(folder + "/markdown")) {
    ASSERT_FALSE(must_be_there()) << "STET_CONFORMANCE names " << folder
                                  << ", which has no markdown";
    GTEST_SKIP() << "the foreign Markdown suites: no " << folder << "/markdown";
  }
  const auto suites = run_markdown_suites(folder);
  ASSERT_TRUE(suites) << suites.error().message;
  const std::map<std::string, std::size_t> counts = reached();
  for (const MarkdownSuite& suite : *suites) {
    ASSERT_TRUE(counts.contains(suite.name)) << kReachedFile << " has no line for " << suite.name;
    EXPECT_EQ(suite.passed(), counts.at(suite.name))
        << "more than before: write the new count of " << suite.name << " into " << kReachedFile
        << "; less: something broke";
  }
}

}  // namespace
}  // namespace stet::markdown
