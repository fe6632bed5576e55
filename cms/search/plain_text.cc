#include "cms/search/plain_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "cms/markdown/entities.h"
#include "cms/search/letters.h"
#include "cms/search/liquid_text.h"
#include "storage/base/utf8.h"

namespace stet::search {
namespace {

constexpr auto kNone = std::string_view::npos;
constexpr std::size_t kEntityBytesMax = 12;
constexpr std::size_t kLinkBytesMax =
    2048;  // what is longer is text, and is not searched for its end

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_punctuation(char c) { return c > ' ' && c < 0x7f && !is_letter(c) && !is_digit(c); }

std::string lower(std::string_view text) {
  std::string made(text);
  for (char& c : made) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return made;
}

// Takes characters one by one, and leaves no bad ones, no controls, and no two blanks together.
class Line {
 public:
  explicit Line(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  bool is_full() const { return text_.size() >= bytes_max_; }
  std::size_t size() const { return text_.size(); }
  std::string_view since(std::size_t begin) const {
    return begin < text_.size() ? std::string_view(text_).substr(begin) : std::string_view();
  }

  void blank() {
    if (!text_.empty() && text_.back() != ' ') text_ += ' ';
  }
  void add(char32_t character) {
    if (character <= ' ' || character == 0x7f || character == 0xa0 || character == 0xfffd) {
      blank();
    } else if (!is_full() && (character < 0xD800 || character > 0xDFFF)) {
      append_code_point(text_, character);
    }
  }
  // The first character of `rest`, which loses it.
  void take(std::string_view& rest) {
    unsigned char byte = static_cast<unsigned char>(rest.front());
    if (byte < 0x80) rest.remove_prefix(1);
    add(byte < 0x80 ? byte : take_code_point(rest));
  }
  std::string finish() {
    while (text_.ends_with(' ')) text_.pop_back();
    return composed(std::move(text_));
  }

 private:
  std::size_t bytes_max_;
  std::string text_;
};

constexpr auto kSpanTags = std::to_array<std::string_view>(
    {"a",     "abbr", "b",      "bdi", "bdo", "cite", "code", "del", "dfn",
     "em",    "font", "i",      "ins", "kbd", "mark", "q",    "s",   "samp",
     "small", "span", "strong", "sub", "sup", "tt",   "u",    "var", "wbr"});

class Stripper {
 public:
  explicit Stripper(Markup markup) : is_markdown_(markup == Markup::kMarkdown) {}

  PlainText strip(std::string_view source) {
    while (!source.empty() && !out_.is_full()) {
      std::size_t end = std::min(source.find('\n'), source.size());
      line(source.substr(0, end));
      source.remove_prefix(std::min(end + 1, source.size()));
      out_.blank();
    }
    return {out_.finish(), composed(std::move(headings_))};
  }

 private:
  void line(std::string_view text) {
    while (text.ends_with('\r')) text.remove_suffix(1);
    if (!is_markdown_ || !waits_for_.empty() || is_in_tag_) return spans(text);
    if (fence(text)) return;
    if (fence_ != 0) return plain(text);
    std::string_view inside = without_markers(text);
    if (inside.empty() || is_rule(inside)) return;
    if (inside.front() == '#') {
      std::size_t level = inside.find_first_not_of('#');
      if (level == kNone) return;
      while (inside.ends_with('#') || inside.ends_with(' ')) inside.remove_suffix(1);
      std::size_t begin = out_.size();
      if (level <= 6) spans(inside.substr(std::min(level, inside.size())));
      note_heading(begin);
      last_begin_ = out_.size();
      return;
    }
    last_begin_ = out_.size();
    spans(inside);
  }

  // A line that opens or closes a block of code.
  bool fence(std::string_view text) {
    std::size_t begin = text.find_first_not_of(" \t>");
    if (begin == kNone) return false;
    char mark = text[begin];
    std::size_t end = std::min(text.find_first_not_of(mark, begin), text.size());
    if ((mark != '`' && mark != '~') || end - begin < 3) return false;
    if (fence_ == 0) {
      if (text.find('`', end) != kNone) return false;
      fence_ = mark;
      return true;
    }
    if (fence_ != mark || text.find_first_not_of(" \t", end) != kNone) return false;
    fence_ = 0;
    return true;
  }

