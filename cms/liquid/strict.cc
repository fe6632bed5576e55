#include "cms/liquid/strict.h"

#include <algorithm>
#include <array>

#include "cms/liquid/scan.h"
#include "storage/base/utf8.h"

namespace stet::liquid {
namespace {

constexpr int kDepthMax = 100;
constexpr std::array<std::string_view, 16> kKindNames = {"pipe",
                                                         "dot",
                                                         "colon",
                                                         "comma",
                                                         "open_square",
                                                         "close_square",
                                                         "open_round",
                                                         "close_round",
                                                         "question",
                                                         "dash",
                                                         "comparison",
                                                         "string",
                                                         "number",
                                                         "id",
                                                         "dotdot",
                                                         "end_of_string"};
constexpr std::string_view kSpecials = "|.:,[]()?-";  // in the order of TokenKind

std::string name_of(TokenKind kind) {
  return std::string(kKindNames[static_cast<std::size_t>(kind)]);
}

bool starts_id(char c) { return is_word(c) && !is_digit(c); }

std::size_t comparison_end(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  for (std::string_view op : {"==", "!=", "<>", "<=", "<", ">=", ">"}) {
    if (rest.starts_with(op)) return at + op.size();
  }
  constexpr std::string_view kContains = "contains";
  const bool is_contains = rest.starts_with(kContains) && rest.size() > kContains.size() &&
                           is_space(rest[kContains.size()]);
  return is_contains ? at + kContains.size() : kNone;
}

std::size_t number_end(std::string_view text, std::size_t at) {
  if (text[at] == '-') ++at;
  if (at >= text.size() || !is_digit(text[at])) return kNone;
  while (at < text.size() && is_digit(text[at])) ++at;
  if (at + 1 >= text.size() || text[at] != '.' || !is_digit(text[at + 1])) return at;
  ++at;
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

std::size_t id_end(std::string_view text, std::size_t at) {
  if (!starts_id(text[at])) return kNone;
  while (at < text.size() && is_segment(text[at])) ++at;
  return at < text.size() && text[at] == '?' ? at + 1 : at;
}

}  // namespace

StrictParser::StrictParser(std::string_view markup, Arena& arena) : arena_(arena) {
  tokens_.reserve(16);
  tokenize(markup);
  tokens_.push_back({TokenKind::kEndOfString, markup.substr(markup.size())});
}

void StrictParser::fail(std::string message) {
  if (error_.empty()) error_ = std::move(message);
  at_ = tokens_.size() - 1;
}

void StrictParser::tokenize(std::string_view markup) {
  std::size_t at = 0;
  while ((at = skip_spaces(markup, at)) < markup.size()) {
    TokenKind kind = TokenKind::kComparison;
    std::size_t end = comparison_end(markup, at);
    if (end == kNone) end = quoted_string(markup, at), kind = TokenKind::kString;
    if (end == kNone) end = number_end(markup, at), kind = TokenKind::kNumber;
    if (end == kNone) end = id_end(markup, at), kind = TokenKind::kId;
    if (end == kNone && markup.substr(at, 2) == "..") end = at + 2, kind = TokenKind::kDotDot;
    if (end == kNone) {
      const std::size_t special = kSpecials.find(markup[at]);
      if (special == kNone) {
        const std::size_t length = std::max<std::size_t>(utf8_length(markup.substr(at)), 1);
        error_ = "Unexpected character " + std::string(markup.substr(at, length));
        return;
      }
      end = at + 1;
      kind = static_cast<TokenKind>(special);
    }
    tokens_.push_back({kind, markup.substr(at, end - at)});
    at = end;
  }
}

std::string_view StrictParser::consume(TokenKind kind) {
  if (current().kind != kind) {
    fail("Expected " + name_of(kind) + " but found " + name_of(current().kind));
    return {};
  }
  const std::string_view text = current().text;
  if (at_ + 1 < tokens_.size()) ++at_;
  return text;
}

bool StrictParser::take(TokenKind kind) {
  if (current().kind != kind || failed()) return false;
  if (at_ + 1 < tokens_.size()) ++at_;
  return true;
}

bool StrictParser::take_id(std::string_view id) {
  return current().kind == TokenKind::kId && current().text == id && take(TokenKind::kId);
}

bool StrictParser::looks_at(TokenKind kind, std::size_t ahead) const {
  return at_ + ahead < tokens_.size() && tokens_[at_ + ahead].kind == kind;
}

std::string_view StrictParser::take_comparison() {
  const std::string_view text = current().text;
  return take(TokenKind::kComparison) ? text : std::string_view();
}

std::string_view StrictParser::expression() {
  const std::size_t begin = at_;
  skip_expression(0);
  if (failed() || at_ == begin) return {};
  const char* first = tokens_[begin].text.data();
  const std::string_view last = tokens_[at_ - 1].text;
  std::size_t length = 0;
  for (std::size_t i = begin; i < at_; ++i) length += tokens_[i].text.size();
  const auto span = static_cast<std::size_t>(last.data() + last.size() - first);
  if (length == span) return {first, span};
  std::string joined;
  joined.reserve(length);
  for (std::size_t i = begin; i < at_; ++i) joined += tokens_[i].text;
  return arena_.keep(std::string_view(joined));
}

void StrictParser::skip_expression(int depth) {
  if (failed()) return;
  if (depth > kDepthMax) return fail("Nesting too deep");
  switch (current().kind) {
    case TokenKind::kId: skip_signature(depth); return;
    case TokenKind::kString:
    case TokenKind::kNumber: ++at_; return;
    case TokenKind::kOpenRound:
      ++at_;
      skip_expression(depth + 1);
      consume(TokenKind::kDotDot);
      skip_expression(depth + 1);
      consume(TokenKind::kCloseRound);
      return;
    default:
      fail("[:" + name_of(current().kind) + ", \"" + std::string(current().text) +
           "\"] is not a valid expression");
  }
}

void StrictParser::skip_signature(int depth) {
  while (!failed()) {
    consume(TokenKind::kId);
    while (looks_at(TokenKind::kOpenSquare) && !failed()) {
      ++at_;
      skip_expression(depth + 1);
      consume(TokenKind::kCloseSquare);
    }
    if (!take(TokenKind::kDot)) return;
  }
}

}  // namespace stet::liquid
