#include <memory>
#include <string_view>

#include "cms/highlight/lexers/batchfile_words.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kDoubleQuoted, kSingleQuoted, kBackticks };

constexpr CharSet kVariable = kLetters | "_$@#";
constexpr CharSet kEndsText{" \t\r\n\f\v&|()[]{}^=;!%+-,\"'`~?*"};

class Batchfile final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return basic() || text();
      case State::kDoubleQuoted: return quoted_text('"', kStringDouble);
      case State::kSingleQuoted: return quoted_text('\'', kStringSingle);
      case State::kBackticks: return quoted_text('`', kStringBacktick);
    }
    return false;
  }

 private:
  bool basic() {
    const std::size_t at = literal("@");
    if (literal_any_case("rem", at) > 0 && ends_word(at + 3)) {
      return take(kComment, at + line(at));
    }
    if (at_line_start() && take(kComment, line_after("::"))) return true;
    if (peek() == ':' && is(kLetters, 1)) return take(kNameLabel, 1 + run(kLetters, 1));
    return word() || option() || expansion() || take(kOperator, one(CharSet("<>&|(){}[]-+=;,~?*")));
  }

  bool word() {
    const std::size_t size = is(kLetters) ? run(kWord) : 0;
    if (size == 0) return false;
    const std::size_t suffix = literal_any_case(".exe", size);
    const std::string_view word = view(size);
    if (kBatchDevices.has(word)) return named(kKeywordReserved, size, suffix);
    if (kBatchKeywords.has(word)) return named(kKeyword, size, suffix);
    if (kBatchOperators.has(word)) return named(kOperatorWord, size, suffix);
    if (kBatchCommands.has(word)) return take(kNameBuiltin, size + suffix);
    if (kBatchAttributes.has(word)) return named(kNameAttribute, size, suffix);
    return named(kKeywordDeclaration, size, suffix);
  }

  bool named(Token token, std::size_t name, std::size_t suffix) {
    return take_all({{token, name}, {kError, suffix}});
  }

  bool option() {
    const std::size_t mark = is(CharSet("/+")) ? 1 : literal("--") > 0 ? 2 : literal("-");
    const std::size_t name = mark > 0 ? run(kLetters, mark) : 0;
    return name > 0 && take(kNameAttribute, mark + name + run(kSpace, mark + name));
  }

  // %NAME%, %~dp0
  bool expansion() {
    const std::size_t open = stretch(kMarks);
    const std::size_t name = open > 0 ? run(kVariable, open) : 0;
    const std::size_t close = name > 0 ? run(kMarks, open + name) : 0;
    if (close > 0) return take(kNameVariable, open + name + close);
    const std::size_t signs = stretch(kPercent);
    const std::size_t begin = signs + (signs > 0 ? literal("~", signs) : 0);
    const std::size_t letters = signs > 0 ? run(kLetters, begin) : 0;
    return letters > 0 && take(kNameVariableMagic, begin + letters + one(kDigits, begin + letters));
  }

  bool quoted_text(char quote, Token token) {
    const char stops[] = {'^', '%', '!', quote};
    return escape() || (peek() == quote && take(token, 1) && pop()) || expansion() ||
           take(token, until(CharSet::of({stops, sizeof stops})));
  }

  bool escape() { return peek() == '^' && !ends(1) && take(kStringEscape, 1 + character(1)); }

  bool text() {
    if (peek() == '0' && is(CharSet("xX"), 1) && is(kHexDigits, 2)) {
      return take(kNumberHex, 2 + run(kHexDigits, 2));
    }
    return take(kText, run(kSpace)) || take(kNumber, one(kDigits)) ||
           (take(kStringDouble, literal("\"")) && push(State::kDoubleQuoted)) ||
           (take(kStringSingle, literal("'")) && push(State::kSingleQuoted)) ||
           (take(kStringBacktick, literal("`")) && push(State::kBackticks)) ||
           take(kText, until(kEndsText)) || escape();
  }

  static constexpr CharSet kMarks{"%!"};
  static constexpr CharSet kPercent{"%"};
};

}  // namespace

std::unique_ptr<Lexer> make_batchfile() { return std::make_unique<Batchfile>(); }

}  // namespace stet::highlight
