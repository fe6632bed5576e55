#include <memory>
#include <string_view>

#include "cms/highlight/lexers/go_words.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kRawString, kString };

constexpr CharSet kOperators{"+&=!-|<*^>/%:."};
constexpr CharSet kSeparators{"()[]{},;"};
constexpr CharSet kNameHead = kLetters | kHigh | "_";
constexpr CharSet kNameTail = kWord | kHigh;

class Go final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kRawString:
        return (take(kString, literal("`")) && pop()) || take(kString, until(CharSet("`")));
      case State::kString:
        return take(kStringEscape, escape()) || take(kError, unknown_escape()) ||
               (take(kString, literal("\"")) && pop()) || take(kString, until(CharSet("\"\\")));
    }
    return false;
  }

 private:
  bool root() {
    return take(kComment, comment()) || word() || take(kNumber, number()) ||
           take(kStringChar, rune()) || take(kOperator, literal("...")) ||
           take(kOperator, one(kOperators)) || take(kPunctuation, one(kSeparators)) ||
           take(kName, head_and(kNameHead, kNameTail)) || take(kText, run(kSpace)) ||
           (take(kString, literal("`")) && push(State::kRawString)) ||
           (take(kString, literal("\"")) && push(State::kString));
  }

  std::size_t comment() {
    const std::size_t size = line_after("//");
    return size > 0 || literal("/*") == 0 ? size : through("*/", 2);
  }

  bool word() {
    const std::size_t size = run(kWord);
    if (size == 0 || !ends_word(size)) return false;
    const std::string_view word = view(size);
    if (kGoKeywords.has(word)) return take(kKeyword, size);
    if (kGoTypes.has(word)) return take(kKeywordType, size);
    if (kGoFunctions.has(word)) return take(kNameBuiltin, size);
    return kGoConstants.has(word) && take(kNameConstant, size);
  }

  std::size_t number() const {
    const std::size_t whole = run(kDigits);
    if (whole > 0 && peek(whole) == 'i') return whole + 1;
    const std::size_t real = fraction(whole);
    if (real > 0) return real + (peek(real) == 'i' ? 1 : 0);
    const bool is_hex = peek() == '0' && is(CharSet("xX"), 1) && is(kHexDigits, 2);
    return is_hex ? 2 + run(kHexDigits, 2) : whole;
  }

  // 1.5, 1., .5, 1e9: all of it, or 0.
  std::size_t fraction(std::size_t whole) const {
    if (peek(whole) != '.') return whole > 0 && exponent(whole) > 0 ? whole + exponent(whole) : 0;
    const std::size_t digits = run(kDigits, whole + 1);
    if (whole == 0 && digits == 0) return 0;
    const std::size_t size = whole + 1 + digits;
    return size + exponent(size);
  }

  std::size_t rune() const {
    if (peek() != '\'') return 0;
    const std::size_t plain = character_in_line(1);
    if (plain > 0 && peek(1 + plain) == '\'') return plain + 2;
    if (peek(1) != '\\') return 0;
    std::size_t size = escape(1);
    if (size == 0 && run_within(3, kOctalDigits, 2) == 3) size = 4;
    return size > 0 && peek(1 + size) == '\'' ? size + 2 : 0;
  }

  std::size_t escape(std::size_t from = 0) const {
    if (peek(from) != '\\') return 0;
    if (is(CharSet("abfnrtv\\'\""), from + 1)) return 2;
    const std::size_t digits = peek(from + 1) == 'u'   ? 4
                               : peek(from + 1) == 'U' ? 8
                               : peek(from + 1) == 'x' ? 2
                                                       : 0;
    return digits > 0 && run_within(digits, kHexDigits, from + 2) == digits ? 2 + digits : 0;
  }

  std::size_t unknown_escape() const {
    const std::size_t size = peek() == '\\' ? character_in_line(1) : 0;
    return size > 0 ? 1 + size : 0;
  }
};

}  // namespace

std::unique_ptr<Lexer> make_go() { return std::make_unique<Go>(); }

}  // namespace stet::highlight
