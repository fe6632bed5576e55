// The project's own files, as the rules of style look at them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stet::tidy {

struct SourceFile {
  std::string path;  // from the root, "cms/site/site.h"
  std::string text;

  std::vector<std::string_view> lines() const;  // without their line feeds
  std::string_view folder() const;
  std::string_view name() const;  // "site.h"
  bool is_header() const;
  bool is_source() const;  // .cc
  bool is_test() const;    // below tests/
};

// Where, what is wrong, and how to mend it.
struct Violation {
  std::string path;
  int line = 0;  // from 1; 0: the file as a whole
  std::string message;
};
using Violations = std::vector<Violation>;

// "path:line: message", one a line.
std::string to_string(const Violations& violations);

// The files below the folder, sorted by path, without what git ignores and without data of tests
// (corpora, golden files, sites) and templates: those are whatever they are.
std::vector<SourceFile> read_tree(const std::string& root);

// The names of all that lies at the top.
std::vector<std::string> top_level(const std::string& root);

// "a/b" and "a/b/c" are in "a/b"; "a/bc" is not.
bool is_in(std::string_view path, std::string_view folder);

}  // namespace stet::tidy
