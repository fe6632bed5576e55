#include "cms/markdown/html_element.h"

#include <algorithm>
#include <array>

#include "cms/markdown/html_writer.h"

namespace stet::markdown {
namespace {

template <std::size_t Size>
using Names = std::array<std::string_view, Size>;

// kramdown's tables.
// clang-format off
constexpr Names<38> kSpanElements = {
    "a", "abbr", "acronym", "b", "bdo", "big", "br", "button", "cite", "code", "del", "dfn",
    "em", "i", "img", "input", "ins", "kbd", "label", "mark", "option", "q", "rb", "rbc",
    "rp", "rt", "rtc", "ruby", "samp", "select", "small", "span", "strong", "sub", "sup",
    "tt", "u", "var"};
constexpr Names<16> kEmptyElements = {
    "area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr"};
constexpr Names<28> kBlockContent = {
    "address", "applet", "article", "aside", "blockquote", "body", "dd", "details", "div",
    "dl", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "iframe",
    "li", "main", "map", "menu", "nav", "noscript", "object", "section", "summary", "td"};
constexpr Names<40> kSpanContent = {
    "a", "abbr", "acronym", "b", "bdo", "big", "button", "caption", "cite", "del", "dfn",
    "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i", "ins", "label", "legend", "optgroup",
    "p", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby", "select", "small", "span", "strong",
    "sub", "sup", "th", "tt"};
// clang-format on
// A line of text is not searched further for the end of a tag.
constexpr std::size_t kSpanTagBytesMax = 4096;
constexpr Names<4> kRawText = {"pre", "script", "style", "textarea"};

template <std::size_t Size>
bool has(const Names<Size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_byte(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

struct Tag {
  std::string name;
  std::size_t size = 0;  // of the whole tag
  bool is_end = false;
  bool is_closed = false;          // <br/>
  std::size_t markdown_begin = 0;  // of the attribute `markdown`, with the blank before it
  std::size_t markdown_end = 0;
  std::string_view markdown;
};

// The attributes of a start tag, one at a time. False where it is no tag after all.
class TagReader {
 public:
  explicit TagReader(std::string_view text) : text_(text) {}

  std::optional<Tag> read() {
    if (text_.size() < 3 || text_[0] != '<') return std::nullopt;
    at_ = 1;
    if (text_[at_] == '/') {
      tag_.is_end = true;
      ++at_;
    }
    if (at_ >= text_.size() || !is_name_start(text_[at_])) return std::nullopt;
    for (const char c : word()) tag_.name += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    while (at_ < text_.size()) {
      const std::size_t before = at_;
      skip_space();
      if (at_ >= text_.size()) break;
      if (text_[at_] == '>') return finish();
      if (text_.substr(at_, 2) == "/>") {
        ++at_;
        tag_.is_closed = true;
        return finish();
      }
      if (tag_.is_end || before == at_ || !attribute(before)) return std::nullopt;
    }
    return std::nullopt;
  }

 private:
  std::string_view word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name_byte(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  Tag finish() {
    tag_.size = at_ + 1;
    return std::move(tag_);
  }

  bool attribute(std::size_t begin) {
    const std::size_t name_begin = at_;
    at_ = std::min(text_.find_first_of(" \t\r\n=/><\"'", at_), text_.size());
    const std::string_view name = text_.substr(name_begin, at_ - name_begin);
    if (name.empty()) return false;
    std::string_view value;
    const std::size_t name_end = at_;
    skip_space();
    if (at_ < text_.size() && text_[at_] == '=') {
      ++at_;
      skip_space();
      if (!read_value(value)) return false;
    } else {
      at_ = name_end;
    }
    if (name == "markdown") {
      tag_.markdown = value;
      tag_.markdown_begin = begin;
      tag_.markdown_end = at_;
    }
    return true;
  }

  bool read_value(std::string_view& value) {
    if (at_ >= text_.size()) return false;
    const char quote = text_[at_];
    if (quote != '"' && quote != '\'') {
      const std::size_t end = std::min(text_.find_first_of(" \t\r\n><\"'`", at_), text_.size());
      value = text_.substr(at_, end - at_);
      at_ = end;
      return !value.empty();
    }
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == text_.npos) return false;
    value = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Tag tag_;
};

ContentModel content_model(const Tag& tag) {
  if (tag.markdown == "span") return ContentModel::kSpan;
  if (tag.markdown == "block") return ContentModel::kBlock;
  if (tag.markdown != "1") return ContentModel::kRaw;
  if (has(kBlockContent, tag.name)) return ContentModel::kBlock;
  return has(kSpanContent, tag.name) ? ContentModel::kSpan : ContentModel::kRaw;
}

std::size_t end_of(std::string_view text, std::string_view closing, std::size_t from) {
  const std::size_t at = text.find(closing, from);
  return at == text.npos ? text.size() : at + closing.size();
}

// What no tag can stand in: comments, declarations, processing instructions. 0 if none begins here.
std::size_t markup_length(std::string_view text) {
  if (text.starts_with("<!--")) return end_of(text, "-->", 4);
  if (text.starts_with("<?")) return end_of(text, "?>", 2);
  if (text.starts_with("<!")) return end_of(text, ">", 2);
  return 0;
}

// "</name" in any case, followed by blanks and ">", from `from` on; the end of the text if there is
// none.
void find_raw_end(std::string_view text, HtmlElement& element) {
  for (std::size_t at = text.find("</", element.open_end); at != text.npos;
       at = text.find("</", at + 2)) {
    const std::optional<Tag> tag = TagReader(text.substr(at)).read();
    if (!tag || tag->name != element.name) continue;
    element.close_begin = at;
    element.end = at + tag->size;
    return;
  }
  element.close_begin = element.end = text.size();
  element.is_closed = false;
}

// The end tag that balances: inner elements of the same name are counted, all others passed over.
void find_balanced_end(std::string_view text, HtmlElement& element) {
  std::size_t open = 1;
  std::size_t at = text.find('<', element.open_end);
  while (at != text.npos) {
    const std::string_view rest = text.substr(at);
    std::size_t length = markup_length(rest);
    if (const std::optional<Tag> tag = length > 0 ? std::nullopt : TagReader(rest).read()) {
      length = tag->size;
      if (tag->name == element.name && !tag->is_closed) open = tag->is_end ? open - 1 : open + 1;
      if (open == 0) {
        element.close_begin = at;
        element.end = at + length;
        return;
      }
    }
    at = text.find('<', at + std::max<std::size_t>(length, 1));
  }
  element.close_begin = element.end = text.size();
  element.is_closed = false;
}

}  // namespace

std::optional<HtmlElement> block_element_at(std::string_view text) {
  HtmlElement element;
  if (const std::size_t length = markup_length(text)) {
    element.open_end = element.close_begin = element.end = length;
    return element;
  }
  std::optional<Tag> tag = TagReader(text).read();
  if (!tag || tag->is_end || has(kSpanElements, tag->name)) return std::nullopt;
  element.name = std::move(tag->name);
  element.open_end = element.close_begin = element.end = tag->size;
  element.open_tag = std::string(text.substr(0, tag->markdown_begin)) +
                     std::string(text.substr(tag->markdown_end, tag->size - tag->markdown_end));
  if (tag->markdown_end == 0) element.open_tag = text.substr(0, tag->size);
  if (tag->is_closed || has(kEmptyElements, element.name)) return element;
  tag->name = element.name;
  element.content = content_model(*tag);
  if (has(kRawText, element.name)) {
    find_raw_end(text, element);
  } else {
    find_balanced_end(text, element);
  }
  return element;
}

bool begins_span_element(std::string_view text) {
  const std::optional<Tag> tag = TagReader(text.substr(0, kSpanTagBytesMax)).read();
  return tag && has(kSpanElements, tag->name);
}

std::optional<MarkdownElement> markdown_element_in(std::string_view text, std::size_t from) {
  std::size_t at = text.find('<', from);
  while (at != text.npos) {
    const std::string_view rest = text.substr(at);
    std::size_t length = markup_length(rest);
    if (std::optional<Tag> tag = length > 0 ? std::nullopt : TagReader(rest).read()) {
      length = tag->size;
      if (!tag->is_end && content_model(*tag) != ContentModel::kRaw) {
        if (std::optional<HtmlElement> element = block_element_at(rest)) {
          return MarkdownElement{at, *std::move(element)};
        }
      }
      if (!tag->is_end && !tag->is_closed && has(kRawText, tag->name)) {
        HtmlElement raw;
        raw.name = tag->name;
        raw.open_end = tag->size;
        find_raw_end(rest, raw);
        length = raw.end;
      }
    }
    at = text.find('<', at + std::max<std::size_t>(length, 1));
  }
  return std::nullopt;
}

std::string with_attributes(std::string_view open_tag, const Attributes& attributes) {
  const std::size_t end = open_tag.ends_with("/>") ? open_tag.size() - 2 : open_tag.size() - 1;
  std::string tag(open_tag.substr(0, end));
  for (const auto& [name, value] : attributes) {
    const std::size_t at = tag.find(" " + name + "=");
    const std::size_t quote = at + name.size() + 2;
    if (at == std::string::npos) {
      append_attribute(tag, name, value);
    } else if (name == "class" && quote < tag.size() && (tag[quote] == '"' || tag[quote] == '\'')) {
      const std::size_t close = tag.find(tag[quote], quote + 1);
      std::string added = " ";
      append_escaped(added, value);
      if (close != std::string::npos) tag.insert(close, added);
    }
  }
  return tag + std::string(open_tag.substr(end));
}

}  // namespace stet::markdown
