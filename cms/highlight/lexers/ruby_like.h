// What the lexers of Ruby and of Crystal share: strings of all kinds, regular expressions,
// heredocs, and the knowledge of where a value may begin, which tells a slash from a division.
//
// Threads, time, limits: those of Lexer.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "cms/highlight/state_lexer.h"

namespace stet::highlight {

enum class RubyState {
  kRoot,
  kExpression,  // where a value begins: a slash is a regular expression
  kCall,        // behind a name: a slash is a division unless a blank parts them
  kSpacedCall,
  kFunctionName,
  kClassName,
  kDefinition,  // in the parentheses of parameters
  kTernary,
  kInterpolation,
  kSigil,
  kDoubleQuoted,
  kQuotedSymbol,
  kBacktick,
  kRegex,
  kRegexFlags,
  kHeredocWaits,  // named on this line; its text begins on the next
  kHeredoc,
  kHeredocLine,
  kEndPart,
  kOutput,  // of irb
  kOutputError,
  kOutputObject,
};

class RubyLike : public StateLexer<RubyState> {
 public:
  using State = RubyState;

  void reset() override;

 protected:
  static constexpr CharSet kNameHead = kLetters | "_";
  static constexpr CharSet kCallMarks{"!?"};

  struct Traits {
    CharSet divisions;  // operators that stand directly behind a name
    CharSet no_sigil;   // what opens no %w(..) and its like
  };

  explicit RubyLike(const Traits& traits) : traits_(traits) { push(State::kExpression); }

  void read() override;
  bool step() override;

  virtual bool root() = 0;
  virtual bool class_name() = 0;
  virtual bool ternary() = 0;
  // The longest of the operators that are symbols: ":+".
  virtual std::size_t operator_symbol() const = 0;
  // "\u{1F600}", where strings have such.
  virtual std::size_t unicode_escape(std::size_t) { return 0; }

  bool whitespace();
  bool variable();
  bool symbol();
  // A name of a constant, of a method behind its point, or any other; a range.
  bool name();
  // The path behind the keyword `module` of `size` bytes.
  bool module_name(std::size_t size);
  bool heredoc_start();
  // Digits in groups behind "0x" or the like.
  std::size_t prefixed(std::string_view prefix, const CharSet& set) const;

 private:
  // %w[..] and its like.
  struct Sigil {
    char open;
    char close;
    Token token;
    bool is_interpolated;
    CharSet ends;  // of text without a meaning
  };
  struct Heredoc {
    std::string name;
    bool is_indented;
  };

  bool expression();
  bool call();
  bool spaced_call();
  bool function_name();
  bool definition();
  bool sigil_start();
  bool sigil();
  bool interpolation(bool has_escapes);
  bool double_quoted(Token token, char quote);
  bool regex();
  bool heredoc();
  bool heredoc_line();
  bool blank_string();
  std::size_t block_comment();
  std::size_t escape(std::size_t from) const;
  std::size_t character_literal() const;
  std::size_t method_name(std::size_t from) const;

  const Traits traits_;
  bool has_no_comment_end_ = false;
  std::deque<Heredoc> heredocs_;
  std::vector<Sigil> sigils_;
};

}  // namespace stet::highlight
