// What a theme's gemspec says of it, as far as it says so in plain words.
//
// A gemspec is a Ruby program; nothing of it is run. Of each line what assigns a literal is read:
// `spec.version = "1.0"`, `s.authors = ["A", 'B']`, `spec.add_runtime_dependency "x", "~> 1"`.
// Threads: pure functions; linear in the text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stet::site {

struct GemDependency {
  std::string name;
  std::vector<std::string> requirements;  // "~> 1.0"
};

struct Gemspec {
  std::optional<std::string> version, summary, description;
  std::vector<std::string> authors;
  std::vector<std::pair<std::string, std::string>> metadata;
  std::vector<GemDependency> dependencies;  // at run time, each name once
};

Gemspec read_gemspec(std::string_view text);

}  // namespace stet::site
