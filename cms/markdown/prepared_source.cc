#include "cms/markdown/prepared_source.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "cms/markdown/marks.h"

namespace stet::markdown {
namespace {

std::size_t indentation(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// The length of a fence of ``` or ~~~ at the start of the trimmed line, 0 if there is none.
std::size_t fence_length(std::string_view line) {
  if (line.empty() || (line[0] != '`' && line[0] != '~')) return 0;
  const std::size_t length = std::min(line.find_first_not_of(line[0]), line.size());
  const bool has_tick_after = line[0] == '`' && line.find('`', length) != line.npos;
  return length < 3 || has_tick_after ? 0 : length;
}

bool is_made_of_one(std::string_view text, std::string_view characters) {
  return text.size() > 2 && characters.find(text[0]) != characters.npos &&
         text.find_first_not_of(text[0]) == text.npos;
}

bool begins_list_item(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits > 0 && digits < text.size()) return text[digits] == '.' || text[digits] == ')';
  return text.size() > 1 && std::string_view("-*+").find(text[0]) != text.npos &&
         (text[1] == ' ' || text[1] == '\t');
}

std::string_view begin_mark(bool is_armed) { return is_armed ? kNothingMark : ""; }

struct Extension {
  std::string_view name;
  std::string_view body;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The first extension that begins and ends on this line.
std::optional<Extension> extension_in(std::string_view line) {
  constexpr std::string_view kOpen = "{::";
  Extension found;
  found.begin = line.find(kOpen);
  if (found.begin == line.npos) return std::nullopt;
  const std::size_t open_end = line.find('}', found.begin);
  if (open_end == line.npos) return std::nullopt;
  const std::string_view inner =
      line.substr(found.begin + kOpen.size(), open_end - found.begin - kOpen.size());
  found.name = inner.substr(0, inner.find_first_of(" \t/"));
  if (found.name != "comment" && found.name != "nomarkdown" && found.name != "options") {
    return std::nullopt;
  }
  found.end = open_end + 1;
  if (inner.ends_with('/')) return found;
  const std::string end_of_name = std::string(found.name) + "}";
  for (std::size_t at = line.find("{:/", found.end); at != line.npos;
       at = line.find("{:/", at + 3)) {
    const std::string_view rest = line.substr(at + 3);
    if (!rest.starts_with('}') && !rest.starts_with(end_of_name)) continue;
    found.body = line.substr(found.end, at - found.end);
    found.end = line.find('}', at) + 1;
    return found;
  }
  return std::nullopt;
}

class Preparer {
 public:
  Preparer(std::string_view source, int first_line) : source_(source), line_number_(first_line) {}

  PreparedSource run() {
    while (at_ < source_.size()) {
      line_ = source_.substr(at_, std::min(source_.find('\n', at_), source_.size() - 1) - at_ + 1);
      text_ = trimmed(line_);
      indent_ = indentation(line_);
      if (fenced() || attribute_line() || extension() || end_of_block() || html()) continue;
      note_link_definition();
      note_list();
      take_text();
    }
    prepared_.line_begins.push_back(prepared_.text.size());
    return std::move(prepared_);
  }

 private:
  void emit(std::string_view text) {
    prepared_.line_begins.push_back(prepared_.text.size());
    prepared_.text += text;
  }

  void skip(std::size_t bytes) {
    const std::string_view skipped = source_.substr(at_, bytes);
    line_number_ += static_cast<int>(std::count(skipped.begin(), skipped.end(), '\n'));
    at_ += bytes;
  }

  void take(std::size_t bytes) {
    emit(with_marks(source_.substr(at_, bytes)));
    skip(bytes);
  }

  // Lines of the paragraph that goes on here, as far as can be told without reading it.
  void count_paragraph_lines() {
    const bool is_text = !text_.empty() && !in_list_ && (indent_ < 4 || paragraph_lines_ > 0) &&
                         std::string_view("#>").find(text_[0]) == std::string_view::npos;
    paragraph_lines_ = is_text ? paragraph_lines_ + 1 : 0;
  }

  // A line of text, with what CommonMark would misread disarmed: a tag like <a> alone on its line
  // begins no HTML block, "1)" no list,
  // and a line of dashes is no underline of a paragraph of several lines.
  void take_text() {
    const std::size_t digits = std::min(text_.find_first_not_of("0123456789"), text_.size());
    const bool is_underline = (paragraph_lines_ > 1 && is_made_of_one(text_, "-=")) ||
                              (paragraph_lines_ > 0 && is_made_of_one(text_, "*_"));
    count_paragraph_lines();
    const bool is_armed = is_underline || (text_.starts_with('<') && begins_span_element(text_)) ||
                          (digits > 0 && text_.substr(digits).starts_with(')'));
    const bool may_be_code = indent_ > 3 && !in_list_;
    const std::size_t begin = is_armed && !may_be_code ? line_.find(text_[0]) : 0;
    emit(std::string(line_.substr(0, begin)) + std::string(begin_mark(is_armed && !may_be_code)) +
         with_extensions_cut(line_.substr(begin)));
    skip(line_.size());
  }

