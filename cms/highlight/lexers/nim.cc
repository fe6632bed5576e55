#include <string>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State {
  kRoot,
  kFunctionName,
  kCharacter,
  kQuoted,
  kRawQuoted,
  kTripleQuoted,
  kFraction,
  kFloatType,
  kIntegerType,
};

constexpr std::size_t kWordMax = 32;  // bytes of a keyword with underscores; more is a name

constexpr CharSet kOperators{"*=><+-/@$~&%!?|\\[]"};
constexpr CharSet kMarks{".,{}():^`;"};
constexpr CharSet kNumeral = kDigits | "_";
constexpr CharSet kEscapes{"\\abcefnrtvl\"'"};

// clang-format off
constexpr WordSet kOperatorWords{{
    "and", "div", "in", "is", "isnot", "mod", "not", "notin", "or", "shl", "shr", "xor",
}};

constexpr WordSet kKeywords{{
    "addr", "as", "asm", "atomic", "bind", "block", "break", "case", "cast", "const", "continue",
    "converter", "defer", "discard", "distinct", "do", "elif", "else", "end", "enum", "except",
    "export", "finally", "for", "from", "func", "generic", "if", "import", "include", "interface",
    "iterator", "let", "macro", "method", "mixin", "nil", "object", "of", "out", "proc", "ptr",
    "raise", "ref", "return", "static", "template", "try", "tuple", "type", "using", "var", "when",
    "while", "with", "without", "yield",
}};

constexpr WordSet kTypes{{
    "array", "bool", "char", "float", "float32", "float64", "int", "int16", "int32", "int64",
    "int8", "range", "seq", "set", "string",
}};
// clang-format on

