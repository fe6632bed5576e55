#include "cms/markdown/block_reader.h"

#include <algorithm>

#include "storage/base/utf8.h"

namespace stet::markdown {
namespace {

// Texts of blocks inside of blocks that are held at one moment.
constexpr std::size_t kNestedBytesMax = std::size_t{64} << 20;
constexpr std::size_t kFenceLengthMin = 3;
constexpr int kHeaderLevelMax = 6;

std::string without_quote_markers(std::string_view lines) {
  std::string text;
  text.reserve(lines.size());
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = line_end(lines, at);
    const std::size_t marker = quote_marker(lines, at);
    if (marker != kNowhere) at = marker;
    text += lines.substr(at, end - at);
    at = end;
  }
  return text;
}

// A line of code that is not indented, as one may stand below others, continues the line above.
std::string code_of(std::string_view lines) {
  std::string code;
  code.reserve(lines.size());
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = line_end(lines, at);
    const std::size_t first = at + spaces(lines, at, 4);
    if (!code.empty() && first - at < 4 && first < end && !is_space(lines[first])) {
      code.back() = ' ';
    } else {
      at += indent_length(lines, at);
    }
    code += lines.substr(at, end - at);
    at = end;
  }
  return code;
}

bool is_id_start(char c) {
  return is_word(c) ? !is_digit(c) : c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

// "Text {#id}": takes the id off the text.
std::string_view take_id(std::string_view& text) {
  const std::size_t brace = text.ends_with('}') ? text.rfind("{#") : kNowhere;
  if (brace == kNowhere || brace == 0 || !is_space_or_tab(text[brace - 1])) return {};
  const std::string_view id = text.substr(brace + 2, text.size() - brace - 3);
  if (id.empty() || !is_id_start(id[0])) return {};
  const bool is_name = std::all_of(id.begin(), id.end(), [](char c) {
    return is_id_start(c) || is_digit(c) || c == '-' || c == '.';
  });
  if (!is_name) return {};
  text = trimmed_right(text.substr(0, brace));
  return id;
}

// "Text ##": the closing marks are no part of it.
std::string_view without_closing_marks(std::string_view text, bool is_quirk) {
  std::size_t end = text.size();
  while (end > 0 && text[end - 1] == '#') --end;
  if (end == text.size()) return text;
  if (is_quirk) {
    return end > 0 && is_space_or_tab(text[end - 1]) ? trimmed_right(text.substr(0, end)) : text;
  }
  if (end > 0 && text[end - 1] == '\\') ++end;
  return end == text.size() ? text : trimmed_right(text.substr(0, end));
}

}  // namespace

Block* BlockReader::read(std::string_view text) {
  Block* root = blocks_.make(BlockKind::kRoot, 1);
  BlockSource source(text, 1);
  read_blocks(root, source);
  finish_definitions();
  return root;
}

bool BlockReader::read_blocks(Block* parent, BlockSource& source) {
  Block* const outer_tree = std::exchange(tree_, parent);
  BlockSource* const outer_source = std::exchange(source_, &source);
  std::unique_ptr<AttributeList> outer_ahead = std::exchange(ahead_, nullptr);
  ++depth_;
  has_found_end_ = false;
  while (!source.at_end() && !has_found_end_) read_block();
  --depth_;
  tree_ = outer_tree;
  source_ = outer_source;
  ahead_ = std::move(outer_ahead);
  return !std::exchange(has_found_end_, false);
}

void BlockReader::read_text(Block* parent, std::string_view text, int line) {
  if (depth_ >= kDepthMax || nested_bytes_ + text.size() > kNestedBytesMax) {
    warn_of_depth(line);
    Block* paragraph = blocks_.make(BlockKind::kParagraph, line);
    paragraph->text = trimmed(text);
    parent->children.push_back(paragraph);
    return;
  }
  nested_bytes_ += text.size();
  BlockSource source(text, line);
  read_blocks(parent, source);
  nested_bytes_ -= text.size();
}

void BlockReader::read_block() {
  if (reading_.options.is_typography_only) return read_html_or_text();
  const std::string_view text = source_->text();
  const std::size_t at = source_->at();
  if (rest_of_line(text, at) != kNowhere) return blank_lines(blank_lines_end(text, at));
  if (indent_length(text, at) > 0) return indented_code();
  const std::size_t first_at = at + spaces(text, at, kMarkerSpacesMax);
  const char first = first_at < text.size() ? text[first_at] : ' ';
  if (read_marked_block(first, first_at) || read_plain_block(first, first_at)) return;
  if (!is_space_or_tab(first)) return paragraph();
  running_text();
}

