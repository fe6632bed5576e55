#include "cms/markdown/tables.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cms/markdown/inline_batch.h"

namespace stet::markdown {
namespace {

// A row with fewer cells than the longest is filled up: rows times columns may not run away.
constexpr std::size_t kFilledCellsMax = 100'000;

enum class Section { kHead, kBody, kFoot };

struct Row {
  std::vector<std::string> cells;
};

struct Part {
  Section section = Section::kBody;
  std::vector<Row> rows;
};

struct Table {
  std::vector<Part> parts;
  std::vector<std::string_view> alignments;  // "" where none is asked for
};

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool is_made_of(std::string_view line, std::string_view allowed, char needed) {
  return line.find(needed) != line.npos && line.find_first_not_of(allowed) == line.npos;
}

// The end of the code span that opens at `at`; `at` itself where it never closes on this line.
std::size_t code_span_end(std::string_view line, std::size_t at) {
  const std::size_t length = std::min(line.find_first_not_of('`', at), line.size()) - at;
  std::size_t next = at + length;
  while (next < line.size()) {
    next = line.find('`', next);
    if (next == line.npos) break;
    const std::size_t end = std::min(line.find_first_not_of('`', next), line.size());
    if (end - next == length) return end;
    next = end;
  }
  return at;
}

// The same for an element <code>.
std::size_t code_element_end(std::string_view line, std::size_t at) {
  constexpr std::string_view kClose = "</code>";
  if (line.substr(at, 5) != "<code") return at;
  const std::size_t close = line.find(kClose, at);
  return close == line.npos ? at : close + kClose.size();
}

// The cells between the pipes that are neither escaped nor in a code span; fewer than two: no row.
std::vector<std::string> split_cells(std::string_view line) {
  std::vector<std::string> cells(1);
  bool has_open_tick = false;  // one that closes nowhere: not looked for again
  bool has_open_code = false;  // likewise
  for (std::size_t i = 0; i < line.size();) {
    if (line[i] == '\\' && i + 1 < line.size()) {
      if (line[i + 1] != '|') cells.back() += '\\';
      cells.back() += line[i + 1];
      i += 2;
      continue;
    }
    const std::size_t span_end = line[i] == '`' && !has_open_tick   ? code_span_end(line, i)
                                 : line[i] == '<' && !has_open_code ? code_element_end(line, i)
                                                                    : i;
    if (span_end > i) {
      cells.back() += line.substr(i, span_end - i);
      i = span_end;
      continue;
    }
    has_open_tick = has_open_tick || line[i] == '`';
    has_open_code = has_open_code || line.substr(i, 5) == "<code";
    if (line[i] == '|') {
      cells.emplace_back();
    } else {
      cells.back() += line[i];
    }
    ++i;
  }
  return cells;
}

void trim_cells(std::vector<std::string>& cells, bool has_leading_pipe) {
  if (has_leading_pipe && trimmed(cells.front()).empty()) cells.erase(cells.begin());
  if (cells.size() > 1 && trimmed(cells.back()).empty()) cells.pop_back();
  for (std::string& cell : cells) cell = std::string(trimmed(cell));
}

std::vector<std::string_view> read_alignments(std::string_view line) {
  std::vector<std::string_view> alignments;
  for (std::size_t at = line.find_first_of(":-"); at != line.npos;
       at = line.find_first_of(":-", at)) {
    const std::size_t end = std::min(line.find_first_not_of(":-", at), line.size());
    const std::string_view bar = line.substr(at, end - at);
    const bool left = bar.starts_with(':');
    const bool right = bar.ends_with(':');
    if (bar.find('-') != bar.npos) {
      alignments.push_back(left && right ? "center" : left ? "left" : right ? "right" : "");
    }
    at = end;
  }
  return alignments;
}

// The lines of a table, or nothing: false as soon as one is no line of a table.
class TableReader {
 public:
  bool read(const std::vector<std::string_view>& lines) {
    const bool has_leading_pipe = lines.front().starts_with('|');
    for (const std::string_view line : lines) {
      if (!add(line, has_leading_pipe)) return false;
    }
    end_part(has_footer_ ? Section::kFoot : Section::kBody);
    return std::any_of(table_.parts.begin(), table_.parts.end(), [](const Part& part) {
      return part.section != Section::kHead;
    });
  }

  Table take() { return std::move(table_); }

 private:
  bool add(std::string_view line, bool has_leading_pipe) {
    if (line.find('|') == line.npos) return false;
    if (is_made_of(line, "+|: \t-", '-')) {
      separate(line);
      return true;
    }
    if (is_made_of(line, "+|: \t=", '=')) {
      end_part(Section::kBody);
      has_footer_ = true;
      return true;
    }
    Row row{.cells = split_cells(line)};
    if (row.cells.size() < 2) return false;
    trim_cells(row.cells, has_leading_pipe);
    rows_.push_back(std::move(row));
    return true;
  }