  // Keeps a cut, and says what stands in its place.
  std::string keep(Cut cut, std::string_view typed) {
    cut.typed = typed.substr(0, typed.size() - (typed.ends_with('\n') ? 1 : 0));
    cut.line = line_number_;
    prepared_.cuts.push_back(std::move(cut));
    return "<!--" + std::string(kBlockMark) + std::to_string(prepared_.cuts.size() - 1) + "-->";
  }

  // `{::nomarkdown}*a*{:/}` and its kin, within a line of text.
  std::string with_extensions_cut(std::string_view line) {
    std::string text;
    while (const std::optional<Extension> found = extension_in(line)) {
      Cut extension;
      if (found->name != "options") extension.kind = CutKind::kHtml;
      if (found->name == "comment") extension.html = "<!-- " + std::string(found->body) + " -->";
      if (found->name == "nomarkdown") extension.html = found->body;
      if (extension.html.empty()) extension.kind = CutKind::kNothing;
      text += with_marks(line.substr(0, found->begin));
      text += keep(std::move(extension), line.substr(found->begin, found->end - found->begin));
      line.remove_prefix(found->end);
    }
    return text + with_marks(line);
  }

  // Takes `bytes` of the source out, and leaves the cut's number in their place.
  void cut(Cut cut, std::size_t indent, std::size_t bytes) {
    emit(std::string(indent, ' ') + keep(std::move(cut), source_.substr(at_, bytes)) + "\n");
    paragraph_lines_ = 0;
    skip(bytes);
  }

  // To its end, or to the end of all: nothing in it means anything.
  bool fenced() {
    const std::size_t length = fence_length(text_);
    if (length == 0 || (indent_ > 3 && !in_list_)) return false;
    const char fence = text_[0];
    paragraph_lines_ = 0;
    take(line_.size());
    while (at_ < source_.size()) {
      const std::size_t end = std::min(source_.find('\n', at_), source_.size() - 1) + 1;
      const std::string_view text = trimmed(source_.substr(at_, end - at_));
      take(end - at_);
      const bool is_end =
          fence_length(text) >= length && text.find_first_not_of(fence) == text.npos;
      if (is_end) break;
    }
    return true;
  }

  // `{: ...}` alone on its line, or a definition, `{:name: ...}`.
  bool attribute_line() {
    if (!text_.starts_with("{:") || !text_.ends_with('}') || text_.size() < 4) return false;
    const std::string_view inner = text_.substr(2, text_.size() - 3);
    if (inner[0] == ':' || inner[0] == '/' || inner.find('}') != inner.npos) return false;
    const std::size_t name_end = inner.find_first_of(": \t=\"'.#");
    Cut list;
    if (name_end != inner.npos && name_end > 0 && inner[name_end] == ':') {
      prepared_.definitions[std::string(inner.substr(0, name_end))].add_all(
          parse_attribute_list(inner.substr(name_end + 1)));
    } else {
      list.kind = CutKind::kAttributes;
      list.attributes = parse_attribute_list(inner);
    }
    cut(std::move(list), indent_, line_.size());
    return true;
  }

  // `{::comment}` ... `{:/comment}` and its kin; `{::options ... /}` sets nothing here.
  bool extension() {
    if (!text_.starts_with("{::") || !text_.ends_with('}')) return false;
    const std::string_view inner = text_.substr(3, text_.size() - 4);
    const std::string_view name = inner.substr(0, inner.find_first_of(" \t/"));
    if (name != "comment" && name != "nomarkdown" && name != "options") return false;
    if (inner.ends_with('/')) {
      cut(Cut(), 0, line_.size());
      return true;
    }
    const std::size_t body = at_ + line_.size();
    if (unclosed_extension_ || (unclosed_extension_ = source_.find("{:/", body) == source_.npos)) {
      return false;
    }
    const std::size_t body_end = source_.find("{:/", body);
    const std::size_t close = source_.find('\n', body_end);
    const std::string_view content = source_.substr(body, body_end - body);
    Cut extension;
    extension.kind = CutKind::kHtml;
    if (name == "comment") extension.html = "<!-- " + std::string(trimmed(content)) + " -->\n";
    if (name == "nomarkdown") extension.html = content;
    cut(std::move(extension), 0, std::min(close, source_.size() - 1) + 1 - at_);
    return true;
  }

