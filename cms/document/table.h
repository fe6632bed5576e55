// CSV and TSV (RFC 4180) as a list of maps by the header's names, and edits that leave the bytes of
// all other cells alone.
//
// A cell is text, or nil where nothing at all stands between the separators. Of two columns with
// one name the first counts; cells beyond the header share the name "". A line without anything is
// a row of nils. An edit keeps rows that stay as they are written, whatever stands around them; a
// cell that was in quotes stays in quotes; a key that the header lacks becomes a column at its end.
// What an edit gives back was read again: exactly the rows that were asked for, where a cell that
// is left out is nil.
//
// Threads: pure functions. Cost: linear in the bytes, but for the sorting of rows that were put
// elsewhere. Limits: kTableRowsMax, kTableColumnsMax for what is written. Input may be any bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cms/document/data.h"
#include "storage/base/problem.h"
#include "storage/base/result.h"

namespace stet::document {

inline constexpr std::size_t kTableRowsMax = 100'000;
inline constexpr std::size_t kTableColumnsMax = 1000;

struct Cell {
  std::string text;
  bool is_quoted = false;
  std::size_t begin = 0, end = 0;  // in the file, with quotes
  bool is_nil() const { return text.empty() && !is_quoted; }
};

struct TableRow {
  std::vector<Cell> cells;
  std::size_t begin = 0, end = 0;  // without its line end
  std::size_t next = 0;            // behind it
};

struct Table {
  TableRow header;
  std::vector<TableRow> rows;
};

// ',' of "x.csv", a tab of "x.tsv"; '\0' of all else.
char separator_of(std::string_view path);

// What Ruby's reader dies from is read all the same, and told: the first such place.
Table read_table(std::string_view bytes, char separator, std::string_view path, Problems& problems);

// A list of maps.
Data rows_of(const Table& table);

// `rows`: what the whole table is to be. kInvalidInput, with the place and the mend: a table that
// is broken, rows that are no maps of scalars, too many.
Result<std::string> edit_table(std::string_view bytes, std::string_view path, const Data& rows);

}  // namespace stet::document
