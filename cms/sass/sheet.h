// A sheet to be made CSS, and what came of it.
//
// Values. Paths are those of the site: from its root, without a slash in front. A theme's files lie
// below a folder of their own there, whether the site really holds them or not.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/base/problem.h"

namespace stet::sass {

enum class Style : std::uint8_t { kNested, kExpanded, kCompact, kCompressed };

enum class Engine : std::uint8_t {
  kLibsass,  // in a child process of this very program
  kCommand,  // the program that the server's settings name, where they do
};

struct Sheet {
  std::string text;
  std::string path;    // of the file that it was read from: what problems name
  int first_line = 1;  // of `text` in that file
  // What the compiler calls it: it lies in the site's root under this name, whatever its path is,
  // for that is where Jekyll compiles; "stdin" for a text out of a template.
  std::string name;
  bool is_indented = false;
  Style style = Style::kCompact;
  Engine engine = Engine::kLibsass;
  bool has_map = false;
  bool has_line_comments = false;
  bool has_charset = false;  // a byte order mark becomes "@charset", where it would be dropped
  int precision = 0;         // digits behind the point; 0: the engine's own
  std::vector<std::string> load_paths;  // folders; "" is the root
};

struct Compiled {
  std::string css;
  std::string map;  // JSON (source map, revision 3); "" where none was asked for
  bool is_failed = false;
  Problems problems;
  // Every file that was looked for, found or not, ascending: a sheet is another if one of them is.
  std::vector<std::string> looked_for;
};

}  // namespace stet::sass
