#include "cms/schedule_import/page_blocks.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "cms/schedule_import/clean_text.h"
#include "cms/schedule_import/markup.h"

namespace stet::schedule_import {
namespace {

constexpr std::size_t kRowSpanMax = 1000, kLinksMax = 50;

class Lines {
 public:
  Lines(std::string_view text, int first_line) : first_line_(first_line) {
    for (std::size_t at = 0; at != text.npos;) {
      starts_.push_back(at);
      std::size_t end = text.find('\n', at);
      at = end == text.npos ? end : end + 1;
    }
  }

  Place place_of(std::size_t offset) const {
    auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    auto line = static_cast<std::size_t>(after - starts_.begin()) - 1;
    return {first_line_ + static_cast<int>(line), static_cast<int>(offset - starts_[line]) + 1};
  }

 private:
  std::vector<std::size_t> starts_;
  int first_line_;
};

std::size_t span_of(std::string_view text, std::size_t most) {
  std::size_t span = 1;
  text = trimmed(text);
  std::from_chars(text.data(), text.data() + text.size(), span);
  return std::clamp<std::size_t>(span, 1, most);
}

// The cells of one line with pipes, with their offsets in it.
std::vector<std::pair<std::size_t, std::string_view>> pipe_cells(std::string_view line) {
  std::vector<std::pair<std::size_t, std::string_view>> cells;
  std::size_t begin = line.find_first_not_of(" \t");
  if (begin == line.npos) return cells;
  if (line[begin] == '|') ++begin;
  bool is_in_code = false;
  for (std::size_t at = begin; at <= line.size(); ++at) {
    if (at < line.size() && line[at] == '\\') {
      ++at;
      continue;
    }
    if (at < line.size() && line[at] == '`') is_in_code = !is_in_code;
    if (at < line.size() && (line[at] != '|' || is_in_code)) continue;
    bool is_end = at == line.size() && trimmed(line.substr(begin)).empty();
    if (is_end || cells.size() >= kCellsMax) break;
    std::string_view cell = trimmed(line.substr(begin, at - begin));
    cells.emplace_back(cell.empty() ? begin : static_cast<std::size_t>(cell.data() - line.data()),
                       cell);
    begin = at + 1;
  }
  return cells;
}

bool is_separator(std::string_view line) {
  return line.find('-') != line.npos && line.find_first_not_of("|-+: \t\r=") == line.npos;
}

class Reader {
 public:
  Reader(std::string_view text, int first_line)
      : text_(text), lines_(text, first_line), tags_(text) {}

  std::vector<Block> run() {
    while (at_ < text_.size()) {
      if (is_at_line_start() && read_line()) continue;
      read_inline();
    }
    end_text();
    return std::move(blocks_);
  }

 private:
  bool is_at_line_start() const { return at_ == 0 || text_[at_ - 1] == '\n'; }
  std::string_view line_at(std::size_t at) const {
    return text_.substr(at, text_.find('\n', at) - at);
  }
  void skip_line() { at_ = std::min(text_.size(), at_ + line_at(at_).size() + 1); }

  // What is known by how its line begins.
  bool read_line() {
    std::string_view line = line_at(at_);
    std::string_view content = trimmed(line);
    if (content.starts_with("```") || content.starts_with("~~~")) {
      end_text();
      skip_code(content.substr(0, 3));
      return true;
    }
    std::size_t marks = content.find_first_not_of('#');
    if (marks != content.npos && marks >= 1 && marks <= 6 && line.starts_with('#')) {
      add_heading(static_cast<int>(marks), content.substr(marks), at_);
      skip_line();
      return true;
    }
    bool is_bold = content.size() > 4 && content.size() < 200 && content.starts_with("**") &&
                   content.ends_with("**");
    if (is_bold) {
      add_heading(7, content, at_);
      skip_line();
      return true;
    }
    if (is_underline(content) && is_below_text()) {
      blocks_.back().kind = Block::Kind::kHeading;
      blocks_.back().level = content[0] == '=' ? 1 : 2;
      skip_line();
      return true;
    }
    return content.find('|') != content.npos && read_pipe_table(content);
  }