  bool end_of_block() {
    if (indent_ > 3 || text_ != "^") return false;
    cut(Cut(), 0, line_.size());
    return true;
  }

  bool html() {
    if (indent_ > 3 || !text_.starts_with('<')) return false;
    if (in_list_ && indent_ > 0) return false;  // it may belong to the item: cmark sees to it
    std::optional<HtmlElement> element = block_element_at(source_.substr(at_ + indent_));
    if (!element) return false;
    if (!element->is_closed) {
      prepared_.problems.push_back({Severity::kWarning,
                                    "",
                                    line_number_,
                                    static_cast<int>(indent_) + 1,
                                    "the HTML element <" + element->name +
                                        "> is never closed; add its end tag </" + element->name +
                                        ">"});
    }
    std::size_t size = indent_ + element->end;
    Cut whole;
    whole.kind = CutKind::kHtml;
    whole.html = source_.substr(at_, size);
    if (!element->is_closed) whole.html += "</" + element->name + ">";
    if (!whole.html.ends_with('\n')) whole.html += '\n';
    whole.element = *std::move(element);
    // What follows on the same line is text of its own; blanks are nothing.
    const std::size_t rest = source_.find_first_not_of(" \t", at_ + size);
    if (rest != source_.npos && source_[rest] == '\n') size = rest + 1 - at_;
    cut(std::move(whole), 0, size);
    return true;
  }

  void note_link_definition() {
    const std::size_t close = text_.find("]:");
    if (indent_ > 3 || !text_.starts_with('[') || close == text_.npos || close < 2) return;
    prepared_.link_definitions += with_marks(text_) + "\n";
  }

  void note_list() {
    if (text_.empty()) return;
    if (begins_list_item(text_)) {
      in_list_ = true;
    } else if (indent_ == 0) {
      in_list_ = false;
    }
  }

  std::string_view source_;
  std::size_t at_ = 0;
  int line_number_;
  std::string_view line_;  // at at_, with its line feed
  std::string_view text_;  // of it, without blanks at both ends
  std::size_t indent_ = 0;
  bool in_list_ = false;
  int paragraph_lines_ = 0;
  bool unclosed_extension_ = false;  // looked for once, not for each that opens
  PreparedSource prepared_;
};

// The number in "<!--MARK17-->" at the start of the text, and the comment's size.
struct Number {
  std::size_t value = 0;
  std::size_t size = 0;
};

std::optional<Number> number_at(std::string_view text) {
  constexpr std::string_view kOpen = "<!--";
  constexpr std::string_view kClose = "-->";
  const std::size_t digits = kOpen.size() + kBlockMark.size();
  if (!text.starts_with(kOpen) || !text.substr(kOpen.size()).starts_with(kBlockMark)) {
    return std::nullopt;
  }
  Number number;
  const auto [end, error] =
      std::from_chars(text.data() + digits, text.data() + text.size(), number.value);
  if (error != std::errc()) return std::nullopt;
  number.size = static_cast<std::size_t>(end - text.data()) + kClose.size();
  return number;
}

}  // namespace

std::string_view PreparedSource::line(int number) const {
  const auto index = static_cast<std::size_t>(number);
  if (number < 1 || index >= line_begins.size()) return {};
  const std::size_t begin = line_begins[index - 1];
  return std::string_view(text).substr(begin, line_begins[index] - begin);
}

bool is_blank_line(std::string_view line) {
  return line.find_first_not_of(" \t\r\n>") == line.npos;
}

PreparedSource prepare(std::string_view source, int first_line) {
  return Preparer(source, first_line).run();
}

const Cut* cut_of(const PreparedSource& prepared, std::string_view literal) {
  literal = trimmed(literal);
  const std::optional<Number> number = number_at(literal);
  const bool is_one =
      number && number->size == literal.size() && number->value < prepared.cuts.size();
  return is_one ? &prepared.cuts[number->value] : nullptr;
}

std::string with_cuts_restored(const PreparedSource& prepared, std::string_view literal) {
  std::string restored;
  for (std::size_t at = 0;;) {
    const std::size_t next = literal.find("<!--", at);
    restored += literal.substr(at, next - at);
    if (next == literal.npos) return restored;
    const std::optional<Number> number = number_at(literal.substr(next));
    const bool is_cut = number && number->value < prepared.cuts.size();
    restored += is_cut ? std::string_view(prepared.cuts[number->value].typed) : "<!--";
    at = next + (is_cut ? number->size : 4);
  }
}

}  // namespace stet::markdown
