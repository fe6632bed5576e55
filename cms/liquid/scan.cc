#include "cms/liquid/scan.h"

namespace stet::liquid {
namespace {

bool is_fragment(char c) { return !is_space(c) && c != ',' && c != '|' && c != '\'' && c != '"'; }
bool is_signature(char c) {
  return is_segment(c) || c == '.' || c == '[' || c == ']' || c == '(' || c == ')';
}

}  // namespace

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

std::size_t skip_word(std::string_view text, std::size_t at) {
  while (at < text.size() && is_word(text[at])) ++at;
  return at;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool is_blank_text(std::string_view text) { return skip_spaces(text, 0) == text.size(); }

std::size_t quoted_string(std::string_view text, std::size_t at) {
  if (at >= text.size() || (text[at] != '"' && text[at] != '\'')) return kNone;
  const std::size_t end = text.find(text[at], at + 1);
  return end == kNone ? kNone : end + 1;
}

std::size_t fragment_run(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  while (at < text.size()) {
    if (is_fragment(text[at])) {
      ++at;
      continue;
    }
    const std::size_t end = quoted_string(text, at);
    if (end == kNone) break;
    at = end;
  }
  return at == begin ? kNone : at;
}

std::size_t quoted_fragment(std::string_view text, std::size_t at) {
  const std::size_t end = quoted_string(text, at);
  return end == kNone ? fragment_run(text, at) : end;
}

Found find_fragment(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (is_space(text[at]) || text[at] == ',' || text[at] == '|') continue;
    const std::size_t end = quoted_fragment(text, at);
    if (end != kNone) return {at, end};
  }
  return {};
}

std::optional<Attribute> next_attribute(std::string_view text, std::size_t& at) {
  while (at < text.size()) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    const std::size_t key_end = skip_word(text, at);
    const std::size_t colon = skip_spaces(text, key_end);
    if (colon < text.size() && text[colon] == ':') {
      const std::size_t value = skip_spaces(text, colon + 1);
      const std::size_t end = quoted_fragment(text, value);
      if (end != kNone) {
        const Attribute attribute{text.substr(at, key_end - at), text.substr(value, end - value)};
        at = end;
        return attribute;
      }
    }
    at = key_end;
  }
  return std::nullopt;
}

std::vector<Attribute> attributes_in(std::string_view text) {
  std::vector<Attribute> attributes;
  std::size_t at = 0;
  while (auto attribute = next_attribute(text, at)) attributes.push_back(*attribute);
  return attributes;
}

Found find_signature(std::string_view text, std::size_t from) {
  while (from < text.size() && !is_signature(text[from])) ++from;
  if (from == text.size()) return {};
  std::size_t end = from;
  while (end < text.size() && is_signature(text[end])) ++end;
  return {from, end};
}

}  // namespace stet::liquid