void BlockReader::read_html_or_text() {
  const std::string_view text = source_->text();
  const std::size_t at = source_->at();
  const std::size_t first_at = at + spaces(text, at, kMarkerSpacesMax);
  if (first_at < text.size() && text[first_at] == '<' && html()) return;
  running_text();
}

// A line that belongs to no block.
void BlockReader::running_text() {
  const std::string_view text = source_->text();
  const std::size_t at = source_->at();
  const std::size_t end = line_end(text, at);
  add_text(tree_, BlockKind::kRunningText, text.substr(at, end - at));
  source_->go_to(end);
}

bool BlockReader::read_marked_block(char first, std::size_t first_at) {
  switch (first) {
    case '~':
    case '`': return fenced_code();
    case '>': return quote();
    case '#': return first_at == source_->at() && atx_header();
    case '*':
    case '-':
    case '_': return rule() || list();
    case '+': return list();
    case ':': return definition_list();
    case '<': return html();
    default: return is_digit(first) && list();
  }
}

bool BlockReader::read_plain_block(char first, std::size_t first_at) {
  if (is_after_boundary()) {
    if (setext_header(first_at)) return true;
    if ((first == '$' || first == '\\') && math(first_at)) return true;
    if (table()) return true;
  }
  switch (first) {
    case '[': return footnote_definition(first_at) || link_definition(first_at);
    case '*': return abbreviation_definition(first_at);
    case '{': return extensions(first_at);
    case '^': return end_of_block();
    default: return false;
  }
}

Block* BlockReader::make(BlockKind kind, int line) {
  Block* block = blocks_.make(kind, line);
  block->given = std::move(ahead_);
  return block;
}

Block* BlockReader::add(BlockKind kind, int line) {
  tree_->children.push_back(make(kind, line));
  return tree_->children.back();
}

void BlockReader::add_text(Block* parent, BlockKind kind, std::string_view text) {
  if (!parent->children.empty() && parent->children.back()->kind == kind) {
    parent->children.back()->text += text;
  } else if (!text.empty()) {
    parent->children.push_back(blocks_.make(kind, source_->line()));
    parent->children.back()->text = text;
  }
}

bool BlockReader::is_after_boundary() const {
  if (ahead_ || tree_->children.empty()) return true;
  const Block& last = *tree_->children.back();
  return last.kind == BlockKind::kBlank ||
         (last.kind == BlockKind::kMark && last.mark == Mark::kEndOfBlock);
}

bool BlockReader::ends_paragraph(std::size_t at) {
  if (source_->ends_lazily(at)) return true;
  const std::string_view text = source_->text();
  const std::size_t first_at = at + spaces(text, at, kMarkerSpacesMax);
  if (first_at >= text.size()) return false;
  const char first = text[first_at];
  if (first == ':') return definition_marker(text, first_at, 0) != kNowhere;
  if (!reading_.options.is_gfm_input || !reading_.options.has_paragraph_end_quirk) return false;
  switch (first) {
    case '>': return true;
    case '*':
    case '-':
    case '+': return bullet_marker(text, first_at, 0) != kNowhere;
    case '~':
    case '`': return fence_marker(text, first_at, true) != kNowhere;
    case '#': {
      const std::size_t end = std::min(text.find_first_not_of('#', at), text.size());
      return first_at == at && end - at <= kHeaderLevelMax && end < text.size() &&
             is_space_or_tab(text[end]);
    }
    default: return is_digit(first) && number_marker(text, first_at, 0) != kNowhere;
  }
}

void BlockReader::warn(int line, std::string message) {
  reading_.problems.push_back({Severity::kWarning, "", line, 1, std::move(message)});
}

void BlockReader::warn_of_depth(int line) {
  if (std::exchange(has_warned_of_depth_, true)) return;
  warn(line,
       "blocks lie in one another more than " + std::to_string(kDepthMax) +
           " deep; what lies deeper is shown as text: take some of the outer ones away");
}

void BlockReader::blank_lines(std::size_t end) {
  const std::string_view lines = source_->text().substr(source_->at(), end - source_->at());
  if (!tree_->children.empty() && tree_->children.back()->kind == BlockKind::kBlank) {
    tree_->children.back()->text += lines;
  } else {
    add(BlockKind::kBlank, source_->line())->text = lines;
  }
  source_->go_to(end);
}

