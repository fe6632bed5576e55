// Shorthands for tests: values and problems written as YAML.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "cms/document/document.h"
#include "cms/document/edit.h"
#include "cms/document/yaml.h"

namespace stet::document {

inline void PrintTo(const Data& data, std::ostream* out) { *out << to_string(data); }

inline Data yaml(std::string_view text) {
  Problems problems;
  Data data = parse_yaml(text, "test.yml", problems);
  for (const Problem& problem : problems) {
    EXPECT_EQ(problem.severity, Severity::kWarning) << stet::to_string(problem);
  }
  return data;
}

// The first problem, as "line:column: message"; "" if there is none.
inline std::string first_of(const Problems& problems) {
  if (problems.empty()) return "";
  Problem problem = problems.front();
  problem.path = "x";
  return stet::to_string(problem).substr(2);
}

inline std::string problem_of(std::string_view text) {
  Problems problems;
  parse_yaml(text, "", problems);
  return first_of(problems);
}

inline std::string patched(std::string_view bytes, std::string_view patch) {
  Edit edit;
  edit.front_matter_patch = yaml(patch);
  auto out = apply_edit(bytes, "a.md", edit);
  return out ? *out : "refused: " + out.error().message;
}

inline std::string replaced(std::string_view bytes, std::string_view whole) {
  Edit edit;
  edit.front_matter = yaml(whole);
  auto out = apply_edit(bytes, "a.md", edit);
  return out ? *out : "refused: " + out.error().message;
}

inline std::string with_body(std::string_view bytes, std::string_view body) {
  Edit edit;
  edit.body = std::string(body);
  auto out = apply_edit(bytes, "a.md", edit);
  return out ? *out : "refused: " + out.error().message;
}

}  // namespace stet::document