  bool is_below_text() const {
    return !blocks_.empty() && blocks_.back().kind == Block::Kind::kText &&
           blocks_.back().place.line + 1 == lines_.place_of(at_).line;
  }

  static bool is_underline(std::string_view line) {
    return line.size() >= 3 &&
           (line.find_first_not_of('=') == line.npos || line.find_first_not_of('-') == line.npos);
  }

  void skip_code(std::string_view fence) {
    skip_line();
    while (at_ < text_.size() && !trimmed(line_at(at_)).starts_with(fence)) skip_line();
    skip_line();
  }

  bool read_pipe_table(std::string_view first) {
    std::size_t next = std::min(text_.size(), at_ + line_at(at_).size() + 1);
    bool is_table =
        first.starts_with('|') || (next < text_.size() && is_separator(trimmed(line_at(next))) &&
                                   line_at(next).find('|') != std::string_view::npos);
    if (!is_table) return false;
    end_text();
    Block table{Block::Kind::kTable, lines_.place_of(at_), 0, {}, {}};
    while (at_ < text_.size()) {
      std::string_view line = line_at(at_);
      if (line.find('|') == line.npos) break;
      if (!is_separator(trimmed(line))) add_pipe_row(line, table);
      skip_line();
    }
    blocks_.push_back(std::move(table));
    return true;
  }

  void add_pipe_row(std::string_view line, Block& table) {
    if (++rows_ > kRowsMax) return;
    std::vector<Cell> row;
    for (const auto& [offset, source] : pipe_cells(line)) {
      row.push_back(
          {lines_.place_of(at_ + offset), source, false, 1, 1, plain_of_markdown(source)});
    }
    if (!row.empty()) table.rows.push_back(std::move(row));
  }

  // One tag, or text up to the next one or the line's end.
  void read_inline() {
    if (text_[at_] == '<') {
      if (std::size_t behind = tags_.behind_comment(at_); behind != text_.npos) {
        at_ = behind;
        return;
      }
      if (auto tag = tags_.tag(at_)) return take(*tag);
    }
    std::size_t end = std::min(text_.find_first_of("<\n", at_ + 1), text_.size());
    if (text_[at_] == '\n') {
      end_text();
      end = at_ + 1;
    } else {
      typed_ += text_.substr(at_, end - at_);
    }
    at_ = end;
  }

  void take(const Tag& tag) {
    const std::size_t begin = at_;
    at_ = tag.end;
    if (tag.is_end) return;
    if (tag.name == "style" || tag.name == "script") {
      at_ = tags_.behind_end_of(tag.name, at_);
    } else if (tag.name == "table") {
      end_text();
      read_html_table(begin);
    } else if (tag.name.size() == 2 && tag.name[0] == 'h' && tag.name[1] >= '1' &&
               tag.name[1] <= '6') {
      std::size_t end = tags_.behind_end_of(tag.name, at_);
      add_heading(tag.name[1] - '0', text_.substr(at_, end - at_), begin);
      at_ = end;
    }
  }

  void end_text() {
    std::string text = plain_of_markdown(typed_);
    if (!text.empty()) blocks_.push_back({Block::Kind::kText, lines_.place_of(at_), 0, text, {}});
    typed_.clear();
  }

  void add_heading(int level, std::string_view source, std::size_t at) {
    end_text();
    while (!source.empty() && (source.back() == '#' || is_blank(source.back())))
      source.remove_suffix(1);
    if (source.ends_with('}')) {
      std::size_t attributes = source.rfind("{");
      if (attributes != source.npos) source = source.substr(0, attributes);
    }
    blocks_.push_back(
        {Block::Kind::kHeading, lines_.place_of(at), level, plain_of_markdown(source), {}});
  }

