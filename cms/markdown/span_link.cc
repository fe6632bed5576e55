#include "cms/markdown/span_link.h"

#include <utf8proc.h>

#include "cms/markdown/characters.h"
#include "storage/base/utf8.h"

namespace stet::markdown {
namespace {

constexpr std::size_t npos = std::string_view::npos;

class TargetReader {
 public:
  TargetReader(const Reading& reading, SpanSearch& search, std::string_view text)
      : reading_(reading), search_(search), text_(text) {}

  std::optional<LinkTarget> read(std::size_t begin, std::size_t close) {
    const std::size_t behind = close + 1;
    std::size_t bracket = behind;
    while (is_space_at(text_, bracket)) ++bracket;
    if (bracket < text_.size() && text_[bracket] == '[') {
      const std::size_t end = search_.next_bracket(bracket + 1);
      if (end == bracket + 1) return reference(own_id(begin, close), end + 1);
      if (end != npos) return reference(text_.substr(bracket + 1, end - bracket - 1), end + 1);
    }
    if (behind == text_.size() || text_[behind] != '(') {
      return reference(own_id(begin, close), behind);
    }
    return behind + 1 < text_.size() && text_[behind + 1] == '<' && is_bracketed(behind)
               ? bracketed(behind)
               : plain(behind);
  }

 private:
  // No definition has a bracket in its name: a long text with one is not looked at.
  std::string own_id(std::size_t begin, std::size_t close) {
    if (reading_.links.empty() || search_.next_bracket(begin) < close) return {};
    return without_escapes(text_.substr(begin, close - begin));
  }

  std::optional<LinkTarget> reference(std::string_view name, std::size_t end) const {
    if (reading_.links.empty()) return std::nullopt;
    const auto found = reading_.links.find(link_id(name));
    if (found == reading_.links.end()) return std::nullopt;
    const LinkDefinition& definition = found->second;
    LinkTarget target{definition.url, std::nullopt, &definition.attributes, end};
    if (definition.has_title) target.title = definition.title;
    return target;
  }

  // `(<` and, in the same line, `>`.
  bool is_bracketed(std::size_t open) {
    const std::size_t end = search_.next_angle(open + 2);
    return end != npos && text_.substr(open, end - open).find('\n') == npos;
  }

  std::optional<LinkTarget> bracketed(std::size_t open) {
    const std::size_t end = search_.next_angle(open + 2);
    LinkTarget target{std::string(text_.substr(open + 2, end - open - 2)), {}, nullptr, end + 2};
    if (end + 1 < text_.size() && text_[end + 1] == ')') return target;
    return with_title(std::move(target), end + 1);
  }

  std::optional<LinkTarget> plain(std::size_t open) {
    const SpanSearch::AddressStop stop = search_.address_stop(open);
    if (stop.at == npos) return std::nullopt;
    const std::string_view url = trimmed(text_.substr(open + 1, stop.at - open - 1));
    LinkTarget target{std::string(url), std::nullopt, nullptr, stop.at + 1};
    if (stop.is_closed) return target;
    return with_title(std::move(target), stop.at + 1);
  }

  std::optional<LinkTarget> with_title(LinkTarget target, std::size_t at) {
    while (is_space_at(text_, at)) ++at;
    if (at + 2 >= text_.size() || (text_[at] != '"' && text_[at] != '\'')) return std::nullopt;
    const std::size_t end = search_.next_title_end(text_[at], at + 2);
    if (end == npos) return std::nullopt;
    target.title = text_.substr(at + 1, end - at - 1);
    target.end = text_.find(')', end) + 1;
    return target;
  }

  const Reading& reading_;
  SpanSearch& search_;
  std::string_view text_;
};

}  // namespace

std::optional<LinkTarget> link_target(const Reading& reading,
                                      SpanSearch& search,
                                      std::string_view text,
                                      std::size_t begin,
                                      std::size_t close) {
  return TargetReader(reading, search, text).read(begin, close);
}

bool is_escapable(char c) { return std::string_view("\\.*_+`<>()[]{}#!:|\"'$=-").find(c) != npos; }

std::string without_escapes(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_escape = text[at] == '\\' && at + 1 < text.size() && is_escapable(text[at + 1]);
    plain += text[is_escape ? ++at : at];
  }
  return plain;
}

std::string link_id(std::string_view name) {
  std::string id;
  id.reserve(name.size());
  while (!name.empty()) {
    const char c = name.front();
    if (is_space(c)) {
      if (!id.ends_with(' ')) id += ' ';
      name.remove_prefix(1);
    } else if (static_cast<unsigned char>(c) < 0x80) {
      id += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
      name.remove_prefix(1);
    } else {
      const auto letter = static_cast<utf8proc_int32_t>(take_code_point(name));
      append_code_point(id, static_cast<char32_t>(utf8proc_tolower(letter)));
    }
  }
  return id;
}

}  // namespace stet::markdown
