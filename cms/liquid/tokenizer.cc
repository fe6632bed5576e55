#include "cms/liquid/tokenizer.h"

#include <algorithm>

namespace stet::liquid {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool opens(std::string_view text, std::size_t at) {
  return at + 1 < text.size() && text[at] == '{' && (text[at + 1] == '{' || text[at + 1] == '%');
}

std::size_t find_opening(std::string_view text, std::size_t from) {
  while ((from = text.find('{', from)) != kNone) {
    if (opens(text, from)) return from;
    ++from;
  }
  return text.size();
}

}  // namespace

std::string_view Tokenizer::take(std::size_t end) {
  const std::string_view token = source_.substr(at_, end - at_);
  at_ = end;
  return token;
}

std::optional<std::string_view> Tokenizer::next() {
  if (at_ >= source_.size()) return std::nullopt;
  if (by_lines_) {
    const std::string_view line = take(std::min(source_.find('\n', at_), source_.size()));
    ++at_;
    return line;
  }
  if (!opens(source_, at_)) return take(find_opening(source_, at_));
  const bool is_tag = source_[at_ + 1] == '%';
  const std::size_t close = is_tag ? source_.find("%}", at_ + 2) : source_.find('}', at_ + 2);
  if (close == kNone) return take(at_ + 2);
  if (is_tag) return take(close + 2);
  const bool is_double = close + 1 < source_.size() && source_[close + 1] == '}';
  return take(close + (is_double ? 2 : 1));
}

}  // namespace stet::liquid