  // From behind `<table>` to behind its end. Tables within cells belong to the cells.
  void read_html_table(std::size_t begin) {
    Block table{Block::Kind::kTable, lines_.place_of(begin), 0, {}, {}};
    std::size_t inner = 0;
    std::optional<Cell> cell;
    auto end_cell = [&](std::size_t end) {
      if (!cell) return;
      auto from = static_cast<std::size_t>(cell->source.data() - text_.data());
      cell->source = text_.substr(from, end - from);
      cell->text = plain_of_html(cell->source);
      if (!table.rows.empty() && table.rows.back().size() < kCellsMax) {
        table.rows.back().push_back(*cell);
      }
      cell.reset();
    };
    while (at_ < text_.size()) {
      std::size_t open = text_.find('<', at_);
      if (open == text_.npos) break;
      if (std::size_t behind = tags_.behind_comment(open); behind != text_.npos) {
        at_ = behind;
        continue;
      }
      auto tag = tags_.tag(open);
      at_ = tag ? tag->end : open + 1;
      if (!tag) continue;
      if (tag->name == "table") {
        if (tag->is_end && inner == 0) return end_cell(open), finish(std::move(table));
        inner += tag->is_end ? -1 : 1;
      }
      if (inner > 0) continue;
      bool is_cell = tag->name == "td" || tag->name == "th";
      if (is_cell || tag->name == "tr") end_cell(open);
      if (tag->is_end) continue;
      if (tag->name == "tr" || (is_cell && table.rows.empty())) {
        if (++rows_ > kRowsMax) break;
        table.rows.emplace_back();
      }
      if (is_cell) {
        cell = Cell{lines_.place_of(open), text_.substr(at_, 0), true};
        cell->rows = span_of(tag->attribute("rowspan"), kRowSpanMax);
        cell->columns = span_of(tag->attribute("colspan"), kCellsMax);
      }
    }
    end_cell(text_.size());
    at_ = text_.size();
    finish(std::move(table));
  }

  void finish(Block table) {
    std::erase_if(table.rows, [](const auto& row) { return row.empty(); });
    if (!table.rows.empty()) blocks_.push_back(std::move(table));
  }

  std::string_view text_;
  Lines lines_;
  TagReader tags_;
  std::size_t at_ = 0, rows_ = 0;
  std::string typed_;  // of the text line so far
  std::vector<Block> blocks_;
};

}  // namespace

std::string Cell::markdown() const {
  return is_html ? markdown_of_html(source, /*text_is_markdown=*/false) : std::string(source);
}

std::vector<Link> Cell::links() const {
  if (is_html) return links_of_html(source);
  std::vector<Link> links;
  for (std::size_t at = source.find("]("); at != source.npos; at = source.find("](", at + 2)) {
    std::size_t open = source.rfind('[', at), end = source.find_first_of(" )", at);
    if (open == source.npos || end == source.npos || links.size() >= kLinksMax) break;
    links.push_back({plain_of_markdown(source.substr(open + 1, at - open - 1)),
                     std::string(source.substr(at + 2, end - at - 2))});
  }
  return links;
}

std::vector<Block> read_blocks(std::string_view body, int first_line) {
  return Reader(body, first_line).run();
}

std::vector<std::vector<Slot>> grid_of(const std::vector<std::vector<Cell>>& rows) {
  std::vector<std::vector<Slot>> grid(rows.size());
  struct Hanging {
    const Cell* cell = nullptr;
    std::size_t rows = 0;
  };
  std::vector<Hanging> hanging(kCellsMax);  // by column: what comes down from above
  for (std::size_t row = 0; row < rows.size(); ++row) {
    auto next = rows[row].begin();
    for (std::size_t column = 0; column < kCellsMax; ++column) {
      if (hanging[column].rows > 0) {
        --hanging[column].rows;
        grid[row].push_back({hanging[column].cell, false, false});
        continue;
      }
      if (next == rows[row].end()) {
        grid[row].push_back({});
        continue;
      }
      const Cell& cell = *next++;
      std::size_t end = std::min(column + cell.columns, kCellsMax);
      for (std::size_t at = column; at < end; ++at) {
        grid[row].push_back({&cell, at == column, true});
        hanging[at] = {&cell, cell.rows - 1};
      }
      column = end - 1;
    }
    while (!grid[row].empty() && !grid[row].back().cell) grid[row].pop_back();
  }
  return grid;
}

}  // namespace stet::schedule_import
