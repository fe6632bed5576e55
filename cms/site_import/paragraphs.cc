#include "cms/site_import/paragraphs.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

#include "cms/schedule_import/markup.h"

namespace stet::site_import {
namespace {

using schedule_import::Tag;
using schedule_import::TagReader;
using schedule_import::trimmed;

constexpr std::string_view kBlocks[] = {
    "address",    "article",  "aside",   "blockquote", "body",   "caption",  "center",   "col",
    "colgroup",   "dd",       "details", "dir",        "div",    "dl",       "dt",       "fieldset",
    "figcaption", "figure",   "footer",  "form",       "frame",  "frameset", "h1",       "h2",
    "h3",         "h4",       "h5",      "h6",         "header", "hgroup",   "hr",       "legend",
    "li",         "main",     "map",     "math",       "menu",   "nav",      "noframes", "noscript",
    "ol",         "optgroup", "option",  "p",          "pre",    "script",   "section",  "select",
    "style",      "summary",  "svg",     "table",      "tbody",  "td",       "textarea", "tfoot",
    "th",         "thead",    "tr",      "ul",
};
// Text in them is paragraphs where blank lines part it.
constexpr std::string_view kContainers[] = {"article",
                                            "aside",
                                            "center",
                                            "dd",
                                            "details",
                                            "div",
                                            "footer",
                                            "form",
                                            "header",
                                            "li",
                                            "main",
                                            "section",
                                            "td",
                                            "th"};
// What else has lines that are shown as such.
constexpr std::string_view kLined[] = {"address",
                                       "caption",
                                       "dt",
                                       "fieldset",
                                       "figcaption",
                                       "figure",
                                       "h1",
                                       "h2",
                                       "h3",
                                       "h4",
                                       "h5",
                                       "h6",
                                       "legend",
                                       "p",
                                       "summary"};
// Behind them a line end is no break, or no other one.
constexpr std::string_view kBreaks[] = {"<br />", "<br/>", "<br>", "-->"};
constexpr std::string_view kWithinParagraph[] = {"map",
                                                 "math",
                                                 "noscript",
                                                 "optgroup",
                                                 "option",
                                                 "script",
                                                 "select",
                                                 "style",
                                                 "svg",
                                                 "textarea"};
constexpr std::string_view kKept[] = {"math", "pre", "script", "style", "svg", "textarea"};
// A line end within a tag or a comment, which parts nothing; and a blank to who reads tags.
constexpr char kInnerLineEnd = '\f';

template <typename Names>
bool is_one_of(const Names& names, std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// A part of the text: prose, which becomes paragraphs; lines of an element, or of a paragraph that
// has its tag; or what stays as it is.
struct Piece {
  enum class Kind { kProse, kLines, kParagraph, kKept };
  Kind kind = Kind::kKept;
  std::string_view text;
};

bool has_blank_line(std::string_view text) {
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
    std::size_t next = text.find_first_not_of(" \t", at + 1);
    if (next != text.npos && text[next] == '\n') return true;
  }
  return false;
}

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text), reader_(text) {}

  std::vector<Piece> run() {
    while (at_ < text_.size()) {
      std::size_t open = text_.find('<', at_);
      if (open == text_.npos) break;
      at_ = open;
      take_markup();
    }
    end_prose(text_.size());
    return std::move(pieces_);
  }

 private:
  void take_markup() {
    std::size_t comment = reader_.behind_comment(at_);
    if (comment != text_.npos) {
      at_ = comment;
      return;
    }
    std::optional<Tag> tag = reader_.tag(at_);
    if (!tag || !is_one_of(kBlocks, tag->name)) {
      at_ = tag ? tag->end : at_ + 1;
      return;
    }
    end_prose(at_);
    std::size_t end = tag->end;
    // What is kept is one piece, from its tag to the end tag and its '>'.
    if (!tag->is_end && is_one_of(kKept, tag->name)) {
      end = reader_.behind_end_of(tag->name, tag->end);
    }
    pieces_.push_back({Piece::Kind::kKept, text_.substr(at_, end - at_)});
    track(*tag);
    prose_ = at_ = end;
  }

  // Text directly in a list, a table or a paragraph is theirs: it becomes no paragraph.
  void track(const Tag& tag) {
    bool ends_paragraph = !tag.is_end && !stack_.empty() && stack_.back() == "p" &&
                          !is_one_of(kWithinParagraph, tag.name);
    if (ends_paragraph) stack_.pop_back();
    if (tag.name == "hr" || tag.name == "col" || is_one_of(kKept, tag.name)) return;
    if (!tag.is_end) {
      if (stack_.size() < 1000) stack_.push_back(tag.name);
      return;
    }
    auto found = std::find(stack_.rbegin(), stack_.rend(), tag.name);
    if (found != stack_.rend()) stack_.erase(std::prev(found.base()), stack_.end());
  }

