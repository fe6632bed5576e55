// The lexer of C, and what its dialects change: a dialect says which words are its own, and reads
// what C has not before C does.
//
// Threads, time, limits: those of Lexer. What stands before the name of a function, and behind it,
// is read by a fresh lexer, four deep at most.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "cms/highlight/lexers/code.h"

namespace stet::highlight {

enum class CState {
  kRoot,
  kLineStart,  // of a statement: a label may stand here
  kLineStartInRoot,
  kFunction,
  kCase,
  kString,
  kMacro,
  kDisabled,  // #if 0
  // C++
  kClassName,
  kTemplate,
  // Objective-C
  kArray,
  kClassHead,
  kDictionary,
  kForwardClass,
  kMessage,
  kMessageArguments,
  kMethod,
  kTernary,
};

class C : public StateLexer<CState, Code> {
 public:
  explicit C(int nesting) : nesting_(nesting) { push(CState::kLineStart); }

  void reset() override {
    StateLexer::reset();
    push(CState::kLineStart);
  }

 protected:
  void read() override;
  bool step() override;

  // What a dialect reads first: outside of functions, in statements, and in states of its own.
  virtual bool dialect_root() { return false; }
  virtual bool dialect_statement() { return false; }
  virtual bool dialect_step() { return false; }
  virtual bool ends_case() const { return peek() == ':'; }
  virtual Token kind_of(std::string_view word) const;
  // A lexer of the same dialect, one deeper.
  virtual std::unique_ptr<C> fresh() const { return std::make_unique<C>(nesting_ + 1); }

  int nesting() const { return nesting_; }
  // Hands the next bytes to a fresh lexer.
  bool hand_fresh(std::size_t size);

  bool blanks();
  bool whitespace();
  bool statement();

  static constexpr CharSet kSuffix{"luLU"};

 private:
  std::size_t label() const;
  bool line_start();
  bool root();
  std::size_t gap(std::size_t from) const;
  std::size_t signature(std::size_t open) const;
  bool function();
  std::size_t prefix() const;
  std::size_t character_literal() const;
  bool number();
  bool name();
  std::size_t escape() const;
  bool string();
  bool include();
  bool macro();
  bool disabled();

  int nesting_;
  std::size_t failed_at_ = 0;    // the parenthesis that was no function's
  std::size_t words_until_ = 0;  // the end of words, blanks and stars that was seen last
};

}  // namespace stet::highlight
