// What a document defines for its running text: links, footnotes, abbreviations.
#include <algorithm>
#include <optional>

#include "cms/markdown/block_reader.h"

namespace stet::markdown {
namespace {

// Where a definition's parts begin and end.
struct LinkParts {
  std::string_view url;
  std::string_view title;
  bool has_title = false;
  std::size_t end = 0;
};

std::size_t behind_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space_or_tab(text[at])) ++at;
  return at;
}

// Behind the line feed where nothing but blanks stands before it.
std::size_t blank_end(std::string_view text, std::size_t at) {
  at = behind_blanks(text, at);
  return at < text.size() && text[at] == '\n' ? at + 1 : kNowhere;
}

// "title" or 'title', up to the last quotation mark of the line.
bool read_title(std::string_view text, std::size_t at, LinkParts& parts) {
  at = behind_blanks(text, at);
  if (at >= text.size() || (text[at] != '"' && text[at] != '\'')) return false;
  const std::size_t end = line_end(text, at);
  const std::string_view quoted = trimmed_right(text.substr(at, end - at));
  if (quoted.size() < 3 || quoted.back() != quoted.front()) return false;
  parts.title = quoted.substr(1, quoted.size() - 2);
  parts.has_title = true;
  parts.end = end;
  return true;
}

// What follows a url that ends at `at`: a title on this line or the next, or the end of the line.
bool read_rest(std::string_view text, std::size_t at, LinkParts& parts) {
  const std::size_t next_line = blank_end(text, at);
  if (next_line == kNowhere) return is_space_or_tab(text[at]) && read_title(text, at, parts);
  if (read_title(text, next_line, parts)) return true;
  parts.end = next_line;
  return true;
}

std::optional<LinkParts> read_link(std::string_view text, std::size_t at) {
  const std::size_t begin = behind_blanks(text, at);
  const std::size_t end = line_end(text, begin);
  if (begin >= text.size() || is_space(text[begin])) return std::nullopt;
  LinkParts parts;
  if (text[begin] == '<') {
    const std::size_t close = text.substr(0, end).find('>', begin);
    if (close != kNowhere && close + 1 < text.size() && read_rest(text, close + 1, parts)) {
      parts.url = text.substr(begin + 1, close - begin - 1);
      return parts;
    }
  }
  for (std::size_t i = begin + 1; i + 1 < end; ++i) {
    const bool is_before_quote =
        is_space_or_tab(text[i]) && (text[i + 1] == '"' || text[i + 1] == '\'');
    if (!is_before_quote) continue;
    if (!read_title(text, i, parts)) return std::nullopt;  // the url would hold a quotation mark
    parts.url = trimmed_right(text.substr(begin, i - begin));
    return parts;
  }
  parts.url = trimmed_right(text.substr(begin, end - begin));
  return read_rest(text, begin + parts.url.size(), parts) ? std::optional(parts) : std::nullopt;
}

}  // namespace

bool BlockReader::link_definition(std::size_t first_at) {
  const std::string_view text = source_->text();
  const std::size_t name_end = std::min(text.find_first_of("]\n", first_at), text.size());
  if (name_end == first_at + 1 || !text.substr(name_end).starts_with("]:")) return false;
  const std::optional<LinkParts> parts = read_link(text, name_end + 2);
  if (!parts) return false;
  const std::string id = link_id(text.substr(first_at + 1, name_end - first_at - 1));
  const int line = source_->line();
  const auto [place, is_new] = reading_.links.try_emplace(id);
  if (!is_new) {
    warn(line,
         "the link [" + id +
             "] is defined a second time; this one counts: take the other "
             "away");
  }
  LinkDefinition& link = place->second;
  link.url = parts->url;
  link.title = parts->title;
  link.has_title = parts->has_title;
  Block* mark = add(BlockKind::kMark, line);
  mark->mark = Mark::kDefinition;
  defined_.emplace_back(mark, &link.attributes);
  source_->go_to(parts->end);
  return true;
}

bool BlockReader::abbreviation_definition(std::size_t first_at) {
  const std::string_view text = source_->text();
  if (!text.substr(first_at).starts_with("*[")) return false;
  const std::size_t end = line_end(text, first_at);
  const std::size_t close = text.substr(0, end).find("]:", first_at + 3);
  if (close == kNowhere) return false;
  const std::string name(text.substr(first_at + 2, close - first_at - 2));
  const int line = source_->line();
  const auto [place, is_new] = reading_.abbreviations.try_emplace(name);
  if (!is_new) {
    warn(line,
         "the abbreviation " + name +
             " is defined a second time; this one counts: take the "
             "other away");
  }
  place->second.meaning = trimmed(text.substr(close + 2, end - close - 2));
  Block* mark = add(BlockKind::kMark, line);
  mark->mark = Mark::kDefinition;
  defined_.emplace_back(mark, &place->second.attributes);
  source_->go_to(end);
  return true;
}

// `[^name]: text`, with what is indented below it.
bool BlockReader::footnote_definition(std::size_t first_at) {
  const std::string_view text = source_->text();
  if (!text.substr(first_at).starts_with("[^")) return false;
  const std::size_t name_begin = first_at + 2;
  const std::size_t name_end = name_begin + name_length(text.substr(name_begin));
  if (name_end == name_begin || !text.substr(name_end).starts_with("]:")) return false;
  const int line = source_->line();
  const std::size_t begin = name_end + 2;
  const std::size_t end = indented_lines_end(line_end(text, begin));
  std::string content;
  for (std::size_t at = begin; at < end;) {
    const std::size_t next = line_end(text, at);
    at += indent_length(text, at);
    content += text.substr(at, next - at);
    at = next;
  }
  source_->go_to(end);
  const std::string name(text.substr(name_begin, name_end - name_begin));
  Block* footnote = blocks_.make(BlockKind::kItem, line);
  read_text(footnote, content, line);
  if (!reading_.footnotes.try_emplace(name).second) {
    warn(line,
         "the footnote [^" + name +
             "] is defined a second time; this one counts: take the "
             "other away");
  }
  reading_.footnotes[name].line = line;
  footnotes_[name] = footnote;
  Block* mark = add(BlockKind::kMark, line);
  mark->mark = Mark::kDefinition;
  return true;
}

// Attribute lists may stand below a definition: only now they all are known.
void BlockReader::finish_definitions() {
  for (auto& [mark, attributes] : defined_) {
    *attributes = mark->given ? *mark->given : AttributeList();
  }
}

}  // namespace stet::markdown