  void end_prose(std::size_t end) {
    if (end <= prose_) return;
    std::string_view text = text_.substr(prose_, end - prose_);
    pieces_.push_back({kind_of(text), text});
    prose_ = end;
  }

  Piece::Kind kind_of(std::string_view text) const {
    using enum Piece::Kind;
    if (stack_.empty() || stack_.back() == "blockquote") return kProse;
    if (stack_.back() == "p") return kParagraph;
    bool is_container = is_one_of(kContainers, stack_.back());
    if (is_container && has_blank_line(text)) return kProse;
    return is_container || is_one_of(kLined, stack_.back()) ? kLines : kKept;
  }

  std::string_view text_;
  TagReader reader_;
  std::size_t at_ = 0, prose_ = 0;
  std::vector<std::string> stack_;
  std::vector<Piece> pieces_;
};

// A paragraph's lines: what is between them is a break.
void append_lines(std::string& out, std::string_view text) {
  while (true) {
    std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    out.append(line);
    if (end == text.npos) return;
    text.remove_prefix(end + 1);
    bool is_break = std::any_of(
        std::begin(kBreaks), std::end(kBreaks), [&](auto one) { return line.ends_with(one); });
    out += is_break ? "\n" : "<br />\n";
  }
}

bool is_comment_alone(std::string_view text) {
  return text.starts_with("<!--") && text.find("-->") == text.size() - 3;
}

// What stands before the next line that holds nothing but blanks; `rest` is what stands behind.
std::string_view take_paragraph(std::string_view& rest) {
  std::size_t end = 0;
  while (true) {
    end = rest.find('\n', end);
    if (end == rest.npos) break;
    std::size_t next = rest.find_first_not_of(" \t", end + 1);
    if (next == rest.npos || rest[next] == '\n') break;
    end = end + 1;
  }
  std::string_view paragraph = trimmed(rest.substr(0, end));
  rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  return paragraph;
}

void append_prose(std::string& out, std::string_view text) {
  std::string_view rest = text;
  while (!rest.empty()) {
    std::string_view paragraph = take_paragraph(rest);
    if (paragraph.empty()) continue;
    if (!out.empty() && !out.ends_with('\n')) out += '\n';
    if (is_comment_alone(paragraph)) {
      out.append(paragraph) += '\n';
      continue;
    }
    out += "<p>";
    append_lines(out, paragraph);
    out += "</p>\n";
  }
}

// The line ends around it touch the tags of blocks, and stay; blank lines within part it by
// `parting`.
void append_lined(std::string& out, std::string_view text, std::string_view parting) {
  std::string_view inner = trimmed(text);
  if (inner.empty()) {
    out.append(text);
    return;
  }
  std::size_t begin = static_cast<std::size_t>(inner.data() - text.data());
  std::string_view rest = inner;
  out.append(text.substr(0, begin));
  for (bool is_first = true; !rest.empty();) {
    std::string_view part = take_paragraph(rest);
    if (part.empty()) continue;
    if (!is_first) out.append(parting);
    append_lines(out, part);
    is_first = false;
  }
  out.append(text.substr(begin + inner.size()));
}

// And with a blank for each form feed.
std::string with_newlines_alone(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r')
      out += text[i] == '\f' ? ' ' : text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n')
      out += '\n';
  }
  return out;
}

// With kInnerLineEnd where a tag or a comment has a line end within.
void mark_inner_line_ends(std::string& text) {
  const std::string as_it_was = text;
  TagReader reader(as_it_was);
  for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at)) {
    std::size_t end = reader.behind_comment(at);
    std::optional<Tag> tag = end == text.npos ? reader.tag(at) : std::nullopt;
    if (tag) end = tag->end;
    if (end == text.npos) {
      ++at;
      continue;
    }
    std::replace(text.begin() + static_cast<std::ptrdiff_t>(at),
                 text.begin() + static_cast<std::ptrdiff_t>(end),
                 '\n',
                 kInnerLineEnd);
    bool is_kept = tag && !tag->is_end && is_one_of(kKept, tag->name);
    at = is_kept ? reader.behind_end_of(tag->name, end) : end;
  }
}

void append_piece(std::string& out, const Piece& piece) {
  using enum Piece::Kind;
  switch (piece.kind) {
    case kProse:
      if (!trimmed(piece.text).empty()) return append_prose(out, piece.text);
      if (!out.empty() && !out.ends_with('\n')) out += '\n';
      return;
    case kLines: return append_lined(out, piece.text, "<br />\n");
    case kParagraph: return append_lined(out, piece.text, "</p>\n<p>");
    case kKept: out.append(piece.text);
  }
}

}  // namespace

std::string with_paragraphs(std::string_view text) {
  std::string plain = with_newlines_alone(text);
  mark_inner_line_ends(plain);
  std::string out;
  for (const Piece& piece : Splitter(plain).run()) append_piece(out, piece);
  while (out.ends_with('\n')) out.pop_back();
  std::replace(out.begin(), out.end(), kInnerLineEnd, '\n');
  return out;
}

}  // namespace stet::site_import
