#include "cms/schedule_import/markup.h"

#include <algorithm>
#include <charconv>

#include "cms/markdown/entities.h"
#include "storage/base/utf8.h"

namespace stet::schedule_import {
namespace {

constexpr std::size_t kAttributesMax = 100;
constexpr std::size_t kReferenceBytesMax = 12;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Of the reference whose name stands between `&` and `;`.
std::optional<char32_t> referred(std::string_view name) {
  if (name == "apos") return U'\'';
  if (!name.starts_with('#')) return markdown::character_named(name);
  bool is_hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
  name.remove_prefix(is_hex ? 2 : 1);
  std::uint32_t code = 0;
  auto [end, fault] =
      std::from_chars(name.data(), name.data() + name.size(), code, is_hex ? 16 : 10);
  bool is_whole = fault == std::errc() && end == name.data() + name.size();
  bool is_character = code > 0 && code < 0x110000 && !(code >= 0xd800 && code < 0xe000);
  return is_whole && is_character ? std::optional<char32_t>(code) : std::nullopt;
}

}  // namespace

std::string_view Tag::attribute(std::string_view name) const {
  for (const auto& [own, value] : attributes) {
    if (own == name) return value;
  }
  return {};
}

bool begins_markup(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size() || text[at] != '<') return false;
  char next = text[at + 1];
  return is_letter(next) || next == '/' || next == '!' || next == '?';
}

std::optional<Tag> TagReader::tag(std::size_t at) {
  if (at >= no_tag_from_ || at + 1 >= text_.size() || text_[at] != '<') return std::nullopt;
  Tag tag;
  std::size_t next = at + 1;
  if (text_[next] == '/') {
    tag.is_end = true;
    ++next;
  }
  if (next >= text_.size() || !is_letter(text_[next])) return std::nullopt;
  std::size_t name = next;
  while (next < text_.size() && !is_blank(text_[next]) && text_[next] != '>' &&
         text_[next] != '/' && text_[next] != '<') {
    ++next;
  }
  tag.name = lower_ascii(text_.substr(name, next - name));
  while (next < text_.size() && text_[next] != '>') {
    if (!read_attribute(next, tag)) break;
  }
  if (next >= text_.size()) {
    no_tag_from_ = at;
    return std::nullopt;
  }
  tag.end = next + 1;
  return tag;
}

bool TagReader::read_attribute(std::size_t& at, Tag& tag) {
  auto skip_blanks = [&] {
    while (at < text_.size() && (is_blank(text_[at]) || text_[at] == '/')) ++at;
  };
  skip_blanks();
  std::size_t begin = at;
  while (at < text_.size() && !is_blank(text_[at]) && text_[at] != '=' && text_[at] != '>' &&
         text_[at] != '/') {
    ++at;
  }
  std::string name = lower_ascii(text_.substr(begin, at - begin));
  while (at < text_.size() && is_blank(text_[at])) ++at;
  std::string_view value;
  if (at < text_.size() && text_[at] == '=') {
    ++at;
    while (at < text_.size() && is_blank(text_[at])) ++at;
    if (at >= text_.size()) return false;
    char quote = text_[at];
    bool is_quoted = quote == '"' || quote == '\'';
    std::size_t from = is_quoted ? at + 1 : at;
    std::size_t end = is_quoted ? text_.find(quote, from) : text_.find_first_of(" \t\r\n\f>", from);
    end = std::min(end, text_.size());
    value = text_.substr(from, end - from);
    at = std::min(is_quoted ? end + 1 : end, text_.size());
  }
  if (!name.empty() && tag.attributes.size() < kAttributesMax) {
    tag.attributes.emplace_back(std::move(name), decoded(value));
  }
  return true;
}

std::size_t TagReader::behind_comment(std::size_t at) {
  std::string_view rest = text_.substr(std::min(at, text_.size()));
  bool is_comment = rest.starts_with("<!--");
  if (!is_comment && !rest.starts_with("<!") && !rest.starts_with("<?")) return text_.npos;
  if (at >= no_comment_from_) return text_.npos;
  std::string_view closing = is_comment ? "-->" : ">";
  std::size_t end = text_.find(closing, at + 2);
  if (end == text_.npos) {
    no_comment_from_ = at;
    return text_.npos;
  }
  return end + closing.size();
}

std::size_t TagReader::behind_end_of(std::string_view name, std::size_t from) const {
  for (std::size_t at = text_.find("</", from); at != text_.npos; at = text_.find("</", at + 2)) {
    if (lower_ascii(text_.substr(at + 2, name.size())) != name) continue;
    std::size_t end = text_.find('>', at);
    return end == text_.npos ? text_.size() : end + 1;
  }
  return text_.size();
}

std::string decoded(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t ampersand = std::min(text.find('&'), text.size());
    out += text.substr(0, ampersand);
    text.remove_prefix(ampersand);
    if (text.empty()) break;
    std::size_t end = text.substr(0, kReferenceBytesMax).find(';');
    auto character = end == text.npos ? std::nullopt : referred(text.substr(1, end - 1));
    if (character) {
      append_code_point(out, *character);
      text.remove_prefix(end + 1);
    } else {
      out += '&';
      text.remove_prefix(1);
    }
  }
  return out;
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace stet::schedule_import