  // Without what makes it a quote or an item.
  static std::string_view without_markers(std::string_view text) {
    for (;;) {
      std::size_t begin = text.find_first_not_of(" \t");
      if (begin == kNone) return "";
      text.remove_prefix(begin);
      if (text.front() == '>') {
        text.remove_prefix(1);
        continue;
      }
      bool is_bullet = text.front() == '-' || text.front() == '*' || text.front() == '+';
      std::size_t end = is_bullet ? 1 : text.find_first_not_of("0123456789");
      if (!is_bullet && (end == kNone || end == 0 || text[end] != '.')) return text;
      if (!is_bullet) ++end;
      if (end >= text.size() || (text[end] != ' ' && text[end] != '\t')) return text;
      text.remove_prefix(end);
    }
  }

  // Lines without a word of their own: rules, edges of tables, attributes, addresses of links; and
  // what makes the line before a heading.
  bool is_rule(std::string_view text) {
    if (text.find_first_not_of("=") == kNone || text.find_first_not_of("-") == kNone) {
      note_heading(last_begin_);
      return true;
    }
    if (text.find_first_not_of("-=*_|+: ") == kNone) return true;
    if (text.starts_with("{:") && text.ends_with('}')) return true;
    std::size_t close = text.front() == '[' && !text.starts_with("[^") ? text.find("]:") : kNone;
    return close != kNone && text.substr(0, close).find(']') == kNone;
  }

  void note_heading(std::size_t begin) {
    std::string_view text = out_.since(begin);
    while (text.starts_with(' ')) text.remove_prefix(1);
    if (text.empty() || headings_.size() + text.size() > kTextBytesMax) return;
    if (!headings_.empty()) headings_ += '\n';
    headings_ += text;
    while (headings_.ends_with(' ')) headings_.pop_back();
    last_begin_ = out_.size();
  }

  void plain(std::string_view text) {
    while (!text.empty() && !out_.is_full()) out_.take(text);
  }

  void spans(std::string_view text) {
    while (!text.empty() && !out_.is_full()) {
      if (!waits_for_.empty() || is_in_tag_) {
        skip_hidden(text);
      } else if (text.front() == '<') {
        tag(text);
      } else if (text.front() == '&') {
        entity(text);
      } else if (is_markdown_ && is_punctuation(text.front())) {
        mark(text);
      } else {
        before_ = text.front();
        out_.take(text);
      }
    }
  }

  void skip_hidden(std::string_view& text) {
    std::string closing = is_in_tag_ ? ">" : waits_for_;
    const bool is_element = closing.starts_with("</");
    std::size_t end = text.find(is_element ? "</" : closing);
    while (is_element && end != kNone && lower(text.substr(end, closing.size())) != closing) {
      end = text.find("</", end + 2);
    }
    if (end == kNone) {
      text = {};
      return;
    }
    text.remove_prefix(end + (is_element ? 0 : closing.size()));
    waits_for_.clear();
    is_in_tag_ = false;
  }

  void tag(std::string_view& text) {
    if (text.starts_with("<!--")) {
      waits_for_ = "-->";
      return text.remove_prefix(4);
    }
    bool is_end = text.starts_with("</");
    std::size_t begin = is_end ? 2 : 1;
    std::size_t end = begin;
    while (end < text.size() && (is_letter(text[end]) || (end > begin && is_digit(text[end])))) {
      ++end;
    }
    bool is_tag = end > begin && (end == text.size() || text[end] == '>' || text[end] == '/' ||
                                  text[end] == ' ' || text[end] == '\t');
    bool is_other = text.starts_with("<!") || text.starts_with("<?");
    if (!is_tag && !is_other) return out_.take(text);
    std::string name = lower(text.substr(begin, end - begin));
    heading_tag(name, is_end);
    bool is_span = std::find(kSpanTags.begin(), kSpanTags.end(), name) != kSpanTags.end();
    if (!is_span) out_.blank();
    std::size_t close = text.find('>');
    is_in_tag_ = close == kNone;
    text.remove_prefix(is_in_tag_ ? text.size() : close + 1);
    if (!is_end && (name == "script" || name == "style")) waits_for_ = "</" + name;
  }

