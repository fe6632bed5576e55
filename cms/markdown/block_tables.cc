// Tables: runs of lines that all have a pipe.
//
//     | a | b |        the header is what stands above the first line of dashes, which says by
//     |---|:-:|        colons how columns are aligned; a line of equals signs parts the footer off
//     | 1 | 2 |
#include <algorithm>

#include "cms/markdown/block_reader.h"

namespace stet::markdown {
namespace {

// More columns are more than anybody reads.
constexpr std::size_t kColumnsMax = 256;

enum class Piece { kText, kCode };

bool is_escaped(std::string_view text, std::size_t at) { return at > 0 && text[at - 1] == '\\'; }

std::size_t find_pipe(std::string_view text, std::size_t from) {
  std::size_t at = text.find('|', from);
  while (at != kNowhere && is_escaped(text, at)) at = text.find('|', at + 1);
  return at;
}

bool has_pipe(std::string_view line) { return find_pipe(line, 0) != kNowhere; }

// A line of `mark` and of what may stand around it.
bool is_separator(std::string_view line, char mark) {
  if (line.find(mark) == kNowhere) return false;
  return std::all_of(line.begin(), line.end(), [&](char c) {
    return c == mark || c == '+' || c == '|' || c == ':' || is_space_or_tab(c) || c == '\n';
  });
}

// What each group of dashes says: l, r, c, or - for nothing.
std::string alignments(std::string_view line) {
  std::string columns;
  for (std::size_t at = line.find('-'); at != kNowhere; at = line.find('-', at)) {
    const bool is_left = at > 0 && line[at - 1] == ':';
    at = std::min(line.find_first_not_of('-', at), line.size());
    const bool is_right = at < line.size() && line[at] == ':';
    // A colon between two groups belongs to the first.
    if (is_right) ++at;
    columns += is_left ? (is_right ? 'c' : 'l') : (is_right ? 'r' : '-');
    if (is_right && at < line.size() && line[at] == '-') {
      at = std::min(line.find_first_not_of('-', at), line.size());
      columns += '-';
    }
  }
  return columns;
}

// Code in ticks from `at` on: calls use(Piece, text) for it and returns its end; 0 where the ticks
// stand for themselves.
struct CodeSpan {
  std::string_view code;
  std::size_t end = 0;
};

CodeSpan code_span(std::string_view text, std::size_t at) {
  const std::size_t begin = std::min(text.find_first_not_of('`', at), text.size());
  const std::string_view ticks = text.substr(at, begin - at);
  const bool is_behind_space = at == 0 || is_space(text[at - 1]);
  if (ticks.size() == 1 && is_behind_space && begin < text.size() && is_space(text[begin])) {
    return {};
  }
  const std::size_t close = text.find(ticks, begin);
  if (close == kNowhere) return {};
  std::string_view code = text.substr(begin, close - begin);
  if (ticks.size() > 1) {
    if (code.starts_with(' ')) code.remove_prefix(1);
    if (code.ends_with(' ')) code.remove_suffix(1);
  }
  return {code, close + ticks.size()};
}

// Calls use(piece, text) for the text and the code of a line.
template <typename Use>
void each_code_span(std::string_view text, Use use) {
  std::size_t begin = 0;
  for (std::size_t at = text.find('`'); at != kNowhere; at = text.find('`', at)) {
    const CodeSpan span = code_span(text, at);
    if (span.end == 0) {
      at = std::min(text.find_first_not_of('`', at), text.size());
      continue;
    }
    if (at > begin) use(Piece::kText, text.substr(begin, at - begin));
    use(Piece::kCode, span.code);
    begin = at = span.end;
  }
  if (begin < text.size()) use(Piece::kText, text.substr(begin));
}

// The code in as many ticks as it needs.
std::string quoted_code(std::string_view code) {
  std::size_t longest = 0;
  for (std::size_t at = code.find('`'); at != kNowhere; at = code.find('`', at)) {
    const std::size_t end = std::min(code.find_first_not_of('`', at), code.size());
    longest = std::max(longest, end - at);
    at = end;
  }
  const std::string ticks(longest + 1, '`');
  const std::string_view space = longest > 0 ? " " : "";
  return (ticks + std::string(space)).append(code).append(space) + ticks;
}

class RowCells {
 public:
  explicit RowCells(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size()) {
      const std::size_t code = line.find("<code", at);
      const std::size_t tag_end = code == kNowhere ? code : line.find('>', code + 5);
      const std::size_t close = tag_end == kNowhere ? tag_end : line.find("</code>", tag_end);
      if (close == kNowhere) break;
      add_pieces(line.substr(at, code - at));
      at = close + 7;
      add(line.substr(code, at - code));
    }
    add_pieces(line.substr(at));
  }

