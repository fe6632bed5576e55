// The lexer of JavaScript and TypeScript, and what JSX adds to it: elements, where a value begins.
//
// Threads, time, limits: those of Lexer.
#pragma once

#include <cstddef>
#include <string_view>

#include "cms/highlight/state_lexer.h"

namespace stet::highlight {

enum class ScriptState {
  kRoot,
  kExpression,  // where a value begins: a slash is a regular expression, a brace an object
  kStatement,   // in braces that are no object: words before a colon are labels
  kObject,
  kTernary,
  kComment,
  kRegex,
  kRegexSet,
  kRegexFlags,
  kDoubleQuoted,
  kSingleQuoted,
  kTemplate,
  kTemplateExpression,
  // JSX
  kElement,
  kElementName,
  kElementText,
  kInterpolation,
  kInterpolatedBraces,
};

class Javascript : public StateLexer<ScriptState> {
 public:
  explicit Javascript(bool is_typed) : is_typed_(is_typed) {}

 protected:
  bool step() override;

  // What a dialect reads where a value begins, and in states of its own.
  virtual bool dialect_expression() { return false; }
  virtual bool dialect_step() { return false; }

  bool is_typed() const { return is_typed_; }
  bool root();
  bool whitespace();

 private:
  bool hash_bang();
  bool operation();
  bool punctuation();
  bool name();
  std::size_t prefixed(char letter, const CharSet& digits, const CharSet& more) const;
  bool number();
  bool string();
  bool expression();
  bool label(Token token, bool is_optional);
  bool statement();
  bool object();
  std::size_t last_of_line() const;
  std::size_t escape() const;
  bool regex();
  bool regex_set();
  bool quoted_by(char quote, Token token);
  bool template_string();

  bool is_typed_;
};

}  // namespace stet::highlight
