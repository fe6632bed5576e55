// How a table becomes another, row by row.

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "cms/document/json_patch.h"
#include "cms/document/table.h"

namespace stet::document {
namespace {

using Text = std::optional<std::string>;  // none: nil
using Texts = std::vector<Text>;          // of a row, by column

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// Where each name stands in a row.
struct Columns {
  std::map<std::string, std::size_t, std::less<>> places;
  std::size_t width = 0;           // of the header as it is
  std::vector<std::string> added;  // behind it

  std::size_t size() const { return places.size(); }
};

Columns columns_of(const Table& table) {
  Columns columns;
  const std::vector<Cell>& header = table.header.cells;
  // Of a file without a byte there is no header yet.
  bool is_empty = table.rows.empty() && header.size() == 1 && header[0].is_nil();
  columns.width = is_empty ? 0 : header.size();
  for (std::size_t i = 0; i < columns.width; ++i) columns.places.try_emplace(header[i].text, i);
  for (const TableRow& row : table.rows) {
    if (row.cells.size() > columns.width) columns.places.try_emplace("", columns.width);
  }
  return columns;
}

std::string at_row(std::size_t row) { return "row " + std::to_string(row + 1); }

Status add_columns(const Data::List& rows, Columns& columns) {
  auto unnamed = columns.places.find("");
  bool has_unnamed = unnamed != columns.places.end() && unnamed->second == columns.width;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].is_map()) {
      return invalid_input("a table is a list of objects, and " + at_row(i) + " is none");
    }
    for (const auto& [name, value] : *rows[i].map()) {
      if (!value.is_scalar()) {
        return invalid_input(at_row(i) + ", '" + name + "': a cell is text or null");
      }
      if (columns.places.contains(name)) continue;
      if (name.empty() || has_unnamed) {
        return invalid_input(at_row(i) + ", '" + name +
                             "': cells stand beyond the header, or have no name there; name their "
                             "columns in the file first");
      }
      columns.places.emplace(name, columns.width + columns.added.size());
      columns.added.push_back(name);
    }
    if (columns.width + columns.added.size() > kTableColumnsMax) {
      return invalid_input("a table has at most " + std::to_string(kTableColumnsMax) + " columns");
    }
  }
  return {};
}

Text text_of(const Data& value) {
  if (value.is_nil()) return std::nullopt;
  if (const std::string* text = value.string()) return *text;
  Data shown = as_json(value);  // dates are texts there
  return shown.string() ? *shown.string() : to_string(shown);
}

Texts texts_of(const Data& row, const Columns& columns) {
  Texts texts(columns.width + columns.added.size() + 1);
  for (const auto& [name, value] : *row.map()) texts[columns.places.at(name)] = text_of(value);
  return texts;
}

std::string key_of(const Texts& texts) {
  std::string key;
  for (const Text& text : texts) {
    key += text ? std::to_string(text->size()) + ":" + *text : "-";
  }
  return key;
}

// For each wanted row the row that becomes it, kNone for those that are new.
class Alignment {
 public:
  Alignment(const std::vector<Texts>& before, const std::vector<Texts>& after)
      : before_(before), after_(after), source_(after.size(), kNone) {}

  std::vector<std::size_t> find() {
    std::size_t begin = 0, old_end = before_.size(), new_end = after_.size();
    for (; begin < std::min(old_end, new_end) && before_[begin] == after_[begin]; ++begin) {
      source_[begin] = begin;
    }
    while (old_end > begin && new_end > begin && before_[old_end - 1] == after_[new_end - 1]) {
      source_[--new_end] = --old_end;
    }
    match_between(begin, old_end, begin, new_end);
    return std::move(source_);
  }

 private:
  // Rows that are the same are the same row; between two of those as many old as new are edits.
  void match_between(std::size_t old_begin,
                     std::size_t old_end,
                     std::size_t new_begin,
                     std::size_t new_end) {
    if (old_end - old_begin == new_end - new_begin) return pair(old_begin, new_begin, new_end);
    std::unordered_map<std::string, std::vector<std::size_t>> places;
    for (std::size_t i = old_begin; i < old_end; ++i) places[key_of(before_[i])].push_back(i);
    std::size_t old_at = old_begin, new_at = new_begin;
    for (std::size_t i = new_begin; i < new_end; ++i) {
      auto found = places.find(key_of(after_[i]));
      if (found == places.end()) continue;
      const auto& olds = found->second;
      auto next = std::lower_bound(olds.begin(), olds.end(), old_at);
      if (next == olds.end()) continue;
      if (*next - old_at == i - new_at) pair(old_at, new_at, i);
      source_[i] = *next;
      old_at = *next + 1;
      new_at = i + 1;
    }
    if (old_end - old_at == new_end - new_at) pair(old_at, new_at, new_end);
  }

  void pair(std::size_t old_at, std::size_t new_begin, std::size_t new_end) {
    for (std::size_t i = new_begin; i < new_end; ++i) source_[i] = old_at++;
  }

  const std::vector<Texts>& before_;
  const std::vector<Texts>& after_;
  std::vector<std::size_t> source_;
};

