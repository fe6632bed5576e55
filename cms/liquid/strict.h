// Liquid 4's strict grammar of expressions: its Lexer and Parser.
//
// Jekyll reads markup by it first and falls back to the lax patterns where it fails. Errors: the
// first one sticks (failed(), error()); what is returned afterwards means nothing. Threads: one a
// parse.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/arena.h"

namespace stet::liquid {

enum class TokenKind : std::uint8_t {
  kPipe,
  kDot,
  kColon,
  kComma,
  kOpenSquare,
  kCloseSquare,
  kOpenRound,
  kCloseRound,
  kQuestion,
  kDash,
  kComparison,
  kString,
  kNumber,
  kId,
  kDotDot,
  kEndOfString,
};

class StrictParser {
 public:
  // Texts that blanks break up are put together in `arena`.
  StrictParser(std::string_view markup, Arena& arena);

  bool failed() const { return !error_.empty(); }
  const std::string& error() const { return error_; }
  void fail(std::string message);

  std::string_view consume(TokenKind kind);
  bool take(TokenKind kind);
  bool take_id(std::string_view id);
  bool looks_at(TokenKind kind, std::size_t ahead = 0) const;
  // The comparison operator that stands here, taken; "" where there is none.
  std::string_view take_comparison();

  // The text of an expression, without the blanks between its tokens, for Expression.parse.
  std::string_view expression();

 private:
  struct Token {
    TokenKind kind;
    std::string_view text;
  };

  void tokenize(std::string_view markup);
  void skip_expression(int depth);
  void skip_signature(int depth);
  const Token& current() const { return tokens_[at_]; }

  Arena& arena_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::string error_;
};

}  // namespace stet::liquid
