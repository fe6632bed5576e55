#include "cms/document/table.h"

#include <algorithm>
#include <set>

namespace stet::document {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// The records of RFC 4180 one by one.
class Records {
 public:
  Records(std::string_view bytes, char separator, std::string_view path, Problems& problems)
      : bytes_(bytes), separator_(separator), path_(path), problems_(problems) {
    if (bytes_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
    line_begin_ = at_;
  }

  bool at_end() const { return at_ == bytes_.size(); }

  // Quoted fields may hold separators and line ends.
  TableRow take() {
    TableRow row{.cells = std::vector<Cell>(1), .begin = at_, .end = at_, .next = at_};
    row.cells.back().begin = at_;
    while (!at_end()) {
      Cell& cell = row.cells.back();
      const char c = bytes_[at_];
      if (c == '"' && cell.text.empty() && !cell.is_quoted) {
        take_quoted(cell);
      } else if (c == '\n') {
        break;
      } else if (c == separator_) {
        cell.end = at_++;
        row.cells.emplace_back().begin = at_;
      } else {
        take_plain(cell, c);
      }
    }
    row.end = at_;
    bool has_return = row.end > row.cells.back().begin && bytes_[row.end - 1] == '\r';
    if (has_return) --row.end;
    row.cells.back().end = row.end;
    if (!at_end()) end_line();
    row.next = at_;
    return row;
  }

 private:
  void take_quoted(Cell& cell) {
    const int line = line_, column = here();
    cell.is_quoted = true;
    ++at_;
    while (!at_end()) {
      const char c = bytes_[at_];
      if (c == '\n') {
        end_line();
      } else {
        ++at_;
        if (c == '"' && (at_end() || bytes_[at_] != '"')) return;
        if (c == '"') ++at_;
      }
      cell.text += c;
    }
    tell(line, column, "a quoted field is not closed; add the quote that ends it");
  }

  void take_plain(Cell& cell, char c) {
    if (c != '\r') {
      check(cell, c);
      cell.text += c;
    }
    ++at_;
  }

  void check(const Cell& cell, char c) {
    if (cell.is_quoted) {
      tell(line_, here(), "text follows a quoted field; put all of the field into the quotes");
    } else if (c == '"') {
      tell(line_,
           here(),
           "a quote stands within a field that is not quoted; quote the field, and write its own "
           "quotes twice");
    }
  }

  void end_line() {
    line_begin_ = ++at_;
    ++line_;
  }

  int here() const { return static_cast<int>(at_ - line_begin_) + 1; }

  // The first alone: the others follow from it.
  void tell(int line, int column, const char* message) {
    if (has_told_) return;
    has_told_ = true;
    problems_.push_back(
        {Severity::kError, std::string(path_), line, column, std::string("CSV: ") + message});
  }

  std::string_view bytes_;
  std::size_t at_ = 0, line_begin_ = 0;
  char separator_;
  std::string_view path_;
  Problems& problems_;
  int line_ = 1;
  bool has_told_ = false;
};

}  // namespace

char separator_of(std::string_view path) {
  if (path.ends_with(".csv")) return ',';
  return path.ends_with(".tsv") ? '\t' : '\0';
}

Table read_table(std::string_view bytes,
                 char separator,
                 std::string_view path,
                 Problems& problems) {
  Records records(bytes, separator, path, problems);
  Table table{.header = records.take(), .rows = {}};
  while (!records.at_end()) table.rows.push_back(records.take());
  return table;
}

Data rows_of(const Table& table) {
  const std::vector<Cell>& header = table.header.cells;
  Data::List rows;
  rows.reserve(table.rows.size());
  for (const TableRow& row : table.rows) {
    Data::Map map;
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < std::max(header.size(), row.cells.size()); ++i) {
      std::string_view name = i < header.size() ? std::string_view(header[i].text) : "";
      if (!seen.insert(name).second) continue;
      bool is_nil = i >= row.cells.size() || row.cells[i].is_nil();
      map.append(std::string(name), is_nil ? Data() : Data(row.cells[i].text));
    }
    rows.emplace_back(std::move(map));
  }
  return rows;
}

}  // namespace stet::document
