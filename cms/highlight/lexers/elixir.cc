#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "cms/highlight/lexers/elixir_words.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State {
  kRoot,
  kDoubleQuoted,
  kSingleQuoted,
  kInterpolation,  // #{..}
  kQuotedSymbol,   // :".."
  kSigil,          // ~r/../
  kRegexFlags,
  kListFlags,
};

// The first that stands here wins, even where a longer one would.
constexpr std::array<std::string_view, 16> kOperators = {"%=",
                                                         "*=",
                                                         "**=",
                                                         "+=",
                                                         "-=",
                                                         "^=",
                                                         "||=",
                                                         "<=>",
                                                         "===",
                                                         "==",
                                                         "=~",
                                                         "!=",
                                                         "!~",
                                                         "&&&",
                                                         "&&",
                                                         "||"};
constexpr CharSet kSingleOperators{"^*+-/|=."};
constexpr std::array<std::string_view, 27> kSymbolOperators = {
    "<>", "===", "==", ">=", ">",  "<=", "<", "&&", "%()", "%[]", "%{}", "++", "+", "--",
    "-",  "||",  "|",  "!",  "//", "%",  "&", "`",  "/",   "**",  "*",   "=~", "~"};
constexpr CharSet kPunctuationMarks{"%(){};,/|:\\[]"};
constexpr CharSet kNameHead = kLetters | "_";
constexpr CharSet kSigilOpenings{"{[(<|/'\""};

