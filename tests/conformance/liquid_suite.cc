// Holds the Liquid engine to the foreign Liquid suites: conformance/liquid DIR [-v].
#include <cstdio>
#include <string_view>

#include "tests/conformance/liquid_cases.h"

int main(int argc, char** argv) {
  const bool is_verbose = argc > 2 && std::string_view(argv[2]) == "-v";
  if (argc < 2 || (argc > 2 && !is_verbose)) {
    std::fprintf(stderr, "usage: %s DIR [-v]\n", argv[0]);
    return 2;
  }
  const auto suites = stet::liquid::run_liquid_suites(argv[1]);
  if (!suites) {
    std::fprintf(stderr, "liquid: %s\n", suites.error().message.c_str());
    return 2;
  }
  bool has_met_bar = true;
  for (const auto& suite : *suites) {
    std::printf("%s  %zu/%zu\n", suite.name.c_str(), suite.passed(), suite.cases.size());
    for (const auto& one : suite.cases) {
      if (one.has_passed) continue;
      has_met_bar = false;
      if (is_verbose) std::printf("  %s\n    %s\n", one.name.c_str(), one.detail.c_str());
    }
  }
  return has_met_bar ? 0 : 1;
}
