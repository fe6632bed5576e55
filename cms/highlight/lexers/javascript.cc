#include <memory>

#include "cms/highlight/lexers/javascript_words.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State {
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
};

constexpr CharSet kHead = kLetters | kHigh | "$_";
constexpr CharSet kTail = kWord | kHigh;
constexpr CharSet kOperators{"~-<>+*%&|^/!="};

class Javascript final : public StateLexer<State> {
 public:
  explicit Javascript(bool is_typed) : is_typed_(is_typed) {}

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kExpression: return expression();
      case State::kStatement: return statement();
      case State::kObject: return object();
      case State::kTernary:
        return (take(kPunctuation, literal(":")) && go_to(State::kExpression)) || root();
      case State::kComment:
        return (take(kCommentMultiline, literal("*/")) && pop()) ||
               take(kCommentMultiline, until(CharSet("*/"))) || take(kCommentMultiline, 1);
      case State::kRegex: return regex();
      case State::kRegexSet: return regex_set();
      case State::kRegexFlags: return pop() && (take(kStringRegex, run(CharSet("gimuy"))) || true);
      case State::kDoubleQuoted: return quoted_by('"', kStringDouble);
      case State::kSingleQuoted: return quoted_by('\'', kStringSingle);
      case State::kTemplate: return template_string();
      case State::kTemplateExpression: return (take(kPunctuation, literal("}")) && pop()) || root();
    }
    return false;
  }

 private:
  bool root() {
    return hash_bang() || whitespace() || operation() || punctuation() || name() || number() ||
           string() || take(kPunctuation, literal(":"));
  }

  bool hash_bang() {
    if (!is(kSpace | "#")) return false;
    const std::size_t gap = run_within(kGapBytesMax, kSpace);
    const std::size_t size = literal("#!", gap) > 0 ? gap + line(gap) : 0;
    return size > 0 && !ends(size) && take(kCommentPreprocessor, size + 1) &&
           push(State::kStatement);
  }

  bool whitespace() {
    return take(kText, run(kSpace)) || take(kComment, literal("<!--")) ||
           take(kCommentSingle, line_after("//")) ||
           (take(kCommentMultiline, literal("/*")) && push(State::kComment));
  }

  bool operation() {
    const bool is_continued = peek() == '\\' && peek(1) == '\n';
    const std::size_t merge = literal("??") > 0 ? 2 + literal("=", 2) : 0;
    if (is_typed_ && take(kPunctuation, literal("?."))) return true;
    if (is_typed_ && take(kOperator, literal("??"))) return true;
    return take(kOperator,
                merge > 0      ? merge
                : is_continued ? 1
                               : one(kOperators)) &&
           push(State::kExpression);
  }

  bool punctuation() {
    if (take(kPunctuation, one(CharSet("([,")))) return push(State::kExpression);
    if (take(kPunctuation, one(CharSet(";")))) return push(State::kStatement);
    if (take(kPunctuation, one(CharSet(")].")))) return true;
    if (take(kStringDouble, literal("`"))) return push(State::kTemplate);
    if (take(kPunctuation, literal("?."))) return true;
    if (take(kPunctuation, literal("?"))) {
      return push(State::kTernary) && push(State::kExpression);
    }
    if (peek() == '@') {
      return take_all({{kPunctuation, 1}, {kNameDecorator, run(kWord, 1)}}) &&
             push(State::kExpression);
    }
    return take(kPunctuation, one(CharSet("{}"))) && push(State::kStatement);
  }

  bool name() {
    const std::size_t size = head_and(kHead, kTail);
    if (size == 0) return false;
    const std::string_view word = view(size);
    if (is_typed_ ? kTypedKeywords.has(word) : kScriptKeywords.has(word)) {
      return take(kKeyword, size) && push(State::kExpression);
    }
    if (is_typed_ ? kTypedDeclarations.has(word) : kScriptDeclarations.has(word)) {
      return take(kKeywordDeclaration, size) && push(State::kExpression);
    }
    if (is_typed_ ? kTypedReserved.has(word) : kScriptReserved.has(word)) {
      return take(kKeywordReserved, size);
    }
    if (kScriptConstants.has(word)) return take(kKeywordConstant, size);
    const bool is_builtin = is_typed_ ? kTypedBuiltins.has(word) : kScriptBuiltins.has(word);
    return take(is_builtin ? kNameBuiltin : kNameOther, size);
  }

  std::size_t prefixed(char letter, const CharSet& digits, const CharSet& more) const {
    if (peek() != '0' || (peek(1) | 0x20) != letter) return 0;
    const std::size_t size = head_and(digits, more, 2);
    return size > 0 ? 2 + size : 0;
  }

  bool number() {
    const std::size_t whole = run(kDigits);
    if (whole == 0) return false;
    const std::size_t part = peek(whole) == '.' ? run(kDigits, whole + 1) : 0;
    if (part > 0) {
      std::size_t size = whole + 1 + part;
      const std::size_t power = is(CharSet("eE"), size) ? run(kDigits, size + 1) : 0;
      if (power > 0) size += 1 + power;
      return take(kNumberFloat, size + one(CharSet("fd"), size));
    }
    return take(kNumberHex, prefixed('x', kHexDigits, kHexDigits)) ||
           take(kNumberOctal, prefixed('o', kOctalDigits, kOctalDigits | "_")) ||
           take(kNumberBinary, prefixed('b', CharSet("01"), CharSet("01_"))) ||
           take(kNumberInteger, whole);
  }

  bool string() {
    return (take(kStringDelimiter, literal("\"")) && push(State::kDoubleQuoted)) ||
           (take(kStringDelimiter, literal("'")) && push(State::kSingleQuoted));
  }

  bool expression() {
    return whitespace() || (take(kStringRegex, literal("/")) && go_to(State::kRegex)) ||
           (take(kPunctuation, literal("{")) && go_to(State::kObject)) || pop();
  }

  // A name before a colon.
  bool label(Token token, bool is_optional) {
    const std::size_t size = head_and(kHead, kTail);
    if (size == 0) return false;
    const std::size_t mark = is_optional ? literal("?", size) : 0;
    const std::size_t gap = run(kSpace, size + mark);
    return peek(size + mark + gap) == ':' &&
           take_all({{token, size}, {kPunctuation, mark}, {kText, gap}, {kPunctuation, 1}});
  }

  bool statement() {
    if (is_typed_ && label(kNameLabel, true)) return push(State::kExpression);
    return (take(kKeyword, whole_word("case")) && go_to(State::kExpression)) ||
           label(kNameLabel, false) || expression();
  }

  bool object() {
    return whitespace() || (take(kPunctuation, literal("{")) && push(State::kObject)) ||
           (take(kPunctuation, literal("}")) && go_to(State::kStatement)) ||
           (label(kNameAttribute, false) && push(State::kExpression)) ||
           take(kPunctuation, literal(":")) || root();
  }

  // A character before a line feed: the regular expression was none.
  std::size_t last_of_line() const {
    const std::size_t size = peek() == '/' ? 0 : character();
    return size > 0 && peek(size) == '\n' ? size + 1 : 0;
  }

  std::size_t escape() const {
    const std::size_t size = peek() == '\\' ? character_in_line(1) : 0;
    return size > 0 ? 1 + size : 0;
  }

  bool regex() {
    if (take(kStringRegex, literal("/"))) return go_to(State::kRegexFlags);
    if (take(kError, last_of_line()) || take(kError, literal("\n"))) return pop();
    if (take(kStringEscape, literal("[^")) || take(kStringEscape, literal("["))) {
      return push(State::kRegexSet);
    }
    const bool is_group = literal("(?") > 0 && is(CharSet(":=<!"), 2);
    const std::size_t count = peek() == '{' ? run_within(kCountBytesMax, kDigits | ",", 1) : 0;
    return take(kStringEscape, escape()) || take(kStringEscape, is_group ? 3 : 0) ||
           take(kStringEscape, count > 0 && peek(1 + count) == '}' ? count + 2 : 0) ||
           take(kStringEscape, one(CharSet("()?"))) || take(kStringRegex, character_in_line());
  }

  bool regex_set() {
    return take(kStringEscape, literal("/")) || (take(kError, last_of_line()) && pop(2)) ||
           (take(kStringEscape, literal("]")) && pop()) || take(kStringEscape, escape()) ||
           take(kStringRegex, character_in_line());
  }

  bool quoted_by(char quote, Token token) {
    if (peek() == '\\') {
      return take(kStringEscape, peek(1) == quote || is(CharSet("\\nrt"), 1) ? 2 : 1);
    }
    return take(token, until(quote == '"' ? CharSet("\\\"") : CharSet("\\'"))) ||
           (take(kStringDelimiter, 1) && pop());
  }

  bool template_string() {
    return (take(kPunctuation, literal("${")) && push(State::kTemplateExpression)) ||
           (take(kStringDouble, literal("`")) && pop()) ||
           take(kStringEscape, literal("\\$") + literal("\\`")) ||
           take(kStringDouble, until(CharSet("$`\\"))) || take(kStringDouble, 1);
  }

  static constexpr std::size_t kGapBytesMax = 1024;
  static constexpr std::size_t kCountBytesMax = 64;

  bool is_typed_;
};

}  // namespace

std::unique_ptr<Lexer> make_javascript() { return std::make_unique<Javascript>(false); }
std::unique_ptr<Lexer> make_typescript() { return std::make_unique<Javascript>(true); }

}  // namespace stet::highlight