class Elixir final : public StateLexer<State> {
 public:
  void reset() override {
    StateLexer::reset();
    sigils_.clear();
  }

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kDoubleQuoted: return quoted_text('"', kStringDouble);
      case State::kSingleQuoted: return quoted_text('\'', kStringSingle);
      case State::kInterpolation:
        return (take(kStringInterpolation, literal("}")) && pop()) || root();
      case State::kQuotedSymbol:
        return (take(kStringSymbol, literal("\"")) && pop()) || interpolation() ||
               take(kStringSymbol, until(CharSet("#\"")));
      case State::kSigil: return sigil();
      case State::kRegexFlags: return take(kStringRegex, run(CharSet("fgimrsux"))), pop();
      case State::kListFlags: return take(kStringOther, one(CharSet("csa"))), pop();
    }
    return false;
  }

 private:
  // What a sigil's text is, and what ends it.
  struct Sigil {
    Token token;
    char opening, closing;
    bool has_interpolation;
  };

  bool root() {
    return take(kText, run(kSpace)) || take(kCommentSingle, line_after("#")) || word() ||
           operators() || symbol() ||
           (take(kStringSymbol, literal(":\"")) && push(State::kQuotedSymbol)) || names() ||
           take(kPunctuation, literal("::")) || take(kPunctuation, one(kPunctuationMarks)) ||
           variable() || number() || strings() || sigil_start();
  }

  // Words of the grammar, which keep their meaning behind a dot; not `if?`.
  bool word() {
    const std::size_t size = run(kWord);
    if (size == 0 || is(kHigh, size)) return false;
    const std::string_view word = view(size);
    const bool is_plain = !is(CharSet("?!"), size);
    if (is_plain && kElixirKeywords.has(word)) return take(kKeyword, size);
    if (word == "do") return take(kKeyword, size);
    if (is_plain && kElixirDirectives.has(word)) return take(kKeywordNamespace, size);
    return kElixirOperatorWords.has(word) && take(kOperatorWord, size);
  }

  bool operators() {
    if (take(kOperator, first_of(kOperators))) return true;
    if (peek() == '<') {
      const std::size_t size = is(CharSet("<="), 1) ? 2 : 1;
      return take(kOperator, size);
    }
    if (peek() == '>') {
      if (!is(CharSet("<=>"), 1)) return take(kOperator, 1);
      return peek(1) != '<' && take(kOperator, 2);
    }
    if (peek() == '&' && !is(kDigits, 1)) return take(kOperator, 1);
    return take(kOperator, one(kSingleOperators)) || take(kOperator, literal("~~~"));
  }

  bool symbol() {
    if (peek() == ':') {
      std::size_t name = head_of_word(1);
      if (name > 0) {
        if (is(CharSet("?!"), 1 + name)) {
          ++name;
        } else if (peek(1 + name) == '=' && !is(CharSet(">="), 2 + name)) {
          ++name;
        }
      } else {
        name = first_of(kSymbolOperators, 1);
      }
      if (name > 0) return take(kStringSymbol, 1 + name);
    }
    std::size_t name = head_of_word(0);
    if (name == 0) return false;
    if (is(CharSet("?!"), name)) ++name;
    return peek(name) == ':' && peek(name + 1) != ':' && take(kStringSymbol, name + 1);
  }

  std::size_t head_of_word(std::size_t from) const {
    return is(kNameHead, from) ? 1 + run(kWord, from + 1) : 0;
  }

  bool names() {
    const std::size_t size = run(kWord);
    const bool is_whole = size > 0 && !is(kHigh, size);
    const std::string_view word = view(size);
    const bool is_plain = !is(CharSet("?!"), size);
    if (is_whole) {
      if (is_plain && (word == "nil" || word == "true" || word == "false")) {
        return take(kNameConstant, size);
      }
      if (is(kUpper)) return take(kNameConstant, size);
      if (is_plain && kElixirPseudo.has(word)) return take(kNameBuiltinPseudo, size);
    }
    if (!is(kNameHead | "!")) return false;
    const std::size_t name = 1 + run(kWord, 1);
    return take(kName, name + one(CharSet("!?"), name));
  }

  bool variable() {
    const std::size_t name = peek() == '@' ? head_of_word(1) : 0;
    if (name > 0) return take(kNameVariable, 1 + name);
    return peek() == '&' && is(kDigits, 1) && take(kNameVariable, 2);
  }

  bool number() {
    if (!is(kDigits)) return false;
    const std::size_t whole = grouped(kDigits, '_');
    if (peek(whole) == '.' && is(kDigits, whole + 1)) {
      std::size_t size = whole + 1 + grouped(kDigits, '_', whole + 1);
      const std::size_t power = exponent(size);
      size += power;
      if (ends_word(size)) return take(kNumberFloat, size);
    }
    return take(kNumberHex, based("0x", kHexDigits)) ||
           take(kNumberOctal, based("0o", kOctalDigits)) ||
           take(kNumberBinary, based("0b", CharSet("01"))) ||
           (ends_word(whole) && take(kNumberInteger, whole));
  }

  std::size_t based(std::string_view mark, const CharSet& digits) const {
    const std::size_t size = literal(mark) > 0 ? grouped(digits, '_', 2) : 0;
    return size > 0 && ends_word(2 + size) ? 2 + size : 0;
  }

  bool strings() {
    if (literal("\"\"\"") > 0 && take(kStringDoc, through("\"\"\"", 3))) return true;
    if (literal("'''") > 0 && take(kStringDoc, through("'''", 3))) return true;
    if (take(kStringDouble, literal("\""))) return push(State::kDoubleQuoted);
    if (take(kStringSingle, literal("'"))) return push(State::kSingleQuoted);
    return character_literal();
  }

  // ?a, ?\x41
  bool character_literal() {
    if (peek() != '?' || ends(1) || is(kSpace, 1)) return false;
    if (peek(1) != '\\') return take(kStringOther, 1 + character(1));
    if (peek(2) == 'x' && is(kDigits, 3)) return take(kStringOther, 3 + run_within(2, kDigits, 3));
    const std::size_t digits = run_within(3, kHexDigits, 2);
    return digits > 0 && digits < 3 && ends_word(2 + digits) && take(kStringOther, 2 + digits);
  }

  bool interpolation() {
    return take(kStringInterpolation, literal("#{")) && push(State::kInterpolation);
  }

  bool quoted_text(char quote, Token token) {
    if (take(kStringEscape, escape()) || interpolation()) return true;
    if (peek() == quote) return take(token, 1) && pop();
    return take(token, until(quote == '"' ? CharSet("#\"\\") : CharSet("#'\\"))) ||
           take(token, one(CharSet("#\\")));
  }

  std::size_t escape() const {
    if (peek() != '\\') return 0;
    if (peek(1) == 'x' && is(kHexDigits, 2) && is(kHexDigits, 3)) return 4;
    if (peek(1) == 'u') {
      const std::size_t brace = peek(2) == '{' ? 1 : 0;
      const std::size_t digits = run(kDigits, 2 + brace);
      if (digits > 0) return 2 + brace + digits + (peek(2 + brace + digits) == '}' ? 1 : 0);
    }
    return is(CharSet("\\abdefnrstv0\"'"), 1) ? 2 : 0;
  }

  bool sigil_start() {
    if (peek() != '~') return false;
    const std::size_t letter = one(kLetters, 1);
    if (!is(kSigilOpenings, 1 + letter)) return false;
    const char name = letter > 0 ? peek(1) : ' ';
    const char opening = peek(1 + letter);
    constexpr std::string_view kPairs = "{}[]()<>";
    const auto pair = kPairs.find(opening);
    const Token token = name == 'r' || name == 'R' ? kStringRegex : kStringOther;
    sigils_.push_back({token,
                       opening,
                       pair == kPairs.npos ? opening : kPairs[pair + 1],
                       CharSet("SRCW").has(name)});
    if (token == kStringRegex) push(State::kRegexFlags);
    if (name == 'w' || name == 'W') push(State::kListFlags);
    return take(token, 2 + letter) && push(State::kSigil);
  }

  bool sigil() {
    const Sigil here = sigils_.back();
    if (peek() == here.closing) {
      sigils_.pop_back();
      return take(here.token, 1) && pop();
    }
    if (here.has_interpolation ? interpolation() || take(here.token, literal("#"))
                               : take(here.token, one(CharSet("\\#")))) {
      return true;
    }
    const char marks[] = {'#', '\\', here.opening, here.closing};
    return take(here.token, until(CharSet::of({marks, sizeof marks})));
  }

  std::vector<Sigil> sigils_;
};

}  // namespace

std::unique_ptr<Lexer> make_elixir() { return std::make_unique<Elixir>(); }

}  // namespace stet::highlight