void BlockReader::paragraph() {
  const std::string_view text = source_->text();
  const std::size_t begin = source_->at();
  std::size_t end = line_end(text, begin);
  while (!ends_paragraph(end)) end = line_end(text, end);
  const std::string_view lines = trimmed_right(text.substr(begin, end - begin));
  if (!tree_->children.empty() && tree_->children.back()->kind == BlockKind::kParagraph) {
    const bool is_broken = begin >= 3 && text.substr(begin - 3, 3) == "  \n";
    (tree_->children.back()->text += is_broken ? "  \n" : "\n") += lines;
  } else {
    add(BlockKind::kParagraph, source_->line())->text = trimmed_left(lines);
  }
  source_->go_to(end);
}

bool BlockReader::quote() {
  const std::string_view text = source_->text();
  const std::size_t begin = source_->at();
  const int line = source_->line();
  std::size_t end = line_end(text, begin);
  while (!source_->ends_lazily(end)) end = line_end(text, end);
  source_->go_to(end);
  read_text(
      add(BlockKind::kQuote, line), without_quote_markers(text.substr(begin, end - begin)), line);
  return true;
}

// Behind the lines of code, and of text that continues them, from `at` on.
std::size_t BlockReader::indented_lines_end(std::size_t at) {
  const std::string_view text = source_->text();
  while (true) {
    std::size_t next = blank_lines_end(text, at);
    const auto is_code = [&] {
      return indent_length(text, next) > 0 && rest_of_line(text, next) == kNowhere;
    };
    if (next >= text.size() || !is_code()) return at;
    while (next < text.size() && is_code()) next = line_end(text, next);
    while (next < text.size() && !source_->ends_lazily(next)) next = line_end(text, next);
    at = next;
  }
}

void BlockReader::indented_code() {
  const std::size_t begin = source_->at();
  const std::size_t end = indented_lines_end(begin);
  add(BlockKind::kCode, source_->line())->text =
      code_of(source_->text().substr(begin, end - begin));
  source_->go_to(end);
}

bool BlockReader::fenced_code() {
  const bool is_gfm = reading_.options.is_gfm_input;
  const std::string_view text = source_->text();
  const std::size_t begin = source_->at() + (is_gfm ? spaces(text, source_->at(), 3) : 0);
  const std::size_t end = fence_marker(text, source_->at(), is_gfm);
  if (end == kNowhere) return false;
  if (fenced_code(begin, end - begin)) return true;
  // A shorter fence may end it; then what is left of the longer one is its language.
  const std::size_t shorter = std::min(end - begin - 1, longest_fence_end(begin));
  return shorter >= kFenceLengthMin && fenced_code(begin, shorter);
}

// The length of the longest line below `at` that ends a block which was opened by such a fence.
std::size_t BlockReader::longest_fence_end(std::size_t at) {
  const std::string_view text = source_->text();
  const char mark = text[at];
  std::size_t& unclosed = source_->unclosed_fence[mark == '`' ? 1 : 0];
  if (unclosed <= kFenceLengthMin) return 0;
  std::size_t longest = 0;
  for (at = line_end(text, at); at < text.size(); at = line_end(text, at)) {
    const std::size_t first =
        at + (reading_.options.is_gfm_input ? spaces(text, at, kMarkerSpacesMax) : 0);
    const std::size_t end = std::min(text.find_first_not_of(mark, first), text.size());
    if (end - first > longest && rest_of_line(text, end) != kNowhere) longest = end - first;
  }
  if (longest < kFenceLengthMin) unclosed = kFenceLengthMin;
  return longest;
}