  void separate(std::string_view line) {
    if (rows_.empty()) return;
    const bool is_header = !has_alignments_ && !has_footer_;
    if (is_header) {
      table_.alignments = read_alignments(line);
      has_alignments_ = true;
      end_part(Section::kHead);
    } else if (!has_footer_) {
      end_part(Section::kBody);
    }
  }

  void end_part(Section section) {
    if (rows_.empty()) return;
    table_.parts.push_back({section, std::move(rows_)});
    rows_.clear();
  }

  Table table_;
  std::vector<Row> rows_;
  bool has_alignments_ = false;
  bool has_footer_ = false;
};

void fill_rows(Table& table) {
  std::size_t columns = 0;
  std::size_t rows = 0;
  for (const Part& part : table.parts) {
    rows += part.rows.size();
    for (const Row& row : part.rows) columns = std::max(columns, row.cells.size());
  }
  if (rows * columns > kFilledCellsMax) return;
  for (Part& part : table.parts) {
    for (Row& row : part.rows) row.cells.resize(columns);
  }
}

Extra extra_of(Section section) {
  switch (section) {
    case Section::kHead: return Extra::kTableHead;
    case Section::kBody: return Extra::kTableBody;
    case Section::kFoot: break;
  }
  return Extra::kTableFoot;
}

void append_texts(std::vector<std::string>& texts, const Table& table) {
  for (const Part& part : table.parts) {
    for (const Row& row : part.rows) texts.insert(texts.end(), row.cells.begin(), row.cells.end());
  }
}

using Contents = std::vector<NodeOwner>::iterator;

// Takes the content of each cell from `next` on.
cmark_node* build(Tree& tree, const Table& table, Contents& next) {
  cmark_node* root = tree.make(Extra::kTable);
  for (const Part& part : table.parts) {
    cmark_node* section = tree.make(extra_of(part.section));
    cmark_node_append_child(root, section);
    const bool is_head = part.section == Section::kHead;
    for (const Row& row : part.rows) {
      cmark_node* line = tree.make(Extra::kTableRow);
      cmark_node_append_child(section, line);
      for (std::size_t column = 0; column < row.cells.size(); ++column) {
        cmark_node* cell = tree.make(is_head ? Extra::kTableHeaderCell : Extra::kTableCell);
        cmark_node_append_child(line, cell);
        if (column < table.alignments.size() && !table.alignments[column].empty()) {
          tree.facts(cell).attributes.set("style",
                                          "text-align: " + std::string(table.alignments[column]));
        }
        move_children((next++)->get(), cell);
      }
    }
  }
  return root;
}

// The lines of a paragraph as they were typed, without what its containers stand before them.
std::vector<std::string_view> lines_of(cmark_node* paragraph, const PreparedSource& prepared) {
  std::vector<std::string_view> lines;
  const int end = cmark_node_get_end_line(paragraph);
  for (int number = cmark_node_get_start_line(paragraph); number <= end; ++number) {
    std::string_view line = prepared.line(number);
    const std::size_t begin =
        lines.empty() ? static_cast<std::size_t>(cmark_node_get_start_column(paragraph) - 1)
                      : line.find_first_not_of(" \t>");
    lines.push_back(begin >= line.size() ? "" : trimmed(line.substr(begin)));
  }
  return lines;
}

bool may_be_table(cmark_node* paragraph) {
  return cmark_node_previous(paragraph) == nullptr || Tree::facts_of(paragraph).has_blank_before;
}

struct Found {
  cmark_node* paragraph;
  Table table;
};

std::vector<Found> find_tables(const Tree& tree, const PreparedSource& prepared) {
  std::vector<Found> found;
  for (cmark_node* paragraph : nodes_of_type(tree.root(), CMARK_NODE_PARAGRAPH)) {
    if (cmark_node_get_start_line(paragraph) < 1 || !may_be_table(paragraph)) continue;
    if (prepared.line(cmark_node_get_start_line(paragraph)).find('|') == std::string_view::npos) {
      continue;
    }
    TableReader reader;
    if (!reader.read(lines_of(paragraph, prepared))) continue;
    found.push_back({paragraph, reader.take()});
    fill_rows(found.back().table);
  }
  return found;
}

}  // namespace

void make_tables(Tree& tree, const PreparedSource& prepared, std::string_view link_definitions) {
  const std::vector<Found> tables = find_tables(tree, prepared);
  if (tables.empty()) return;
  std::vector<std::string> texts;
  for (const Found& found : tables) append_texts(texts, found.table);
  std::vector<NodeOwner> contents = read_inlines(texts, link_definitions);
  Contents next = contents.begin();
  for (const auto& [paragraph, table] : tables) {
    cmark_node* node = build(tree, table, next);
    tree.facts(node) = Tree::facts_of(paragraph);
    tree.facts(node).extra = Extra::kTable;
    tree.facts(node).is_transparent = false;
    cmark_node_replace(paragraph, node);
    cmark_node_free(paragraph);
  }
}

}  // namespace stet::markdown
