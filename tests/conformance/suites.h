// Where the foreign suites are, and what has been reached of them.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

namespace stet::conformance {

// The folder of suites; it may not be there.
inline std::string suites_folder() {
  const char* named = std::getenv("STET_CONFORMANCE");
  return named ? named : "../shared/conformance";
}

// Whether its absence is a failure, and not a reason to skip.
inline bool must_be_there() {
  const char* ci = std::getenv("CI");
  return std::getenv("STET_CONFORMANCE") && ci && std::string(ci) == "true";
}

// "name count" a line of a file of ours: how many cases pass.
inline std::map<std::string, std::size_t> reached(const char* path) {
  std::map<std::string, std::size_t> counts;
  std::ifstream file(path);
  EXPECT_TRUE(file) << path << " is missing";
  std::string name;
  std::size_t count = 0;
  while (file >> name >> count) counts[name] = count;
  return counts;
}

}  // namespace stet::conformance
