#include "cms/markdown/html_tag.h"

#include <algorithm>
#include <iterator>

#include "cms/markdown/characters.h"

namespace stet::markdown {
namespace {

enum Kind : unsigned { kNeither = 0, kSpan = 1, kBlock = 2, kNoBody = 4 };

struct Element {
  std::string_view name;
  unsigned kinds;
  HtmlContent content;
};

// Sorted by name.
// clang-format off
constexpr Element kElements[] = {
    {"a", kSpan, HtmlContent::kSpan},
    {"abbr", kSpan, HtmlContent::kSpan},
    {"acronym", kSpan, HtmlContent::kSpan},
    {"address", kBlock, HtmlContent::kBlock},
    {"applet", kBlock, HtmlContent::kBlock},
    {"area", kNoBody, HtmlContent::kRaw},
    {"article", kBlock, HtmlContent::kBlock},
    {"aside", kBlock, HtmlContent::kBlock},
    {"b", kSpan, HtmlContent::kSpan},
    {"base", kNoBody, HtmlContent::kRaw},
    {"bdo", kSpan, HtmlContent::kSpan},
    {"big", kSpan, HtmlContent::kSpan},
    {"blockquote", kBlock, HtmlContent::kBlock},
    {"body", kBlock, HtmlContent::kBlock},
    {"br", kSpan | kNoBody, HtmlContent::kRaw},
    {"button", kSpan, HtmlContent::kSpan},
    {"caption", kBlock, HtmlContent::kSpan},
    {"cite", kSpan, HtmlContent::kSpan},
    {"code", kSpan, HtmlContent::kRaw},
    {"col", kBlock | kNoBody, HtmlContent::kRaw},
    {"colgroup", kBlock, HtmlContent::kRaw},
    {"command", kNoBody, HtmlContent::kRaw},
    {"dd", kBlock, HtmlContent::kBlock},
    {"del", kSpan, HtmlContent::kSpan},
    {"details", kNeither, HtmlContent::kBlock},
    {"dfn", kSpan, HtmlContent::kSpan},
    {"div", kBlock, HtmlContent::kBlock},
    {"dl", kBlock, HtmlContent::kBlock},
    {"dt", kBlock, HtmlContent::kSpan},
    {"em", kSpan, HtmlContent::kSpan},
    {"embed", kNoBody, HtmlContent::kRaw},
    {"fieldset", kBlock, HtmlContent::kBlock},
    {"figcaption", kBlock, HtmlContent::kBlock},
    {"figure", kNeither, HtmlContent::kBlock},
    {"footer", kBlock, HtmlContent::kBlock},
    {"form", kBlock, HtmlContent::kBlock},
    {"h1", kBlock, HtmlContent::kSpan},
    {"h2", kBlock, HtmlContent::kSpan},
    {"h3", kBlock, HtmlContent::kSpan},
    {"h4", kBlock, HtmlContent::kSpan},
    {"h5", kBlock, HtmlContent::kSpan},
    {"h6", kBlock, HtmlContent::kSpan},
    {"head", kBlock, HtmlContent::kRaw},
    {"header", kBlock, HtmlContent::kBlock},
    {"hgroup", kBlock, HtmlContent::kBlock},
    {"hr", kBlock | kNoBody, HtmlContent::kRaw},
    {"html", kBlock, HtmlContent::kRaw},
    {"i", kSpan, HtmlContent::kSpan},
    {"iframe", kBlock, HtmlContent::kBlock},
    {"img", kSpan | kNoBody, HtmlContent::kRaw},
    {"input", kSpan | kNoBody, HtmlContent::kRaw},
    {"ins", kSpan, HtmlContent::kSpan},
    {"kbd", kSpan, HtmlContent::kRaw},
    {"keygen", kNoBody, HtmlContent::kRaw},
    {"label", kSpan, HtmlContent::kSpan},
    {"legend", kBlock, HtmlContent::kSpan},
    {"li", kBlock, HtmlContent::kBlock},
    {"link", kNoBody, HtmlContent::kRaw},
    {"main", kBlock, HtmlContent::kBlock},
    {"map", kBlock, HtmlContent::kBlock},
    {"mark", kSpan, HtmlContent::kRaw},
    {"math", kNeither, HtmlContent::kRaw},
    {"menu", kBlock, HtmlContent::kBlock},
    {"meta", kNoBody, HtmlContent::kRaw},
    {"nav", kBlock, HtmlContent::kBlock},
    {"noscript", kNeither, HtmlContent::kBlock},
    {"object", kNeither, HtmlContent::kBlock},
    {"ol", kBlock, HtmlContent::kRaw},
    {"optgroup", kBlock, HtmlContent::kSpan},
    {"option", kSpan, HtmlContent::kRaw},
    {"p", kBlock, HtmlContent::kSpan},
    {"param", kNoBody, HtmlContent::kRaw},
    {"pre", kBlock, HtmlContent::kRaw},
    {"q", kSpan, HtmlContent::kSpan},
    {"rb", kSpan, HtmlContent::kSpan},
    {"rbc", kSpan, HtmlContent::kSpan},
    {"rp", kSpan, HtmlContent::kSpan},
    {"rt", kSpan, HtmlContent::kSpan},
    {"rtc", kSpan, HtmlContent::kSpan},
    {"ruby", kSpan, HtmlContent::kSpan},
    {"samp", kSpan, HtmlContent::kRaw},
    {"script", kNeither, HtmlContent::kRaw},
    {"section", kBlock, HtmlContent::kBlock},
    {"select", kSpan, HtmlContent::kSpan},
    {"small", kSpan, HtmlContent::kSpan},
    {"source", kNoBody, HtmlContent::kRaw},
    {"span", kSpan, HtmlContent::kSpan},
    {"strong", kSpan, HtmlContent::kSpan},
    {"style", kNeither, HtmlContent::kRaw},
    {"sub", kSpan, HtmlContent::kSpan},
    {"summary", kBlock, HtmlContent::kBlock},
    {"sup", kSpan, HtmlContent::kSpan},
    {"table", kBlock, HtmlContent::kRaw},
    {"tbody", kBlock, HtmlContent::kRaw},
    {"td", kBlock, HtmlContent::kBlock},
    {"textarea", kNeither, HtmlContent::kRaw},
    {"tfoot", kBlock, HtmlContent::kRaw},
    {"th", kBlock, HtmlContent::kSpan},
    {"thead", kBlock, HtmlContent::kRaw},
    {"tr", kBlock, HtmlContent::kRaw},
    {"track", kNoBody, HtmlContent::kRaw},
    {"tt", kSpan, HtmlContent::kSpan},
    {"u", kSpan, HtmlContent::kRaw},
    {"ul", kBlock, HtmlContent::kRaw},
    {"var", kSpan, HtmlContent::kRaw},
    {"wbr", kNoBody, HtmlContent::kRaw},
};
// clang-format on

const Element* find_element(std::string_view name) {
  const auto* found = std::lower_bound(
      std::begin(kElements),
      std::end(kElements),
      name,
      [](const Element& element, std::string_view key) { return element.name < key; });
  return found != std::end(kElements) && found->name == name ? found : nullptr;
}

bool has_kind(std::string_view name, Kind kind) {
  const Element* element = find_element(name);
  return element != nullptr && (element->kinds & kind) != 0;
}

bool is_name_start(std::string_view text, std::size_t at) {
  return is_letter_at(text, at) || (at < text.size() && text[at] == '_');
}

bool is_name_part(std::string_view text, std::size_t at) {
  return is_letter_or_digit_at(text, at) ||
         (at < text.size() && (text[at] == '-' || text[at] == '.' || text[at] == '_'));
}

std::size_t simple_name_length(std::string_view text) {
  if (!is_name_start(text, 0)) return 0;
  std::size_t length = character_size(text, 0);
  while (is_name_part(text, length)) length += character_size(text, length);
  return length;
}

std::string lower_case(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return lower;
}

}  // namespace

bool is_html_element(std::string_view name) { return find_element(name) != nullptr; }
bool is_span_element(std::string_view name) { return has_kind(name, kSpan); }
bool is_block_element(std::string_view name) { return has_kind(name, kBlock); }
bool has_no_body(std::string_view name) { return has_kind(name, kNoBody); }

HtmlContent content_of(std::string_view name) {
  const Element* element = find_element(name);
  return element == nullptr ? HtmlContent::kRaw : element->content;
}

std::size_t html_name_length(std::string_view text) {
  const std::size_t first = simple_name_length(text);
  if (first == 0 || first + 1 >= text.size() || text[first] != ':') return first;
  const std::size_t second = simple_name_length(text.substr(first + 1));
  return second == 0 ? first : first + 1 + second;
}

std::size_t HtmlScanner::find_once(std::string_view closing,
                                   std::size_t from,
                                   std::size_t& missing_from) {
  if (from >= missing_from) return std::string_view::npos;
  const std::size_t at = text_.find(closing, from);
  if (at == std::string_view::npos) missing_from = from;
  return at;
}

std::optional<HtmlTag> HtmlScanner::start_tag(std::size_t at) {
  if (at >= text_.size() || text_[at] != '<') return std::nullopt;
  const std::size_t length = html_name_length(text_.substr(++at));
  if (length == 0) return std::nullopt;
  HtmlTag tag;
  tag.name = lower_case(text_.substr(at, length));
  const bool is_html = is_html_element(tag.name);
  if (!is_html) tag.name = text_.substr(at, length);
  at += length;
  while (at < text_.size()) {
    const std::size_t before = at;
    while (at < text_.size() && is_space(text_[at])) ++at;
    if (at == text_.size()) break;
    if (text_[at] == '/') {
      tag.is_closed = true;
      ++at;
    }
    if (at < text_.size() && text_[at] == '>') {
      tag.end = at + 1;
      return tag;
    }
    if (tag.is_closed || at == before || !attribute(at, tag.attributes, is_html)) break;
  }
  return std::nullopt;
}

bool HtmlScanner::attribute(std::size_t& at, Attributes& attributes, bool is_html) {
  const std::size_t length = html_name_length(text_.substr(at));
  if (length == 0) return false;
  const std::string_view name = text_.substr(at, length);
  at += length;
  std::string_view given;
  std::size_t equals = at;
  while (equals < text_.size() && is_space(text_[equals])) ++equals;
  if (equals < text_.size() && text_[equals] == '=') {
    at = equals + 1;
    if (!value(at, given)) return false;
  }
  attributes.set(is_html ? lower_case(name) : std::string(name), given);
  return true;
}

bool HtmlScanner::value(std::size_t& at, std::string_view& value) {
  while (at < text_.size() && is_space(text_[at])) ++at;
  if (at == text_.size()) return false;
  const char quote = text_[at];
  if (quote == '"' || quote == '\'') {
    const std::size_t end =
        find_once(text_.substr(at, 1), at + 1, quote == '"' ? no_double_quote_ : no_single_quote_);
    if (end == std::string_view::npos) return false;
    value = text_.substr(at + 1, end - at - 1);
    at = end + 1;
    return true;
  }
  const std::size_t begin = at;
  while (is_unicode_word_at(text_, at)) at += character_size(text_, at);
  value = text_.substr(begin, at - begin);
  return at > begin;
}

std::optional<HtmlEndTag> HtmlScanner::end_tag(std::size_t at) const {
  if (!text_.substr(std::min(at, text_.size())).starts_with("</")) return std::nullopt;
  const std::size_t length = html_name_length(text_.substr(at + 2));
  if (length == 0) return std::nullopt;
  const std::string_view name = text_.substr(at + 2, length);
  at += 2 + length;
  while (at < text_.size() && is_space(text_[at])) ++at;
  if (at == text_.size() || text_[at] != '>') return std::nullopt;
  return HtmlEndTag{name, at + 1};
}

std::size_t HtmlScanner::comment_end(std::size_t at) {
  if (!text_.substr(std::min(at, text_.size())).starts_with("<!--")) return std::string_view::npos;
  const std::size_t end = find_once("-->", at + 4, no_comment_end_);
  return end == std::string_view::npos ? end : end + 3;
}

std::size_t HtmlScanner::instruction_end(std::size_t at) {
  if (!text_.substr(std::min(at, text_.size())).starts_with("<?")) return std::string_view::npos;
  const std::size_t end = find_once("?>", at + 2, no_instruction_end_);
  return end == std::string_view::npos ? end : end + 2;
}

}  // namespace stet::markdown