class Writer {
 public:
  Writer(std::string_view bytes, char separator, const Table& table, const Columns& columns)
      : bytes_(bytes), separator_(separator), table_(table), columns_(columns) {
    std::size_t newline = bytes.find('\n');
    bool is_crlf = newline != bytes.npos && newline > 0 && bytes[newline - 1] == '\r';
    eol_ = is_crlf ? "\r\n" : "\n";
  }

  void header() {
    const TableRow& header = table_.header;
    out_ += bytes_.substr(0, header.end);
    for (std::size_t i = 0; i < columns_.added.size(); ++i) {
      if (columns_.width + i > 0) out_ += separator_;
      out_ += cell(columns_.added[i], false);
    }
    out_ += bytes_.substr(header.end, header.next - header.end);
  }

  // As it is, but for cells that differ.
  void kept(const TableRow& row, const Texts& before, const Texts& after) {
    end_last();
    std::size_t at = row.begin;
    for (std::size_t i = 0; i < row.cells.size() && i < after.size(); ++i) {
      if (before[i] == after[i]) continue;
      out_ += bytes_.substr(at, row.cells[i].begin - at);
      out_ += cell(after[i], row.cells[i].is_quoted);
      at = row.cells[i].end;
    }
    out_ += bytes_.substr(at, row.end - at);
    add_beyond(row.cells.size(), after);
    out_ += bytes_.substr(row.end, row.next - row.end);
  }

  void added(const Texts& texts) {
    end_last();
    std::size_t width = std::max<std::size_t>(columns_.width + columns_.added.size(), 1);
    for (std::size_t i = 0; i < width; ++i) {
      if (i > 0) out_ += separator_;
      out_ += cell(texts[i], false);
    }
    if (texts[width]) out_ += separator_ + cell(texts[width], false);
    out_ += eol_;
  }

  std::string take() { return std::move(out_); }

 private:
  void end_last() {
    if (!out_.empty() && !out_.ends_with('\n')) out_ += eol_;
  }

  void add_beyond(std::size_t cells, const Texts& after) {
    std::size_t last = after.size();
    while (last > cells && !after[last - 1]) --last;
    for (std::size_t i = cells; i < last; ++i) out_ += separator_ + cell(after[i], false);
  }

  std::string cell(const Text& text, bool was_quoted) const {
    if (!text) return "";
    bool is_plain = !was_quoted && !text->empty() &&
                    text->find_first_of("\"\r\n") == std::string::npos &&
                    text->find(separator_) == std::string::npos;
    if (is_plain) return *text;
    std::string quoted = "\"";
    for (char c : *text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
  }

  std::string_view bytes_;
  char separator_;
  const Table& table_;
  const Columns& columns_;
  std::string_view eol_;
  std::string out_;
};

Result<std::vector<Texts>> wanted_of(const Data& rows, Columns& columns) {
  const Data::List* list = rows.list();
  if (!list) return invalid_input("a table is a list of objects, one for each row");
  if (list->size() > kTableRowsMax) {
    return invalid_input("a table has at most " + std::to_string(kTableRowsMax) + " rows");
  }
  TRY(add_columns(*list, columns));
  std::vector<Texts> texts;
  texts.reserve(list->size());
  for (const Data& row : *list) texts.push_back(texts_of(row, columns));
  return texts;
}

std::vector<Texts> texts_of(const Table& table, const Columns& columns) {
  std::vector<Texts> all;
  all.reserve(table.rows.size());
  const Data rows = rows_of(table);
  for (const Data& row : *rows.list()) all.push_back(texts_of(row, columns));
  return all;
}

}  // namespace

Result<std::string> edit_table(std::string_view bytes, std::string_view path, const Data& rows) {
  const char separator = separator_of(path);
  Problems problems;
  Table table = read_table(bytes, separator, path, problems);
  if (!problems.empty()) {
    return invalid_input("the file cannot be edited before it is mended: " +
                         to_string(problems.front()));
  }
  Columns columns = columns_of(table);
  const std::vector<Texts> after = TRY(wanted_of(rows, columns));
  const std::vector<Texts> before = texts_of(table, columns);
  if (columns.places.empty() && !after.empty()) {
    return invalid_input("a table has columns; give its rows keys");
  }
  if (after == before && columns.added.empty()) return std::string(bytes);
  const std::vector<std::size_t> sources = Alignment(before, after).find();
  Writer writer(bytes, separator, table, columns);
  writer.header();
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (sources[i] == kNone) {
      writer.added(after[i]);
    } else {
      writer.kept(table.rows[sources[i]], before[sources[i]], after[i]);
    }
  }
  std::string out = writer.take();
  // The last word: what comes out reads as asked for, or nothing comes out.
  Table again = read_table(out, separator, path, problems);
  Columns named = columns_of(again);
  auto read = wanted_of(rows, named);
  if (!problems.empty() || !read || *read != texts_of(again, named)) {
    return internal("the edit of " + std::string(path) +
                    " does not read back as asked; edit the file by hand");
  }
  return out;
}

}  // namespace stet::document