  std::vector<std::string> take() { return std::move(cells_); }

 private:
  void add(std::string_view text) {
    if (cells_.empty()) cells_.emplace_back();
    cells_.back() += text;
  }

  void add_pieces(std::string_view text) {
    each_code_span(text, [&](Piece piece, std::string_view part) {
      if (piece == Piece::kCode) {
        add(quoted_code(part));
      } else {
        add_text(part);
      }
    });
  }

  void add_text(std::string_view text) {
    std::size_t begin = 0;
    add("");
    while (true) {
      const std::size_t pipe = find_pipe(text, begin);
      add_unescaped(text.substr(begin, pipe - begin));
      if (pipe == kNowhere) return;
      if (cells_.size() < kColumnsMax) cells_.emplace_back();
      begin = pipe + 1;
    }
  }

  void add_unescaped(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text.substr(i, 2) == "\\|") ++i;
      cells_.back() += text[i];
    }
  }

  std::vector<std::string> cells_;
};

// Whether pipes stand in every line outside of code and HTML, by kramdown's own count.
class PipeCount {
 public:
  // False where the count is over.
  bool take(Piece piece, std::string_view text) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    const std::size_t feeds = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    if (piece == Piece::kCode) {
      if (feeds > 1 || (feeds == 1 && !has_pipe_)) return false;
      if (feeds == 1) has_pipe_ = false;
      return true;
    }
    if (feeds > 0 && !has_pipe_ && !has_pipe(text.substr(0, text.find('\n')))) return false;
    if (feeds > 0) has_pipe_ = false;
    has_pipe_ = has_pipe_ || has_pipe(text.substr(feeds == 0 ? 0 : text.rfind('\n') + 1));
    return true;
  }

  bool has_pipe_on_line() const { return has_pipe_; }

 private:
  static bool has_pipe(std::string_view line) { return find_pipe(line, 0) != kNowhere; }

  bool has_pipe_ = false;
};

// Behind a span element that begins at `at`, with all that is in it; 0 where none does.
std::size_t span_element_end(HtmlScanner& scanner, std::string_view text, std::size_t at) {
  const std::optional<HtmlTag> tag = scanner.start_tag(at);
  if (!tag || is_block_element(tag->name)) return 0;
  if (tag->is_closed || has_no_body(tag->name)) return tag->end;
  int open = 1;
  for (std::size_t i = text.find('<', tag->end); i != kNowhere; i = text.find('<', i + 1)) {
    if (const auto end_tag = scanner.end_tag(i); end_tag && end_tag->name == tag->name) {
      if (--open == 0) return end_tag->end;
    } else if (text.substr(i + 1).starts_with(tag->name)) {
      ++open;
    }
  }
  return text.size();
}

// What no pipe counts in begins at `at`: where it ends, and what stands for it; 0 where none does.
struct Opaque {
  Piece piece = Piece::kText;
  std::string_view text;
  std::size_t end = 0;
};

Opaque opaque_at(HtmlScanner& scanner, std::string_view text, std::size_t at) {
  if (text[at] == '`') {
    const CodeSpan span = code_span(text, at);
    return {Piece::kCode, span.code, span.end};
  }
  // The pipes of a comment count, as it happens.
  const std::size_t comment = scanner.comment_end(at);
  if (comment != kNowhere) return {Piece::kText, text.substr(at, comment - at), comment};
  return {Piece::kText, "", span_element_end(scanner, text, at)};
}

bool every_line_has_a_pipe(std::string_view text) {
  PipeCount count;
  HtmlScanner scanner(text);
  std::size_t begin = 0;
  std::size_t at = text.find_first_of("`<");
  while (at != kNowhere) {
    const Opaque opaque = opaque_at(scanner, text, at);
    if (opaque.end == 0) {
      const std::size_t next =
          text[at] == '`' ? std::min(text.find_first_not_of('`', at), text.size()) : at + 1;
      at = text.find_first_of("`<", next);
      continue;
    }
    const bool goes_on =
        (at == begin || count.take(Piece::kText, text.substr(begin, at - begin))) &&
        count.take(opaque.piece, opaque.text);
    if (!goes_on) return count.has_pipe_on_line();
    begin = opaque.end;
    at = text.find_first_of("`<", begin);
  }
  if (begin < text.size()) count.take(Piece::kText, text.substr(begin));
  return count.has_pipe_on_line();
}

