#include <memory>
#include <string_view>

#include "cms/highlight/lexers/julia_words.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kComment, kFunctionName, kTypeName, kString };

constexpr CharSet kOperators{"+=-*/\\&|$~^%!<>.?:"};
constexpr std::string_view kSymbols[] = {"÷", "≠", "≤", "≥"};
constexpr CharSet kLead = CharSet::range(0xc2, 0xef);  // of letters of the basic plane
constexpr CharSet kNameHead = kLetters | kLead | "_";
// What the names of functions and types may begin with, and hold.
constexpr CharSet kDefinedHead = kLetters | kHigh | "_$+<=>^`|~";
constexpr CharSet kDefinedTail = kDefinedHead | kDigits | "!\"#%&'*,./:;?@\\";
constexpr std::string_view kFunctions[] = {"function", "macro"};
constexpr std::string_view kTypeWords[] = {
    "mutable struct", "struct", "abstract type", "primitive type"};

class Julia final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kComment:
        return (take(kCommentMultiline, literal("#=")) && push(State::kComment)) ||
               (take(kCommentMultiline, literal("=#")) && pop()) ||
               take(kCommentMultiline, until(CharSet("=#"))) || take(kCommentMultiline, 1);
      case State::kFunctionName:
        return (take(kNameFunction, defined_name()) && pop()) ||
               (take(kOperator, operator_name()) && pop());
      case State::kTypeName: return take(kNameClass, defined_name()) && pop();
      case State::kString: return string();
    }
    return false;
  }

 private:
  bool root() {
    return take(kText, run(kSpace)) ||
           (take(kCommentMultiline, literal("#=")) && push(State::kComment)) ||
           take(kComment, line_after("#")) || take(kOperator, one(kOperators)) ||
           take(kOperator, first_of(kSymbols)) ||
           definition(first_of(kFunctions), kNameFunction, State::kFunctionName) ||
           definition(first_of(kTypeWords), kNameClass, State::kTypeName) || word() ||
           (peek() == '`' && take(kStringBacktick, through_in_line("`", 1))) ||
           take(kStringChar, character_literal()) ||
           (take(kString, string_start()) && push(State::kString)) ||
           (peek() == '@' && is(kWord | ".", 1) && take(kNameDecorator, 1 + run(kWord | ".", 1))) ||
           take(kName, name()) || take(kOther, one(CharSet("[]{}(),;"))) || number();
  }

  bool definition(std::size_t word, Token token, State next) {
    if (word == 0) return false;
    std::size_t gap = 0;
    for (;;) {
      const std::size_t slash = literal("\\", word + gap);
      if (!is(kSpace, word + gap + slash)) break;
      gap += slash + 1;
    }
    return gap > 0 && take_all({{kKeyword, word}, {token, gap}}) && push(next);
  }

  bool word() {
    const std::size_t ascii = run(kWord);
    const std::size_t size = ascii > 0 ? ascii : literal("π") + literal("ℯ");
    if (size == 0 || !ends_word(size)) return false;
    const std::string_view word = view(size);
    if (kJuliaTypes.has(word)) return take(kKeywordType, size);
    if (word == "local" || word == "global" || word == "const") {
      return take(kKeywordDeclaration, size);
    }
    if (kJuliaKeywords.has(word)) return take(kKeyword, size);
    return kJuliaConstants.has(word) && take(kNameBuiltin, size);
  }

  std::size_t name() const {
    if (!is(kNameHead)) return 0;
    std::size_t size = 0;
    while (is(kNameHead | kDigits, size)) size += character(size);
    return size + run(CharSet("!"), size);
  }

  std::size_t defined_name() const { return is(kDefinedHead) ? run(kDefinedTail) : 0; }

  // (+), or without parentheses.
  std::size_t operator_name() const {
    const CharSet letters = kSpace | kWord | "{";
    const std::size_t inner = peek() == '(' ? run_within(2, ~letters, 1) : 0;
    for (std::size_t size = inner; size > 0; --size) {
      if (peek(1 + size) == ')') return size + 2;
    }
    return run_within(2, ~letters);
  }

  std::size_t character_literal() const {
    if (peek() != '\'') return 0;
    if (peek(1) != '\\') {
      const std::size_t size = peek(1) == '\'' ? 0 : character_in_line(1);
      return size > 0 && peek(1 + size) == '\'' ? size + 2 : 0;
    }
    const std::size_t plain = character_in_line(2);
    if (plain > 0 && peek(2 + plain) == '\'') return 3 + plain;
    const bool is_code = is(CharSet("xuU"), 2);
    const std::size_t most = peek(2) == 'u' ? 4 : peek(2) == 'U' ? 6 : 3;
    const std::size_t digits =
        run_within(most, is_code ? kHexDigits : kOctalDigits, is_code ? 3 : 2);
    const std::size_t end = 2 + (is_code ? 1 : 0) + digits;
    return digits > 0 && peek(end) == '\'' ? end + 1 : 0;
  }

  std::size_t string_start() const {
    const std::size_t prefix = one(CharSet("ILE"));
    return peek(prefix) == '"' ? prefix + 1 : 0;
  }

  bool number() {
    const std::size_t plain = run(kDigits);
    const std::size_t whole = grouped(kDigits, '_');
    if (peek(whole) == '.' && whole > plain) return real(whole + 1 + run(kDigits, whole + 1));
    if (peek(whole) == '.') return real(whole + 1 + grouped(kDigits, '_', whole + 1));
    if (whole > 0 && power(whole) > 0) return real(whole);
    return take(kNumberBinary, based("0b", CharSet("01"))) ||
           take(kNumberOctal, based("0o", kOctalDigits)) ||
           take(kNumberHex, based("0x", kHexDigits)) || take(kNumberInteger, whole);
  }

  bool real(std::size_t size) { return take(kNumberFloat, size + power(size)); }

  // "e-10", and "f0" of the shorter numbers.
  std::size_t power(std::size_t from) const {
    if (!is(CharSet("eEf"), from)) return 0;
    const std::size_t sign = 1 + one(CharSet("+-"), from + 1);
    const std::size_t digits = run(kDigits, from + sign);
    return digits > 0 ? sign + digits : 0;
  }

  std::size_t based(std::string_view mark, const CharSet& digits) const {
    const std::size_t size = literal(mark) > 0 ? grouped(digits, '_', 2) : 0;
    return size > 0 ? 2 + size : 0;
  }

  bool string() {
    return take(kStringEscape, escape()) || (take(kString, literal("\"")) && pop()) ||
           take(kStringInterpolation, interpolation()) || take(kString, until(CharSet("\\\"$"))) ||
           take(kString, literal("\\"));
  }

  std::size_t escape() {
    if (peek() != '\\') return 0;
    if (is(CharSet("\\abfnrtv\"'\n"), 1)) return 2;
    if (literal("N{", 1) > 0) return through_in_line("}", 3);
    const std::size_t digits = peek(1) == 'u' ? 4 : peek(1) == 'U' ? 8 : peek(1) == 'x' ? 2 : 0;
    if (digits > 0) return run_within(digits, kHexDigits, 2) == digits ? 2 + digits : 0;
    const std::size_t octal = run_within(3, kOctalDigits, 1);
    return octal > 0 ? 1 + octal : 0;
  }

  // A dollar sign, with what a format may have behind it.
  std::size_t interpolation() const {
    if (peek() != '$') return 0;
    std::size_t size = 1;
    const std::size_t name = peek(1) == '(' ? run(kWord, 2) : 0;
    if (name > 0 && peek(2 + name) == ')') size = 3 + name;
    size += run(CharSet("-#0 +"), size);
    size += peek(size) == '*' ? 1 : run(kDigits, size);
    const std::size_t part = peek(size) != '.'       ? 0
                             : peek(size + 1) == '*' ? 1
                                                     : run(kDigits, size + 1);
    return part > 0 ? size + 1 + part : size;
  }
};

}  // namespace

std::unique_ptr<Lexer> make_julia() { return std::make_unique<Julia>(); }

}  // namespace stet::highlight
