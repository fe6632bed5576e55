#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "tests/conformance/liquid_cases.h"
#include "tests/conformance/suites.h"

namespace stet::liquid {
namespace {

constexpr const char* kFailingFile = "tests/conformance/liquid_failing.txt";

// "suite: case" a line; the list may only shrink.
std::set<std::string> known_failing() {
  std::set<std::string> names;
  std::ifstream file(kFailingFile);
  EXPECT_TRUE(file) << kFailingFile << " is missing";
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != '#') names.insert(line);
  }
  return names;
}

TEST(LiquidConformance, FailsExactlyTheCasesThatAreListedAsFailing) {
  const std::string folder = conformance::suites_folder();
  if (!std::filesystem::exists(folder + "/liquid")) {
    ASSERT_FALSE(conformance::must_be_there())
        << "STET_CONFORMANCE names " << folder << ", which has no liquid";
    GTEST_SKIP() << "the foreign Liquid suites: no " << folder << "/liquid";
  }
  const auto suites = run_liquid_suites(folder);
  ASSERT_TRUE(suites) << suites.error().message;
  std::set<std::string> failing;
  for (const SuiteOutcome& suite : *suites) {
    EXPECT_GT(suite.cases.size(), 200U) << suite.name;
    for (const std::string& name : suite.failing()) failing.insert(suite.name + ": " + name);
  }
  const std::set<std::string> known = known_failing();
  for (const std::string& name : failing) {
    EXPECT_TRUE(known.contains(name)) << "fails, and is not in " << kFailingFile << ": " << name;
  }
  for (const std::string& name : known) {
    EXPECT_TRUE(failing.contains(name))
        << "passes: take it out of " << kFailingFile << ": " << name;
  }
}

}  // namespace
}  // namespace stet::liquid
