#include <memory>
#include <string>
#include <string_view>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/lua_words.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State {
  kRoot,
  kCode,
  kFunctionName,
  kPatternCall,
  kPattern,
  kPatternEnd,
  kPatternSet,
  kSingleQuoted,
  kDoubleQuoted,
};

constexpr CharSet kNameHead = kLetters | "_";

constexpr WordSet kKeywords({"break",
                             "do",
                             "else",
                             "elseif",
                             "end",
                             "for",
                             "if",
                             "in",
                             "repeat",
                             "return",
                             "then",
                             "until",
                             "while"});

class Lua final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return take(kCommentPreprocessor, line_after("#!")) || push(State::kCode);
      case State::kCode: return code();
      case State::kFunctionName: return function_name();
      case State::kPatternCall:
        return (take(kPunctuation, literal(")")) && pop()) ||
               take(kPunctuation, one(CharSet("(,"))) || take(kText, run(kSpace)) ||
               (take(kStringRegex, literal("\"")) && push(State::kPattern));
      case State::kPattern: return pattern();
      case State::kPatternEnd: return (take(kStringRegex, run(CharSet("$"))) && pop()) || pop();
      case State::kPatternSet: return pattern_set();
      case State::kSingleQuoted: return quoted_text('\'', kStringSingle);
      case State::kDoubleQuoted: return quoted_text('"', kStringDouble);
    }
    return false;
  }

 private:
  bool code() {
    return comment() || number() || take(kText, run(kSpace)) || take(kString, brackets(0)) ||
           take(kOperator, operator_size()) || take(kPunctuation, one(CharSet("[]{}().,:;"))) ||
           word() || (take(kStringSingle, literal("'")) && push(State::kSingleQuoted)) ||
           (take(kStringDouble, literal("\"")) && push(State::kDoubleQuoted));
  }

  bool comment() {
    if (literal("--") == 0) return false;
    const std::size_t block = brackets(2);
    return block > 0 ? take(kCommentMultiline, 2 + block) : take(kCommentSingle, line());
  }

  // [[..]], [==[..]==]
  std::size_t brackets(std::size_t from) const {
    if (peek(from) != '[') return 0;
    const std::size_t level = run(CharSet("="), from + 1);
    if (peek(from + 1 + level) != '[') return 0;
    const std::string close = "]" + std::string(level, '=') + "]";
    const std::size_t begin = from + level + 2;
    const std::size_t end = rest().find(close, begin);
    return end == std::string_view::npos ? 0 : end + close.size() - from;
  }

  bool number() {
    const std::size_t whole = run(kDigits);
    const std::size_t part = peek(whole) == '.' ? run(kDigits, whole + 1) : 0;
    if (peek(whole) == '.' && whole + part > 0) {
      const std::size_t size = whole + 1 + part;
      const std::size_t real = size + exponent(size);
      if (peek(real) == '\'') return take(kNumberFloat, real + 1);
    }
    if (whole == 0) return false;
    if (exponent(whole) > 0) return take(kNumberFloat, whole + exponent(whole));
    const bool is_hex = peek() == '0' && is(CharSet("xX"), 1);
    return take(is_hex ? kNumberHex : kNumberInteger, is_hex ? 2 + run(kHexDigits, 2) : whole);
  }

  std::size_t operator_size() const {
    static constexpr std::string_view kLong[] = {"==", "~=", "<=", ">=", "...", ".."};
    const std::size_t size = first_of(kLong);
    return size > 0 ? size : one(CharSet("=+-*/%^<>#"));
  }

  bool word() {
    const std::size_t size = is(kNameHead) ? run(kWord) : 0;
    if (size == 0) return false;
    if (ends_word(size) && reserved(view(size))) return true;
    const std::size_t member =
        peek(size) == '.' && is(kNameHead, size + 1) ? run(kWord, size + 1) : 0;
    const std::size_t all = member > 0 ? size + 1 + member : size;
    if (view(all) == "gsub") return take(kNameBuiltin, all) && push(State::kPatternCall);
    if (kLuaFunctions.has(view(all))) return take(kNameBuiltin, all);
    return take_all({{kName, size}, {kPunctuation, all > size ? 1u : 0u}, {kName, member}});
  }

  bool reserved(std::string_view word) {
    const std::size_t size = word.size();
    if (word == "and" || word == "or" || word == "not") return take(kOperatorWord, size);
    if (word == "local") return take(kKeywordDeclaration, size);
    if (word == "true" || word == "false" || word == "nil") return take(kKeywordConstant, size);
    if (word == "function") return take(kKeyword, size) && push(State::kFunctionName);
    return kKeywords.has(word) && take(kKeyword, size);
  }

  bool function_name() {
    if (take(kText, run(kSpace)) || (take(kPunctuation, literal("(")) && pop())) return true;
    const std::size_t size = is(kNameHead) ? run(kWord) : 0;
    if (size == 0) return false;
    const std::size_t member =
        peek(size) == '.' && is(kNameHead, size + 1) ? run(kWord, size + 1) : 0;
    if (member == 0) return take(kNameFunction, size) && pop();
    return take_all({{kNameClass, size}, {kPunctuation, 1}, {kNameFunction, member}}) && pop();
  }

  std::size_t escape() const {
    const std::size_t size = peek() == '\\' ? character_in_line(1) : 0;
    return size > 0 ? 1 + size : 0;
  }

  bool pattern() {
    if (take(kStringRegex, literal("\""))) return go_to(State::kPatternEnd);
    if (peek() == '[') return take(kStringEscape, 1 + literal("^", 1)) && push(State::kPatternSet);
    const std::size_t count = peek() == '{' ? run(kDigits | ",", 1) : 0;
    return take(kStringEscape, escape()) ||
           (literal("(?") > 0 && is(CharSet(":=<!"), 2) && take(kStringEscape, 3)) ||
           (count > 0 && peek(1 + count) == '}' && take(kStringEscape, count + 2)) ||
           take(kStringEscape, one(CharSet("()?"))) || take(kStringRegex, character_in_line());
  }

  bool pattern_set() {
    if (take(kStringEscape, literal("]"))) return pop();
    const std::size_t escaped = escape();
    return take(kStringEscape, literal("/")) ||
           (escaped > 0 && take_all({{kStringEscape, 1}, {kStringRegex, escaped - 1}})) ||
           take(kStringRegex, character_in_line());
  }

  bool quoted_text(char quote, Token token) {
    if (peek() == '\\') {
      const std::size_t size = is(CharSet("abfnrtv\\\"'"), 1) ? 1 : run_within(3, kDigits, 1);
      if (size > 0) return take(kStringEscape, 1 + size);
    }
    if (peek() == quote) return take(token, 1) && pop();
    return take(token, until(CharSet::of({&quote, 1})));
  }
};

}  // namespace

std::unique_ptr<Lexer> make_lua() { return std::make_unique<Lua>(); }

}  // namespace stet::highlight
