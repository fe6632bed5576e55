// Markdown into HTML, as Jekyll's kramdown writes it: a pure function of text and options.
//
// A reader turns the source into a tree (tree.h: cmark's nodes with kramdown's attributes beside
// them), and one writer turns the tree into HTML; a reader can be replaced without the writer
// knowing. Where the site chose CommonMark, cmark reads, and a writer of its own writes.
//
// Threads: any; no state outlives a call. Time: linear in the source, at any depth of nesting.
// Raw HTML passes as it is: who may write pages may write scripts. Nothing is read or written.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "cms/markdown/code_format.h"
#include "storage/base/problem.h"

namespace stet::markdown {

enum class EntityOutput { kAsChar, kAsInput, kNumeric, kSymbolic };

// What `commonmark` in `_config.yml` says, for sites whose Markdown is CommonMark; by default, what
// is read where it says nothing.
struct CommonmarkOptions {
  bool is_of_github_pages = false;  // the plugin jekyll-commonmark-ghpages: ids of headers

  // Its `options`.
  bool is_unsafe = false;  // HTML in Markdown is written; else left out
  bool is_smart = false;   // quotes, dashes and dots
  bool has_hard_breaks = false;
  bool has_no_breaks = false;
  bool has_footnotes = false;
  bool has_positions = false;      // data-sourcepos, on blocks
  bool has_pre_language = false;   // code's language at <pre>, as GitHub's own pages have it
  bool has_liberal_tags = false;   // what looks like a tag is one
  bool has_double_tildes = false;  // ~~struck out~~ alone, and not ~this~
  bool is_utf8_checked = false;    // what is no UTF-8 becomes U+FFFD

  // Its `extensions`.
  bool has_tables = false;
  bool has_strikethrough = false;
  bool has_autolinks = false;
  bool has_tag_filter = false;  // <script> and its like become text
  bool has_tasks = false;
};

// The settings of `_config.yml` that change what Markdown means, with Jekyll's defaults.
struct Options {
  bool is_kramdown = true;  // else CommonMark by its own rules: none but these settings apply
  CommonmarkOptions commonmark = {};
  // Nothing is read but quotes, symbols, entities and HTML; no paragraphs are made.
  bool is_typography_only = false;
  // kramdown's `input: GFM`: ids of headers as GitHub makes them, ~~, tasks, ``` fences.
  bool is_gfm_input = true;
  bool has_paragraph_end_quirk = true;   // of GFM: a list or a quote ends a paragraph
  bool has_no_typography_quirk = false;  // of GFM: dashes and dots stay as they were typed
  bool auto_ids = true;
  bool auto_id_stripping = false;  // of kramdown's own input; GFM always strips
  std::string auto_id_prefix = {};
  int header_offset = 0;
  bool hard_wrap = false;         // of GFM: a line break in a paragraph is a <br />
  bool parse_block_html = false;  // Markdown inside of HTML blocks without markdown="1"
  bool parse_span_html = true;
  bool has_math_engine = true;
  EntityOutput entity_output = EntityOutput::kAsChar;
  int footnote_nr = 1;
  std::string footnote_prefix = {};
  std::string footnote_backlink = "&#8617;";  // "": none
  bool footnote_backlink_inline = false;
  unsigned toc_levels = 0x7E;  // the bit 1 << level of each that the table of contents has
  bool smart_quotes = true;    // else quotes stay as they were typed
  // Single left, single right, double left, double right.
  std::array<std::string, 4> smart_quote_marks = {"‘", "’", "“", "”"};
  bool has_highlighter = true;  // code stands in the wrapper that Rouge's style sheets know
  std::string default_language = "plaintext";
  CodeFormat block_format = {};
  CodeFormat span_format = {.has_frame = false};
  // What stands for `---`, `--`, `...`, `<<`, `>>`, `<< `, ` >>`; "": Unicode's own.
  std::array<std::string, 7> typographic_symbols = {};
};

// A longer source is refused: the problem says so, and the HTML is empty.
inline constexpr std::size_t source_bytes_max = std::size_t{16} << 20;

struct Html {
  std::string html;
  Problems problems;  // without a path; lines count from the start of the source
};

Html render(std::string_view markdown, const Options& options);

// Jekyll's smartify: quotes, dashes and dots of running text; HTML and entities are left alone. Of
// the options, those count that say what stands for them.
std::string smartify(std::string_view text, Options options = {});

}  // namespace stet::markdown
