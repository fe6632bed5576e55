// The foreign suite: what SafeYAML makes of small snippets, as recorded from the real one.
#include "tests/conformance/yaml_cases.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/conformance/suites.h"

namespace stet::document {
namespace {

TEST(YamlConformance, ReadsEveryCaseAsSafeYamlDoes) {
  const std::string folder = conformance::suites_folder();
  if (!std::filesystem::exists(folder + "/yaml")) {
    ASSERT_FALSE(conformance::must_be_there())
        << "STET_CONFORMANCE names " << folder << ", which has no yaml";
    GTEST_SKIP() << "the foreign YAML suite: no " << folder << "/yaml";
  }
  const auto cases = run_yaml_suite(folder);
  ASSERT_TRUE(cases) << cases.error().message;
  ASSERT_GE(cases->size(), 100U);
  for (const YamlCase& one : *cases) {
    EXPECT_TRUE(one.has_passed) << one.source << "\nexpected: " << one.expected
                                << "\nactual: " << one.actual;
  }
}

}  // namespace
}  // namespace stet::document
