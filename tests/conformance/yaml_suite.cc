// Holds YAML to the foreign suite: conformance/yaml DIR [-v]. Its bar: every case.
#include <algorithm>
#include <cstdio>
#include <string_view>

#include "storage/base/utf8.h"
#include "tests/conformance/yaml_cases.h"

int main(int argc, char** argv) {
  const bool is_verbose = argc > 2 && std::string_view(argv[2]) == "-v";
  if (argc < 2 || (argc > 2 && !is_verbose)) {
    std::fprintf(stderr, "usage: %s DIR [-v]\n", argv[0]);
    return 2;
  }
  const auto cases = stet::document::run_yaml_suite(argv[1]);
  if (!cases) {
    std::fprintf(stderr, "yaml: %s\n", cases.error().message.c_str());
    return 2;
  }
  const auto passed = std::ranges::count(*cases, true, &stet::document::YamlCase::has_passed);
  std::printf("yaml/cases  %td/%zu\n", passed, cases->size());
  for (const auto& one : *cases) {
    if (is_verbose && !one.has_passed) {
      std::printf("  %s\n", stet::printable(one.source, 200).c_str());
    }
  }
  return static_cast<std::size_t>(passed) == cases->size() ? 0 : 1;
}
