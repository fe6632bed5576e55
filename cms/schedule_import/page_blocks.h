// A page as somebody typed it, Markdown or HTML, as far as a schedule may stand in it: headings,
// tables, and the text between.
//
// Tables are HTML's, with their spans, and kramdown's with pipes. What stands in code, scripts,
// sheets and comments is not looked at. Views point into the text that was read. Threads: pure.
// Cost: linear. Limits: kRowsMax, kCellsMax; what exceeds them is not there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cms/schedule_import/schedule.h"

namespace stet::schedule_import {

inline constexpr std::size_t kRowsMax = 20'000;  // of all tables of a page
inline constexpr std::size_t kCellsMax = 50;     // of a row, and columns of a table

struct Cell {
  Place place;
  std::string_view source;
  bool is_html = false;
  std::size_t rows = 1, columns = 1;  // that it spans
  std::string text = {};              // on one line, without markup

  std::string markdown() const;  // not yet cleaned
  std::vector<Link> links() const;
};

struct Block {
  enum class Kind { kHeading, kTable, kText };
  Kind kind = Kind::kText;
  Place place;
  int level = 0;     // of a heading; 7: a line in bold, which some use for one
  std::string text;  // of a heading or a line of text, without markup
  std::vector<std::vector<Cell>> rows;
};

// `first_line`: the line of the file on which `body` begins.
std::vector<Block> read_blocks(std::string_view body, int first_line);

// The cells of a table by row and column: one that spans stands at each of its places.
struct Slot {
  const Cell* cell = nullptr;  // null: the row has none here
  bool is_first = false;       // its first row and column
  bool is_first_row = false;
};
std::vector<std::vector<Slot>> grid_of(const std::vector<std::vector<Cell>>& rows);

}  // namespace stet::schedule_import
