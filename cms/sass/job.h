// What the compiler's process is told, and what it answers: all that it needs, for it reads no
// disk.
//
// On the wire each is a list of texts, each preceded by its length ("3:abc"). Decoding takes any
// bytes: what was not made by encode() is refused.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cms/sass/sheet.h"

namespace stet::sass {

// The folder of the sheet that imports, and the name that it imports.
using Import = std::pair<std::string, std::string>;

struct Job {
  std::string text;
  std::string name;  // "main.scss": the sheet's path
  bool is_indented = false, has_map = false, has_line_comments = false;
  Style style = Style::kCompact;
  int precision = 0;
  // The files that each import may mean: one; none that is there; or several, which is an error.
  // No value: a @import of CSS, to be left as it is.
  std::map<Import, std::optional<std::vector<std::string>>> imports;
  std::map<std::string, std::string> files;  // by path
};

struct Outcome {
  std::string css, map;
  bool is_failed = false;
  std::string message, file;  // of the failure, where it is one
  int line = 0, column = 0;
  std::vector<Import> used;     // those that were imported, in order
  std::vector<Import> missing;  // not in the job: tell about them, and run it again
};

std::string encode(const Job& job);
std::string encode(const Outcome& outcome);
std::optional<Job> decode_job(std::string_view bytes);
std::optional<Outcome> decode_outcome(std::string_view bytes);

}  // namespace stet::sass
