#include <memory>
#include <string_view>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State {
  kRoot,
  kComment,
  kPragma,
  kImport,
  kModule,
  kNames,  // that a module gives or takes
  kCharacter,
  kCharacterEnd,
  kQuasiQuote,
  kString,
  kEscape,
};

constexpr CharSet kSymbols{":!#$%&*+.\\/<=>?@^|~-"};
constexpr CharSet kNameTail = kWord | "'";
constexpr CharSet kModuleTail = kWord | ".";

constexpr WordSet kReserved({"_",    "case",    "class", "data",  "default", "deriving", "do",
                             "else", "if",      "in",    "infix", "infixl",  "infixr",   "instance",
                             "let",  "newtype", "of",    "then",  "type",    "where"});

constexpr std::string_view kControls[] = {
    "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS",  "HT",  "LF",  "VT",
    "FF",  "CR",  "SO",  "SI",  "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB",
    "CAN", "EM",  "SUB", "ESC", "FS",  "GS",  "RS",  "US",  "SP",  "DEL"};

class Haskell final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kComment: return comment(kCommentMultiline);
      case State::kPragma: return comment(kCommentPreprocessor);
      case State::kImport: return import();
      case State::kModule: return module();
      case State::kNames: return names();
      case State::kCharacter:
        if (take(kStringEscape, literal("\\"))) {
          return go_to(State::kCharacterEnd) && push(State::kEscape);
        }
        return take(kStringChar, character_in_line()) && go_to(State::kCharacterEnd);
      case State::kCharacterEnd:
        return (take(kStringChar, literal("'")) && pop()) ||
               (take(kError, character_in_line()) && pop());
      case State::kQuasiQuote:
        return (take(kOperator, literal("|]")) && pop()) || take(kText, until(CharSet("|"))) ||
               take(kText, literal("|"));
      case State::kString:
        return (take(kString, literal("\"")) && pop()) ||
               (take(kStringEscape, literal("\\")) && push(State::kEscape)) ||
               take(kString, until(CharSet("\\\"")));
      case State::kEscape: return take(kStringEscape, escape()) && pop();
    }
    return false;
  }

 private:
  bool basic() {
    if (take(kText, run(kSpace))) return true;
    if (take(kCommentPreprocessor, literal("{-#"))) return push(State::kPragma);
    if (take(kCommentMultiline, literal("{-"))) return push(State::kComment);
    if (literal("--") == 0) return false;
    const std::size_t gap = run(kSpace, 2);
    if (at_line_start() && gap > 0 && peek(2 + gap) == '|') {
      return take(kCommentDoc, 2 + gap + line(2 + gap));
    }
    return !is(CharSet("!#$%&*+./<=>?@^|_~"), 2) && take(kCommentSingle, line());
  }

  bool comment(Token token) {
    return (take(token, literal("-}")) && pop()) ||
           (take(token, literal("{-")) && push(State::kComment)) ||
           take(token, until(CharSet("-{}"))) || take(token, 1);
  }

  bool root() {
    return basic() || (is_character() && take(kStringChar, 1) && push(State::kCharacter)) ||
           (take(kString, literal("\"")) && push(State::kString)) || number() || word() ||
           operators() || brackets();
  }

  bool is_character() const {
    if (peek() != '\'') return false;
    const std::size_t plain = character_in_line(1);
    if (plain > 0 && peek(1 + plain) == '\'') return true;
    return peek(1) == '\\' && !ends(2) && !is(kSpace, 2) &&
           peek(3 + until(kSpace | "'", 3)) == '\'';
  }

  bool number() {
    const std::size_t whole = run(kDigits);
    if (whole == 0) return false;
    if (exponent(whole) > 0) return take(kNumberFloat, whole + exponent(whole));
    const std::size_t part = peek(whole) == '.' ? run(kDigits, whole + 1) : 0;
    if (part > 0) return take(kNumberFloat, whole + 1 + part + exponent(whole + 1 + part));
    if (peek() == '0' && is(CharSet("oO"), 1) && is(kOctalDigits, 2)) {
      return take(kNumberOctal, 2 + run(kOctalDigits, 2));
    }
    if (peek() == '0' && is(CharSet("xX"), 1) && is(kHexDigits, 2)) {
      return take(kNumberHex, 2 + run(kHexDigits, 2));
    }
    return take(kNumberInteger, whole);
  }

  bool word() {
    const std::size_t size = run(kNameTail);
    const std::string_view word = view(size);
    if (word == "import") return take(kKeywordReserved, size) && push(State::kImport);
    if (word == "module") return take(kKeywordReserved, size) && push(State::kModule);
    if (kReserved.has(word)) return take(kKeywordReserved, size);
    return take(is(kUpper, literal("'")) ? kKeywordType : kName, size);
  }

  bool operators() {
    const std::size_t size = run(kSymbols);
    return take(size == 1 && peek() == '\\' ? kNameFunction : kOperator, size);
  }

  bool brackets() {
    const std::size_t gap = is(CharSet("[(")) ? run(kSpace, 1) : 0;
    if (peek() == '[' && peek(1 + gap) == ']') return take(kKeywordType, gap + 2);
    if (peek() == '(' && peek(1 + gap) == ')') return take(kNameBuiltin, gap + 2);
    const std::size_t name = peek() == '[' && is(kLower | "_", 1) ? run(kNameTail, 1) : 0;
    if (name > 0 && peek(1 + name) == '|') {
      return take_all({{kOperator, 1}, {kName, name}, {kOperator, 1}}) && push(State::kQuasiQuote);
    }
    return take(kPunctuation, one(CharSet("[](),;`{}")));
  }

  bool import() {
    if (take(kText, run(kSpace))) return true;
    if (take(kString, literal("\""))) return push(State::kString);
    if (take(kKeyword, whole_word("qualified"))) return true;
    const std::size_t name = run(kModuleTail);
    if (is(kUpper)) {
      const std::size_t gap = run(kSpace, name);
      if (gap > 0 && imported(name, gap)) return true;
    }
    return take(kNameNamespace, name) && pop();
  }

  bool imported(std::size_t name, std::size_t gap) {
    const std::size_t begin = name + gap;
    const std::size_t as = literal("as", begin);
    const std::size_t behind = as > 0 ? run(kSpace, begin + as) : 0;
    if (behind > 0 && is(kUpper, begin + as + behind)) {
      return take_all({{kNameNamespace, name},
                       {kText, gap},
                       {kKeyword, as},
                       {kText, behind},
                       {kName, run(kModuleTail, begin + as + behind)}}) &&
             pop();
    }
    const std::size_t hiding = literal("hiding", begin);
    const std::size_t space = hiding > 0 ? run(kSpace, begin + hiding) : 0;
    if (peek(begin + hiding + space) != '(' || (hiding > 0 && space == 0)) return false;
    return take_all({{kNameNamespace, name},
                     {kText, gap},
                     {kKeyword, hiding},
                     {kText, space},
                     {kPunctuation, 1}}) &&
           go_to(State::kNames);
  }

  bool module() {
    if (take(kText, run(kSpace))) return true;
    const std::size_t name = is(kUpper) ? run(kModuleTail) : 0;
    const std::size_t gap = name > 0 ? run(kSpace, name) : 0;
    if (gap > 0 && peek(name + gap) == '(') {
      return take_all({{kNameNamespace, name}, {kText, gap}, {kPunctuation, 1}}) &&
             push(State::kNames);
    }
    return (take(kKeywordReserved, whole_word("where")) && pop()) ||
           (take(kNameNamespace, name) && pop());
  }

  bool names() {
    if (basic()) return true;
    if (is(kUpper)) return take(kKeywordType, run(kWord));
    if (is(kLower) || (peek() == '_' && is(kNameTail, 1))) {
      return take(kNameFunction, run(kNameTail));
    }
    return take(kPunctuation, literal(",")) || take(kOperator, run(kSymbols)) ||
           (take(kPunctuation, literal("(")) && push(State::kNames)) ||
           (take(kPunctuation, literal(")")) && pop());
  }

  std::size_t escape() const {
    if (is(CharSet("abfnrtv\"'&\\"))) return 1;
    if (peek() == '^' && is(kUpper | "[]@^_", 1)) return 2;
    const std::size_t control = first_of(kControls);
    if (control > 0) return control;
    if (is(CharSet("oO")) && is(kOctalDigits, 1)) return 1 + run(kOctalDigits, 1);
    if (is(CharSet("xX")) && is(kHexDigits, 1)) return 1 + run(kHexDigits, 1);
    const std::size_t gap = run(kSpace);
    return gap > 0 ? (peek(gap) == '\\' ? gap + 1 : 0) : run(kDigits);
  }
};

}  // namespace

std::unique_ptr<Lexer> make_haskell() { return std::make_unique<Haskell>(); }

}  // namespace stet::highlight
