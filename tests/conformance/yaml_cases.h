// The foreign YAML suite: what SafeYAML makes of small snippets, as recorded from the real one.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "storage/base/result.h"

namespace stet::document {

struct YamlCase {
  std::string source;
  std::string expected;  // for people: the value recorded, or that it is refused
  std::string actual;
  bool has_passed = false;
};

// `folder` holds the suites of all kinds.
Result<std::vector<YamlCase>> run_yaml_suite(const std::string& folder);

}  // namespace stet::document
