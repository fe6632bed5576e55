// The foreign Liquid suites: each case a template, its data, and what Jekyll makes of it.
//
// The rules are those of the suites' README: a golden case passes where it gives what real Jekyll
// gave, or, only where real Jekyll aborts, what Liquid 5 gives. Threads: one.
#pragma once

#include <string>
#include <vector>

#include "storage/base/result.h"

namespace stet::liquid {

struct CaseOutcome {
  std::string name;
  bool has_passed = false;
  std::string detail;  // template, expected and got
};

struct SuiteOutcome {
  std::string name;  // "liquid/golden"
  std::vector<CaseOutcome> cases;

  std::size_t passed() const;
  // The names of the cases that failed, sorted; equal names are numbered.
  std::vector<std::string> failing() const;
};

// `folder` holds liquid/golden.json, liquid/liquid4.json and liquid/jekyll_filters.json. kNotFound
// where a file is missing, kInvalidInput where it is not what is expected.
Result<std::vector<SuiteOutcome>> run_liquid_suites(const std::string& folder);

}  // namespace stet::liquid
