#include "cms/highlight/lexers/javascript.h"

#include <memory>

#include "cms/highlight/lexers/javascript_words.h"
#include "cms/highlight/lexers/lexers.h"

namespace stet::highlight {
namespace {

using enum Token;

constexpr CharSet kHead = kLetters | kHigh | "$_";
constexpr CharSet kTail = kWord | kHigh;
constexpr CharSet kOperators{"~-<>+*%&|^/!="};
constexpr std::size_t kGapBytesMax = 1024;
constexpr std::size_t kCountBytesMax = 64;

}  // namespace

bool Javascript::step() {
  switch (state()) {
    case ScriptState::kRoot: return root();
    case ScriptState::kExpression: return expression();
    case ScriptState::kStatement: return statement();
    case ScriptState::kObject: return object();
    case ScriptState::kTernary:
      return (take(kPunctuation, literal(":")) && go_to(ScriptState::kExpression)) || root();
    case ScriptState::kComment:
      return (take(kCommentMultiline, literal("*/")) && pop()) ||
             take(kCommentMultiline, until(CharSet("*/"))) || take(kCommentMultiline, 1);
    case ScriptState::kRegex: return regex();
    case ScriptState::kRegexSet: return regex_set();
    case ScriptState::kRegexFlags:
      return pop() && (take(kStringRegex, run(CharSet("gimuy"))) || true);
    case ScriptState::kDoubleQuoted: return quoted_by('"', kStringDouble);
    case ScriptState::kSingleQuoted: return quoted_by('\'', kStringSingle);
    case ScriptState::kTemplate: return template_string();
    case ScriptState::kTemplateExpression:
      return (take(kPunctuation, literal("}")) && pop()) || root();
    default: return dialect_step();
  }
}

bool Javascript::root() {
  return hash_bang() || whitespace() || operation() || punctuation() || name() || number() ||
         string() || take(kPunctuation, literal(":"));
}

bool Javascript::hash_bang() {
  if (!is(kSpace | "#")) return false;
  const std::size_t gap = run_within(kGapBytesMax, kSpace);
  const std::size_t size = literal("#!", gap) > 0 ? gap + line(gap) : 0;
  return size > 0 && !ends(size) && take(kCommentPreprocessor, size + 1) &&
         push(ScriptState::kStatement);
}

bool Javascript::whitespace() {
  return take(kText, run(kSpace)) || take(kComment, literal("<!--")) ||
         take(kCommentSingle, line_after("//")) ||
         (take(kCommentMultiline, literal("/*")) && push(ScriptState::kComment));
}

bool Javascript::operation() {
  const bool is_continued = peek() == '\\' && peek(1) == '\n';
  const std::size_t merge = literal("??") > 0 ? 2 + literal("=", 2) : 0;
  if (is_typed_ && take(kPunctuation, literal("?."))) return true;
  if (is_typed_ && take(kOperator, literal("??"))) return true;
  return take(kOperator,
              merge > 0      ? merge
              : is_continued ? 1
                             : one(kOperators)) &&
         push(ScriptState::kExpression);
}

bool Javascript::punctuation() {
  if (take(kPunctuation, one(CharSet("([,")))) return push(ScriptState::kExpression);
  if (take(kPunctuation, one(CharSet(";")))) return push(ScriptState::kStatement);
  if (take(kPunctuation, one(CharSet(")].")))) return true;
  if (take(kStringDouble, literal("`"))) return push(ScriptState::kTemplate);
  if (take(kPunctuation, literal("?."))) return true;
  if (take(kPunctuation, literal("?"))) {
    return push(ScriptState::kTernary) && push(ScriptState::kExpression);
  }
  if (peek() == '@') {
    return take_all({{kPunctuation, 1}, {kNameDecorator, run(kWord, 1)}}) &&
           push(ScriptState::kExpression);
  }
  return take(kPunctuation, one(CharSet("{}"))) && push(ScriptState::kStatement);
}

bool Javascript::name() {
  const std::size_t size = head_and(kHead, kTail);
  if (size == 0) return false;
  const std::string_view word = view(size);
  if (is_typed_ ? kTypedKeywords.has(word) : kScriptKeywords.has(word)) {
    return take(kKeyword, size) && push(ScriptState::kExpression);
  }
  if (is_typed_ ? kTypedDeclarations.has(word) : kScriptDeclarations.has(word)) {
    return take(kKeywordDeclaration, size) && push(ScriptState::kExpression);
  }
  if (is_typed_ ? kTypedReserved.has(word) : kScriptReserved.has(word)) {
    return take(kKeywordReserved, size);
  }
  if (kScriptConstants.has(word)) return take(kKeywordConstant, size);
  const bool is_builtin = is_typed_ ? kTypedBuiltins.has(word) : kScriptBuiltins.has(word);
  return take(is_builtin ? kNameBuiltin : kNameOther, size);
}

std::size_t Javascript::prefixed(char letter, const CharSet& digits, const CharSet& more) const {
  if (peek() != '0' || (peek(1) | 0x20) != letter) return 0;
  const std::size_t size = head_and(digits, more, 2);
  return size > 0 ? 2 + size : 0;
}

bool Javascript::number() {
  const std::size_t whole = run(kDigits);
  if (whole == 0) return false;
  const std::size_t part = fraction();
  if (part > 0) return take(kNumberFloat, part + one(CharSet("fd"), part));
  return take(kNumberHex, prefixed('x', kHexDigits, kHexDigits)) ||
         take(kNumberOctal, prefixed('o', kOctalDigits, kOctalDigits | "_")) ||
         take(kNumberBinary, prefixed('b', CharSet("01"), CharSet("01_"))) ||
         take(kNumberInteger, whole);
}

bool Javascript::string() {
  return (take(kStringDelimiter, literal("\"")) && push(ScriptState::kDoubleQuoted)) ||
         (take(kStringDelimiter, literal("'")) && push(ScriptState::kSingleQuoted));
}

bool Javascript::expression() {
  return dialect_expression() || whitespace() ||
         (take(kStringRegex, literal("/")) && go_to(ScriptState::kRegex)) ||
         (take(kPunctuation, literal("{")) && go_to(ScriptState::kObject)) || pop();
}

// A name before a colon.
bool Javascript::label(Token token, bool is_optional) {
  const std::size_t size = head_and(kHead, kTail);
  if (size == 0) return false;
  const std::size_t mark = is_optional ? literal("?", size) : 0;
  const std::size_t gap = run(kSpace, size + mark);
  return peek(size + mark + gap) == ':' &&
         take_all({{token, size}, {kPunctuation, mark}, {kText, gap}, {kPunctuation, 1}});
}

bool Javascript::statement() {
  if (is_typed_ && label(kNameLabel, true)) return push(ScriptState::kExpression);
  return (take(kKeyword, whole_word("case")) && go_to(ScriptState::kExpression)) ||
         label(kNameLabel, false) || expression();
}

bool Javascript::object() {
  return whitespace() || (take(kPunctuation, literal("{")) && push(ScriptState::kObject)) ||
         (take(kPunctuation, literal("}")) && go_to(ScriptState::kStatement)) ||
         (label(kNameAttribute, false) && push(ScriptState::kExpression)) ||
         take(kPunctuation, literal(":")) || root();
}

// A character before a line feed: the regular expression was none.
std::size_t Javascript::last_of_line() const {
  const std::size_t size = peek() == '/' ? 0 : character();
  return size > 0 && peek(size) == '\n' ? size + 1 : 0;
}

std::size_t Javascript::escape() const {
  const std::size_t size = peek() == '\\' ? character_in_line(1) : 0;
  return size > 0 ? 1 + size : 0;
}

bool Javascript::regex() {
  if (take(kStringRegex, literal("/"))) return go_to(ScriptState::kRegexFlags);
  if (take(kError, last_of_line()) || take(kError, literal("\n"))) return pop();
  if (take(kStringEscape, literal("[^")) || take(kStringEscape, literal("["))) {
    return push(ScriptState::kRegexSet);
  }
  const bool is_group = literal("(?") > 0 && is(CharSet(":=<!"), 2);
  const std::size_t count = peek() == '{' ? run_within(kCountBytesMax, kDigits | ",", 1) : 0;
  return take(kStringEscape, escape()) || take(kStringEscape, is_group ? 3 : 0) ||
         take(kStringEscape, count > 0 && peek(1 + count) == '}' ? count + 2 : 0) ||
         take(kStringEscape, one(CharSet("()?"))) || take(kStringRegex, character_in_line());
}

bool Javascript::regex_set() {
  return take(kStringEscape, literal("/")) || (take(kError, last_of_line()) && pop(2)) ||
         (take(kStringEscape, literal("]")) && pop()) || take(kStringEscape, escape()) ||
         take(kStringRegex, character_in_line());
}

bool Javascript::quoted_by(char quote, Token token) {
  if (peek() == '\\') {
    return take(kStringEscape, peek(1) == quote || is(CharSet("\\nrt"), 1) ? 2 : 1);
  }
  return take(token, until(quote == '"' ? CharSet("\\\"") : CharSet("\\'"))) ||
         (take(kStringDelimiter, 1) && pop());
}

bool Javascript::template_string() {
  return (take(kPunctuation, literal("${")) && push(ScriptState::kTemplateExpression)) ||
         (take(kStringDouble, literal("`")) && pop()) ||
         take(kStringEscape, literal("\\$") + literal("\\`")) ||
         take(kStringDouble, until(CharSet("$`\\"))) || take(kStringDouble, 1);
}

std::unique_ptr<Lexer> make_javascript() { return std::make_unique<Javascript>(false); }
std::unique_ptr<Lexer> make_typescript() { return std::make_unique<Javascript>(true); }

}  // namespace stet::highlight