  void heading_tag(std::string_view name, bool is_end) {
    if (name.size() != 2 || name[0] != 'h' || name[1] < '1' || name[1] > '6') return;
    if (is_end && heading_) note_heading(*heading_);
    heading_ = is_end ? std::nullopt : std::optional(out_.size());
  }

  void entity(std::string_view& text) {
    std::size_t end = text.substr(0, kEntityBytesMax).find(';');
    std::optional<char32_t> character;
    if (end != kNone && end > 1) {
      std::string_view name = text.substr(1, end - 1);
      character = name.front() == '#' ? numbered(name.substr(1)) : markdown::character_named(name);
    }
    if (!character) return out_.take(text);
    out_.add(*character);
    text.remove_prefix(end + 1);
  }

  static std::optional<char32_t> numbered(std::string_view digits) {
    int base = !digits.empty() && (digits.front() == 'x' || digits.front() == 'X') ? 16 : 10;
    if (base == 16) digits.remove_prefix(1);
    std::uint32_t number = 0;
    auto [last, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
    bool is_number = failure == std::errc() && last == digits.data() + digits.size();
    if (!is_number || number == 0 || number > 0x10FFFF) return std::nullopt;
    return static_cast<char32_t>(number);
  }

  // Markdown's own punctuation.
  void mark(std::string_view& text) {
    char c = text.front();
    char next = text.size() > 1 ? text[1] : '\0';
    bool is_in_word =
        (is_letter(before_) || is_digit(before_)) && (is_letter(next) || is_digit(next));
    before_ = c;
    if (c == '\\' && is_punctuation(next)) {
      text.remove_prefix(1);
      return out_.take(text);
    }
    if (c == ']') return link_end(text);
    if (text.starts_with("[^")) {
      std::size_t end = text.substr(0, kLinkBytesMax).find(']');
      return text.remove_prefix(end == kNone ? 1 : end + 1);
    }
    if (text.starts_with("{:")) {
      std::size_t end = text.substr(0, kLinkBytesMax).find('}');
      return text.remove_prefix(end == kNone ? 1 : end + 1);
    }
    bool is_dropped = c == '*' || c == '`' || c == '[' || (c == '_' && !is_in_word) ||
                      text.starts_with("~~") || text.starts_with("![");
    if (c == '|') out_.blank();
    if (is_dropped || c == '|') return text.remove_prefix(1);
    out_.take(text);
  }

  // "](address)" and "][name]".
  static void link_end(std::string_view& text) {
    text.remove_prefix(1);
    char open = text.empty() ? '\0' : text.front();
    if (open != '(' && open != '[') return;
    std::size_t end = text.substr(0, kLinkBytesMax).find(open == '(' ? ')' : ']');
    if (end != kNone) text.remove_prefix(end + 1);
  }

  const bool is_markdown_;
  Line out_{kTextBytesMax};
  std::string headings_;
  std::size_t last_begin_ = 0;  // of the last line's text
  std::optional<std::size_t> heading_;
  std::string waits_for_;  // of a comment, a script, a style; "": none is open
  bool is_in_tag_ = false;
  char fence_ = 0;
  char before_ = ' ';
};

}  // namespace

PlainText plain_text_of(std::string_view source, Markup markup) {
  source = source.substr(0, kSourceBytesMax);
  if (markup == Markup::kNone) return {as_line(source), ""};
  std::string own;
  if (source.find("{%") != kNone || source.find("{{") != kNone) {
    own = without_liquid(source);
    source = own;
  }
  return Stripper(markup).strip(source);
}

std::string as_line(std::string_view bytes, std::size_t bytes_max) {
  Line line(bytes_max);
  bytes = bytes.substr(0, kSourceBytesMax);
  while (!bytes.empty() && !line.is_full()) line.take(bytes);
  return line.finish();
}

}  // namespace stet::search
