// What stands around highlighted code: kramdown's `syntax_highlighter_opts`, as Rouge's formatters
// read them.
//
// Threads: pure functions. Time and space: linear in the code.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stet::markdown {

struct CodeFormat {
  bool has_frame = true;  // the <div> and <pre> around it; spans have none
  std::string frame_class = "highlight";
  bool has_line_numbers = false;  // in the first cell of a table, the code in the second
  std::int64_t first_line = 1;
  std::string table_class = "rouge-table";
  std::string gutter_class = "rouge-gutter";
  std::string code_class = "rouge-code";
};

// `html` is what the highlighter made of `code`.
std::string format_code(std::string_view code, std::string html, const CodeFormat& format);

}  // namespace stet::markdown
