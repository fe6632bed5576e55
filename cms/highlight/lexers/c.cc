#include "cms/highlight/lexers/c.h"

#include <memory>
#include <string_view>

#include "cms/highlight/lexers/c_words.h"
#include "cms/highlight/lexers/lexers.h"

namespace stet::highlight {
namespace {

using enum Token;

// Of the parameters of a function, and what follows them.
constexpr std::size_t kSignatureBytesMax = 4096;
constexpr std::size_t kGapBytesMax = 1024;
constexpr int kNestingMax = 4;

constexpr CharSet kOperators{"~!%^&*+=|?:<>/-"};
constexpr CharSet kPunctuationMarks{"()[],.;"};
constexpr CharSet kReturnType = kWord | kSpace | "*";

}  // namespace

void C::read() {
  words_until_ = 0;
  failed_at_ = 0;
  Code::read();
}

bool C::step() {
  switch (state()) {
    case CState::kRoot: return root();
    case CState::kLineStart: return take(kNameLabel, label()) || line_start();
    case CState::kLineStartInRoot: return line_start();
    case CState::kFunction:
      return statement() || (take(kPunctuation, literal("{")) && push(CState::kFunction)) ||
             (take(kPunctuation, literal("}")) && pop());
    case CState::kCase:
      return (ends_case() && take(kPunctuation, literal(":")) && pop()) || statement();
    case CState::kString: return string();
    case CState::kMacro: return macro();
    case CState::kDisabled: return disabled();
    default: return dialect_step();
  }
}

bool C::hand_fresh(std::size_t size) {
  if (size == 0 || nesting_ >= kNestingMax) return take(kText, size);
  return hand(*fresh(), size);
}

bool C::blanks() {
  return take(kText, run(CharSet(" \t\r"))) || take(kText, literal("\\\n")) ||
         take(kCommentMultiline, spliced_comment());
}

bool C::whitespace() {
  return (take(kText, run(kLineFeed)) && push(CState::kLineStart)) ||
         (take(kCommentSingle, line_after("//")) && push(CState::kLineStart)) || blanks();
}

std::size_t C::label() const {
  const std::size_t size = ascii_word();
  return size > 0 && peek(size) == ':' && peek(size + 1) != ':' ? size + 1 : 0;
}

bool C::line_start() {
  if (blanks()) return true;
  if (literal("#if") > 0 && is(kSpace, 3) && peek(4) == '0') {
    return take(kComment, 5) && push(CState::kDisabled);
  }
  return (take(kCommentPreprocessor, literal("#")) && push(CState::kMacro)) || pop();
}

bool C::root() {
  if (dialect_root()) return true;
  if (take(kText, run(kLineFeed))) return push(CState::kLineStartInRoot);
  return whitespace() || function() ||
         (take(kPunctuation, literal("{")) && push(CState::kFunction)) || statement();
}

// Blanks and comments between parentheses and what follows.
std::size_t C::gap(std::size_t from) const {
  std::size_t end = from;
  for (;;) {
    const std::size_t before = end;
    end += run(kSpace, end);
    if (literal("//", end) > 0) end += line(end);
    if (literal("/*", end) > 0) {
      std::string_view rest = view(kSignatureBytesMax, end);
      rest = rest.substr(0, rest.find('\n'));
      const std::size_t close = rest.find("*/", 2);
      if (close == rest.npos) return end - from;
      end += close + 2;
    }
    if (end == before || end > kSignatureBytesMax) return end - from;
  }
}

// From `open` to the parenthesis that a brace or a semicolon follows; 0 without one.
std::size_t C::signature(std::size_t open) const {
  for (std::size_t at = open + 1; at < open + kSignatureBytesMax && !ends(at); ++at) {
    if (peek(at) == ';') return 0;
    if (peek(at) != ')') continue;
    if (is(CharSet("{;"), at + 1 + gap(at + 1))) return at + 1;
  }
  return 0;
}

// A type, a name, parameters, and a body or a semicolon.
bool C::function() {
  if (words_until_ <= place()) words_until_ = place() + run(kReturnType);
  const std::size_t open = words_until_ - place();
  if (open < 3 || peek(open) != '(' || failed_at_ == words_until_) return false;
  failed_at_ = words_until_;
  std::size_t end = open;
  while (end > 0 && is(kSpace, end - 1)) --end;
  std::size_t begin = end;
  while (begin > 0 && is(kWord, begin - 1)) --begin;
  if (begin < 2 || begin == end || is(kDigits, begin)) return false;
  const std::size_t close = signature(open);
  if (close == 0 || nesting_ >= kNestingMax) return false;
  const std::size_t behind = gap(close);
  hand_fresh(begin);
  take(kNameFunction, end - begin);
  hand_fresh(close - end);
  hand_fresh(behind);
  const bool has_body = peek() == '{';
  return take(kPunctuation, 1) && (!has_body || push(CState::kFunction));
}

std::size_t C::prefix() const {
  const std::size_t narrow = literal("u8");
  return narrow > 0 ? narrow : one(CharSet("uUL"));
}

std::size_t C::character_literal() const {
  const std::size_t quote = is(CharSet("'"))             ? 0
                            : literal_any_case("u8") > 0 ? 2
                                                         : one(CharSet("uUlL"));
  if (peek(quote) != '\'') return 0;
  const std::size_t begin = quote + 1;
  if (peek(begin) != '\\') {
    const std::size_t size = peek(begin) == '\'' ? 0 : character_in_line(begin);
    return size > 0 && peek(begin + size) == '\'' ? begin + size + 1 : 0;
  }
  const std::size_t octal = 1 + run_within(3, kOctalDigits, begin + 1);
  const std::size_t hex =
      (peek(begin + 1) | 0x20) == 'x' ? 2 + run_within(2, kHexDigits, begin + 2) : 0;
  const std::size_t any = 1 + character_in_line(begin + 1);
  for (const std::size_t size : {any, octal, hex}) {
    if (size > 1 && peek(begin + size) == '\'') return begin + size + 1;
  }
  return 0;
}

bool C::number() {
  const std::size_t whole = run(kDigits);
  const bool has_point = peek(whole) == '.';
  const std::size_t part = has_point ? run(kDigits, whole + 1) : 0;
  if (whole + part == 0) return false;
  const std::size_t size = has_point ? whole + 1 + part : whole;
  const std::size_t power = exponent(size);
  if (power > 0) return take(kNumberFloat, size + power + run(kSuffix, size + power));
  if (whole == 0) return false;
  const std::size_t hex = based('x', kHexDigits);
  if (hex > 0) return take(kNumberHex, hex + run(kSuffix, hex));
  const std::size_t octal = peek() == '0' ? run(kOctalDigits, 1) : 0;
  if (octal > 0) return take(kNumberOctal, 1 + octal + run(kSuffix, 1 + octal));
  return take(kNumberInteger, whole + run(kSuffix, whole));
}

bool C::statement() {
  if (dialect_statement() || whitespace()) return true;
  const std::size_t quote = prefix();
  if (peek(quote) == '"') return take(kString, quote + 1) && push(CState::kString);
  return take(kStringChar, character_literal()) || number() || take(kError, literal("*/")) ||
         take(kOperator, one(kOperators)) || take(kPunctuation, one(kPunctuationMarks)) || name();
}

bool C::name() {
  const std::size_t size = ascii_word();
  const std::string_view word = view(size);
  if (word == "case") return take(kKeyword, size) && push(CState::kCase);
  const bool is_builtin = word == "true" || word == "false" || word == "NULL";
  return take(is_builtin ? kNameBuiltin : kind_of(word), size);
}

Token C::kind_of(std::string_view word) const {
  if (kCKeywords.has(word)) return kKeyword;
  if (kCTypes.has(word)) return kKeywordType;
  return kCReserved.has(word) ? kKeywordReserved : kName;
}

std::size_t C::escape() const {
  if (peek() != '\\') return 0;
  if (is(CharSet("\\abfnrtv\"'"), 1)) return 2;
  const std::size_t hex = peek(1) == 'x' ? run_within(4, kHexDigits, 2) : 0;
  if (hex > 1) return 2 + hex;
  const std::size_t octal = run_within(3, kOctalDigits, 1);
  return octal > 0 ? 1 + octal : 0;
}

bool C::string() {
  return (take(kString, literal("\"")) && pop()) || take(kStringEscape, escape()) ||
         take(kString, until(CharSet("\\\"\n"))) || take(kString, literal("\\\n")) ||
         take(kString, literal("\\"));
}

bool C::include() {
  if (literal("include") == 0) return false;
  const std::size_t blank = run(kSpace, 7);
  const std::size_t open = 7 + blank;
  std::size_t end = 0;
  if (peek(open) == '<') end = through(">", open + 1);
  if (peek(open) == '"') end = through("\"", open + 1);
  return end > open + 2 && take_all({{kCommentPreprocessor, 7},
                                     {kText, blank},
                                     {kCommentPreprocessorFile, end - open},
                                     {kCommentSingle, line(end)}});
}

bool C::macro() {
  if (include() || take(kCommentPreprocessor, until(CharSet("/\n\\")))) return true;
  if (peek() == '\\') {
    const std::size_t size = character(1);
    return take(kCommentPreprocessor, size > 0 ? 1 + size : 0);
  }
  return blanks() || take(kCommentPreprocessor, literal("/")) ||
         (take(kCommentPreprocessor, 1) && pop());
}

// What #if 0 switches off.
bool C::disabled() {
  if (at_line_start()) {
    const std::size_t mark = run_within(kGapBytesMax, kSpace);
    if (literal("#if", mark) > 0) return take(kComment, mark + 3) && push(CState::kDisabled);
    const std::size_t word = mark + 1 + run(kSpace, mark + 1);
    const std::size_t other = literal("else", word) + literal("elif", word);
    if (peek(mark) == '#' && other > 0) return take(kComment, word + other) && pop();
    if (peek(mark) == '#' && whole_word("endif", word) > 0) {
      std::size_t end = word + line(word);
      while (!ends(end) && peek(end - 1) == '\\') end += 1 + line(end + 1);
      if (!ends(end)) return take(kComment, end + 1) && pop();
    }
  }
  return !ends(line()) && take(kComment, line() + 1);
}

std::unique_ptr<Lexer> make_c() { return std::make_unique<C>(0); }

}  // namespace stet::highlight