class Nim final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kFunctionName: return function_name();
      case State::kCharacter:
        return take(kStringEscape, escape(false)) || (take(kStringChar, literal("'")) && pop()) ||
               take(kStringChar, character_in_line());
      case State::kQuoted:
        return take(kStringEscape, escape(true)) || (take(kString, literal("\"")) && pop()) ||
               string();
      case State::kRawQuoted:
        if (peek() == '"') return take(peek(1) == '"' ? kStringEscape : kString, 1) && pop();
        return string();
      case State::kTripleQuoted:
        if (literal("\"\"\"") > 0 && peek(3) != '"') return take(kString, 3) && pop();
        return string() || take(kString, one(kLineFeed));
      case State::kFraction: return take(kNumberFloat, fraction_part()) || pop();
      case State::kFloatType: return take(kNumberFloat, float_type(0)) || pop();
      case State::kIntegerType: return integer_type() || pop();
    }
    return false;
  }

 private:
  bool root() {
    return take(kStringDoc, line_after("##")) || take(kComment, line_after("#")) ||
           take(kOperator, one(kOperators)) || take(kPunctuation, one(kMarks)) || quote() ||
           word() || number() || take(kText, run(kSpace)) || take(kError, line());
  }

  bool quote() {
    const std::size_t prefix = run(kWord);
    if (prefix > 0) {
      return peek(prefix) == '"' && take(kString, prefix + 1) && push(State::kRawQuoted);
    }
    return (take(kString, literal("\"\"\"")) && push(State::kTripleQuoted)) ||
           (take(kString, literal("\"")) && push(State::kQuoted)) ||
           (take(kStringChar, literal("'")) && push(State::kCharacter));
  }

  // A word is the same with an underscore behind any of its letters.
  static std::string plain(std::string_view word) {
    std::string letters;
    for (std::size_t i = 0; i < word.size() && word.size() <= kWordMax; ++i) {
      const bool is_mark = word[i] == '_' && i > 0 && word[i - 1] != '_';
      if (!is_mark) letters += word[i];
    }
    return letters;
  }

  bool word() {
    if (!is(kLetters)) return false;
    const std::size_t size = run(kWord);
    const std::string word = plain(view(size));
    const bool ends = ends_word(size);
    if (ends && kOperatorWords.has(word)) return take(kOperatorWord, size);
    if (word == "proc" && is(kSpace, size) && !is(CharSet("([]"), size + 1)) {
      return take(kKeyword, size + 1) && push(State::kFunctionName);
    }
    if (ends && kKeywords.has(word)) return take(kKeyword, size);
    if (ends && kTypes.has(word)) return take(kKeywordType, size);
    if (ends && (word == "true" || word == "false")) return take(kKeywordPseudo, size);
    return take(kName, name());
  }

  // Underscores stand alone, and not at the end.
  std::size_t name() const {
    if (!is(kLetters)) return 0;
    std::size_t size = 1;
    while (is(kWord, size)) {
      if (peek(size) != '_') {
        ++size;
      } else if (is(kLetters | kDigits, size + 1)) {
        size += 2;
      } else {
        break;
      }
    }
    return size;
  }

  bool function_name() {
    if (take(kNameFunction, name())) return pop();
    if (peek() != '`') return false;
    const std::size_t last = view(line()).rfind('`');
    return take(kNameFunction, last > 1 ? last + 1 : 0) && pop();
  }

  bool number() {
    if (!is(kDigits)) return false;
    const std::size_t whole = run(kNumeral);
    if (is(CharSet("eE."), whole) || float_type(whole) > 0) {
      return take(kNumberFloat, whole) && push(State::kFloatType) && push(State::kFraction);
    }
    const bool is_based =
        take(kNumberHex, based("xX", kHexDigits)) || take(kNumber, based("bB", CharSet("01"))) ||
        take(kNumberOctal, based("o", kOctalDigits)) || take(kNumberInteger, whole);
    return is_based && push(State::kIntegerType);
  }

  std::size_t based(std::string_view letters, const CharSet& digits) const {
    if (peek() != '0' || ends(1) || letters.find(peek(1)) == letters.npos) return 0;
    return is(digits, 2) ? 2 + run(digits | CharSet("_"), 2) : 0;
  }

  std::size_t fraction_part() const {
    if (peek() == '.' && peek(1) != '.') return 1 + run(kNumeral, 1);
    const std::size_t power = exponent(0);
    return power > 0 ? power + run(kNumeral, power) : 0;
  }

  std::size_t float_type(std::size_t from) const {
    const std::size_t mark = literal("'", from);
    if (!is(CharSet("fF"), from + mark)) return 0;
    const std::size_t at = from + mark + 1;
    return literal("32", at) + literal("64", at) > 0 ? mark + 3 : 0;
  }

  bool integer_type() {
    const std::size_t mark = literal("'");
    if (take(kNumberInteger, is(CharSet("uU"), mark) ? mark + 1 : 0)) return true;
    if (!is(CharSet("iI"), mark)) return false;
    const std::size_t at = mark + 1;
    const std::size_t large = literal("32", at) + literal("64", at);
    return take(kNumberLong, large > 0 ? at + large : 0) ||
           take(kNumberInteger, literal("8", at) > 0 ? at + 1 : 0) ||
           take(kNumberInteger, literal("16", at) > 0 ? at + 2 : 0);
  }

  std::size_t escape(bool is_line_end) const {
    if (peek() != '\\' || ends(1)) return 0;
    if (is(kEscapes, 1) || (is_line_end && peek(1) == '\n')) return 2;
    if (peek(1) == 'x') return is(kHexDigits, 2) && is(kHexDigits, 3) ? 4 : 0;
    const std::size_t digits = run_within(3, kDigits, 1);
    return digits > 0 ? 1 + digits : 0;
  }

  bool string() {
    if (peek() == '$') {
      const std::size_t argument = run(kWord | "#", 1);
      if (argument > 0) return take(kStringInterpolation, 1 + argument);
    }
    return take(kString, until(CharSet("\\'\"$\n"))) || take(kString, one(CharSet("'\"\\$")));
  }
};

}  // namespace

std::unique_ptr<Lexer> make_nim() { return std::make_unique<Nim>(); }

}  // namespace stet::highlight
