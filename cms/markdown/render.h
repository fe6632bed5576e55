// Markdown into HTML, as Jekyll's kramdown writes it: a pure function of text and options.
//
// A reader turns the source into a tree (tree.h: cmark's nodes with kramdown's attributes beside
// them), and one writer turns the tree into HTML; a reader can be replaced without the writer
// knowing. Where the site chose CommonMark, cmark reads and writes.
//
// Threads: any; no state outlives a call. Time: linear in the source, at any depth of nesting.
// Raw HTML passes as it is: who may write pages may write scripts. Nothing is read or written.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "storage/base/problem.h"

namespace stet::markdown {

// The settings of `_config.yml` that change what Markdown means, with Jekyll's defaults.
struct Options {
  bool is_kramdown = true;  // else CommonMark by its own rules: none of the settings below apply
  bool is_gfm_input =
      true;  // kramdown's `input: GFM`: ids of headers as GitHub makes them, ~~, tasks
  bool auto_ids = true;
  std::string auto_id_prefix = {};
  bool hard_wrap = false;  // a line break in a paragraph is a <br />
  int toc_levels_min = 1;
  int toc_levels_max = 6;
  bool smart_quotes = true;  // else quotes stay as they were typed
  // Single left, single right, double left, double right.
  std::array<std::string, 4> smart_quote_marks = {"‘", "’", "“", "”"};
  bool has_highlighter = true;  // code stands in the wrapper that Rouge's style sheets know
  std::string default_language = "plaintext";
};

// A longer source is refused: the problem says so, and the HTML is empty.
inline constexpr std::size_t source_bytes_max = std::size_t{16} << 20;

struct Html {
  std::string html;
  Problems problems;  // without a path; lines count from the start of the source
};

Html render(std::string_view markdown, const Options& options);

// Jekyll's smartify: quotes, dashes and ellipses of running text, HTML and entities left alone.
std::string smartify(std::string_view text);

// A block's code as it stands inside <code>.
std::string escape_code(std::string_view code);

}  // namespace stet::markdown
