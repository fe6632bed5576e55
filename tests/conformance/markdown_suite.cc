// Holds Markdown to the foreign suites: conformance/markdown DIR [-v].
//
// Ends with 0 whatever the share: it may only grow, and a test of its own sees to that.
#include <cstdio>
#include <string_view>

#include "tests/conformance/markdown_cases.h"

int main(int argc, char** argv) {
  const bool is_verbose = argc > 2 && std::string_view(argv[2]) == "-v";
  if (argc < 2 || (argc > 2 && !is_verbose)) {
    std::fprintf(stderr, "usage: %s DIR [-v]\n", argv[0]);
    return 2;
  }
  const auto suites = stet::markdown::run_markdown_suites(argv[1]);
  if (!suites) {
    std::fprintf(stderr, "markdown: %s\n", suites.error().message.c_str());
    return 2;
  }
  for (const auto& suite : *suites) {
    std::printf("%s  %zu/%zu\n", suite.name.c_str(), suite.passed(), suite.cases.size());
    for (const auto& one : suite.cases) {
      if (is_verbose && !one.has_passed) std::printf("  %s\n", one.name.c_str());
    }
  }
  return 0;
}