bool BlockReader::fenced_code(std::size_t begin, std::size_t length) {
  const std::string_view text = source_->text();
  const std::string_view fence = text.substr(begin, length);
  std::size_t& unclosed = source_->unclosed_fence[fence.back() == '`' ? 1 : 0];
  std::size_t word = begin + length;
  while (word < text.size() && is_space_or_tab(text[word])) ++word;
  std::size_t word_end = word;
  while (word_end < text.size() && !is_space(text[word_end])) ++word_end;
  const std::size_t code = rest_of_line(text, word_end);
  if (code == kNowhere || length >= unclosed) return false;
  for (std::size_t at = code; at < text.size(); at = line_end(text, at)) {
    const std::size_t first =
        at + (reading_.options.is_gfm_input ? spaces(text, at, kMarkerSpacesMax) : 0);
    if (!text.substr(first).starts_with(fence)) continue;
    const std::size_t behind = text.find_first_not_of(fence.back(), first + length);
    const std::size_t end = rest_of_line(text, std::min(behind, text.size()));
    if (end == kNowhere) continue;
    Block* block = add(BlockKind::kCode, source_->line());
    block->text = text.substr(code, at - code);
    block->name = text.substr(word, word_end - word);
    if (!block->name.empty()) {
      block->attributes.set("class", "language-" + block->name.substr(0, block->name.find('?', 1)));
    }
    source_->go_to(end);
    return true;
  }
  const bool is_of_one_kind = fence.find_first_not_of(fence.back()) == kNowhere;
  if (is_of_one_kind) unclosed = length;
  return false;
}

bool BlockReader::atx_header() {
  const std::string_view text = source_->text();
  const bool is_gfm = reading_.options.is_gfm_input;
  const bool is_quirk = is_gfm && reading_.options.has_paragraph_end_quirk;
  if (!is_quirk && !is_after_boundary()) return false;
  const std::size_t begin = source_->at();
  std::size_t marks = begin;
  while (marks < text.size() && text[marks] == '#' && marks - begin < kHeaderLevelMax) ++marks;
  std::size_t end = line_end(text, begin);
  std::size_t contents = marks;
  while (contents < end && is_space_or_tab(text[contents])) ++contents;
  if (is_gfm && contents == marks) return false;
  // kramdown's own pattern takes the text from the next line where there is none in this.
  if (!is_gfm && contents + 1 == end && end < text.size()) end = line_end(text, end);
  std::string_view words = trimmed_right(text.substr(contents, end - contents));
  const std::string_view id = take_id(words);
  words = without_closing_marks(words, is_quirk);
  if (words.empty()) return false;
  add_header(words, id, static_cast<int>(marks - begin), end);
  return true;
}

bool BlockReader::setext_header(std::size_t first_at) {
  const std::string_view text = source_->text();
  if (first_at >= text.size() || is_space_or_tab(text[first_at])) return false;
  const std::size_t next = line_end(text, first_at);
  if (next >= text.size() || (text[next] != '-' && text[next] != '=')) return false;
  const std::size_t end =
      rest_of_line(text, std::min(text.find_first_not_of("-=", next), text.size()));
  if (end == kNowhere) return false;
  std::string_view words = trimmed_right(text.substr(first_at, next - first_at));
  const std::string_view id = take_id(words);
  if (words.empty()) return false;
  add_header(words, id, text[next] == '-' ? 2 : 1, end);
  return true;
}

void BlockReader::add_header(std::string_view contents,
                             std::string_view id,
                             int level,
                             std::size_t end) {
  Block* header = add(BlockKind::kHeader, source_->line());
  header->text = contents;
  header->level = level;
  if (!id.empty()) header->attributes.set("id", id);
  source_->go_to(end);
}

bool BlockReader::rule() {
  const std::size_t end = rule_line(source_->text(), source_->at());
  if (end == kNowhere) return false;
  add(BlockKind::kRule, source_->line());
  source_->go_to(end);
  return true;
}

// `$$` to `$$`, between boundaries; `\$$` is text that begins with a formula.
bool BlockReader::math(std::size_t first_at) {
  const std::string_view text = source_->text();
  const bool is_escaped = text[first_at] == '\\';
  const std::size_t begin = first_at + (is_escaped ? 1 : 0);
  if (!text.substr(begin).starts_with("$$")) return false;
  const std::size_t close = source_->find(BlockSource::kMathEnd, "$$", begin + 2);
  if (close == kNowhere) return false;
  const std::size_t line = rest_of_line(text, close + 2);
  if (is_escaped) {
    if (line != kNowhere) source_->go_to(begin);
    return false;
  }
  const std::size_t end = line == kNowhere ? close + 2 : line;
  if (!source_->is_boundary(end)) return false;
  add(BlockKind::kMath, source_->line())->text = trimmed(text.substr(begin + 2, close - begin - 2));
  source_->go_to(end);
  return true;
}

bool BlockReader::end_of_block() {
  const std::size_t end = end_marker(source_->text(), source_->at());
  if (end == kNowhere) return false;
  add(BlockKind::kMark, source_->line());
  source_->go_to(end);
  return true;
}

}  // namespace stet::markdown