bool is_body(const Block* part) { return part->kind == BlockKind::kTableBody; }

}  // namespace

// The rows since the last separator become a part of the table.
struct BlockReader::TableParts {
  Block* table = nullptr;
  std::vector<Block*> rows;
  std::size_t columns = 0;
  bool has_footer = false;

  void add(Blocks& blocks, BlockKind kind, bool is_forced) {
    if (has_footer && kind == BlockKind::kTableBody && !is_forced) return;
    Block* part = blocks.make(kind, rows.empty() ? table->line : rows.front()->line);
    part->children = std::move(rows);
    rows.clear();
    table->children.push_back(part);
  }

  void separate(Blocks& blocks, std::string_view line) {
    if (rows.empty()) return;
    if (!table->text.empty() || has_footer) return add(blocks, BlockKind::kTableBody, false);
    add(blocks, BlockKind::kTableHead, false);
    table->text = alignments(line);
  }

  // All rows get as many cells as the longest, until `cells_max` have been added.
  void even_out(Blocks& blocks, std::size_t cells_max) {
    for (Block* part : table->children) {
      for (Block* row : part->children) {
        for (; row->children.size() < columns && cells_max > 0; --cells_max) {
          row->children.push_back(blocks.make(BlockKind::kTableCell, row->line));
        }
      }
    }
    table->text.resize(columns, '-');
  }
};

void BlockReader::table_row(TableParts& parts, std::string_view line, bool has_leading_pipe) {
  Block* row = blocks_.make(BlockKind::kTableRow, source_->line());
  std::vector<std::string> cells = RowCells(trimmed_right(line)).take();
  if (has_leading_pipe && !cells.empty() && trimmed(cells.front()).empty()) {
    cells.erase(cells.begin());
  }
  if (!cells.empty() && trimmed(cells.back()).empty()) cells.pop_back();
  for (const std::string& cell : cells) {
    row->children.push_back(blocks_.make(BlockKind::kTableCell, row->line));
    row->children.back()->text = trimmed(cell);
  }
  parts.columns = std::max(parts.columns, cells.size());
  parts.rows.push_back(row);
}

void BlockReader::table_lines(TableParts& parts) {
  const std::string_view text = source_->text();
  const std::string_view first = text.substr(source_->at());
  const bool has_leading_pipe = trimmed_left(first).starts_with('|');
  bool is_first = true;
  while (!source_->at_end()) {
    const std::size_t at = source_->at();
    const std::size_t end = line_end(text, at);
    const std::string_view line = text.substr(at, end - at);
    if (!has_pipe(line)) break;
    if (is_separator(line, '-')) {
      if (!is_first) parts.separate(blocks_, line);
    } else if (is_separator(line, '=')) {
      if (!parts.rows.empty()) parts.add(blocks_, BlockKind::kTableBody, true);
      parts.has_footer = true;
    } else {
      table_row(parts, line, has_leading_pipe);
    }
    is_first = false;
    source_->go_to(end);
  }
}

bool BlockReader::table() {
  const std::string_view text = source_->text();
  const std::size_t at = source_->at();
  const std::size_t first_at = at + spaces(text, at, kMarkerSpacesMax);
  if (first_at >= text.size() || is_space(text[first_at])) return false;
  const std::size_t first_end = line_end(text, first_at);
  if (!has_pipe(text.substr(first_at, first_end - first_at))) return false;
  TableParts parts;
  parts.table = make(BlockKind::kTable, source_->line());
  table_lines(parts);
  const std::size_t end = source_->at();
  const bool is_table =
      source_->is_boundary(end) && every_line_has_a_pipe(text.substr(at, end - 1 - at));
  if (is_table && !parts.rows.empty()) {
    parts.add(blocks_, parts.has_footer ? BlockKind::kTableFoot : BlockKind::kTableBody, false);
  }
  const std::vector<Block*>& children = parts.table->children;
  if (!is_table || std::none_of(children.begin(), children.end(), is_body)) {
    source_->return_to(at, parts.table->line);
    return false;
  }
  parts.even_out(blocks_, end - at);
  tree_->children.push_back(parts.table);
  return true;
}

}  // namespace stet::markdown
