#include "cms/highlight/lexers/ruby_like.h"

#include "cms/highlight/lexers/ruby_words.h"

namespace stet::highlight {
namespace {

using enum Token;

constexpr CharSet kLowerHead = kLower | "_";
constexpr CharSet kInline{" \t\r"};
constexpr CharSet kSigilLetters{"rqswQWxiI"};
constexpr CharSet kEscapes{"\\abefnrstv#\"'"};
constexpr CharSet kSpecialVariables{"!@&`'+~=/\\,;.<>_*$?:\""};
constexpr CharSet kOperatorMethods{"*%&^`~+,-./[<>="};
constexpr CharSet kRegexFlags{"mixounse"};

}  // namespace

void RubyLike::reset() {
  StateLexer::reset();
  push(State::kExpression);
  heredocs_.clear();
  sigils_.clear();
}

void RubyLike::read() {
  has_no_comment_end_ = false;
  StateLexer::read();
}

bool RubyLike::step() {
  switch (state()) {
    case State::kRoot: return root();
    case State::kExpression: return expression();
    case State::kCall: return call();
    case State::kSpacedCall: return spaced_call();
    case State::kFunctionName: return function_name();
    case State::kClassName: return class_name();
    case State::kDefinition: return definition();
    case State::kTernary: return ternary();
    case State::kInterpolation:
      return (take(kStringInterpolation, literal("}")) && pop()) || root();
    case State::kSigil: return sigil();
    case State::kDoubleQuoted: return double_quoted(kStringDouble, '"');
    case State::kQuotedSymbol: return double_quoted(kStringSymbol, '"');
    case State::kBacktick: return double_quoted(kStringBacktick, '`');
    case State::kRegex: return regex();
    case State::kRegexFlags: return pop() && (take(kStringRegex, run(kRegexFlags)) || true);
    case State::kHeredocWaits: return peek() == '\n' ? go_to(State::kHeredoc) : root();
    case State::kHeredoc: return heredoc();
    case State::kHeredocLine: return heredoc_line();
    case State::kEndPart: return take(kCommentPreprocessor, rest().size());
    case State::kOutput:
    case State::kOutputError:
    case State::kOutputObject: break;
  }
  return false;
}

bool RubyLike::whitespace() {
  return take(kText, run(kInline)) ||
         (peek() == '\n' && take(kText, run(kSpace)) && push(State::kExpression)) ||
         take(kCommentSingle, line_after("#")) || take(kCommentMultiline, block_comment());
}

std::size_t RubyLike::block_comment() {
  if (has_no_comment_end_ || whole_word("=begin") == 0) return 0;
  std::size_t end = through("\n=end");
  while (end > 0 && !ends_word(end)) end = through("\n=end", end);
  has_no_comment_end_ = end == 0;
  return end;
}

std::size_t RubyLike::prefixed(std::string_view prefix, const CharSet& set) const {
  const std::size_t begin = literal(prefix);
  const std::size_t size = begin > 0 ? grouped(set, '_', begin) : 0;
  return size > 0 ? begin + size : 0;
}

bool RubyLike::variable() {
  const std::size_t shared = literal("@@") ? head_and(kNameHead, kWord, 2) : 0;
  if (shared > 0) return take(kNameVariableClass, 2 + shared);
  const std::size_t own = peek() == '@' ? head_and(kNameHead, kWord, 1) : 0;
  if (own > 0) return take(kNameVariableInstance, 1 + own);
  if (peek() != '$') return false;
  const std::size_t word = run(kWord, 1);
  if (word > 0) return take(kNameVariableGlobal, 1 + word);
  if (is(kSpecialVariables, 1)) return take(kNameVariableGlobal, 2);
  return peek(1) == '-' && is(CharSet("0adFiIlpvw"), 2) && take(kNameVariableGlobal, 3);
}

bool RubyLike::symbol() {
  if (peek() == ':') {
    const std::size_t sigils = run_within(2, CharSet("@"), 1);
    const std::size_t name = head_and(kNameHead, kWord, 1 + sigils);
    if (name > 0) {
      return take(kStringSymbol, 1 + sigils + name + one(kCallMarks, 1 + sigils + name));
    }
    const std::size_t quotes = quoted('\'', 1);
    return take(kStringSymbol, operator_symbol()) ||
           take(kStringSymbol, quotes > 0 ? 1 + quotes : 0) ||
           (take(kStringSymbol, literal(":\"")) && push(State::kQuotedSymbol));
  }
  // A key of a hash, and the blanks behind it.
  std::size_t key = head_and(kLowerHead, kWord);
  if (key == 0) return false;
  key += one(kCallMarks, key);
  const std::size_t gap = peek(key) == ':' ? run(kSpace, key + 1) : 0;
  return gap > 0 && take(kStringSymbol, key + 1 + gap) && push(State::kExpression);
}

bool RubyLike::name() {
  const std::size_t dots = run_within(3, CharSet("."));
  if (dots > 1) return take(kOperator, dots) && push(State::kExpression);
  if (take(kNameConstant, head_and(kUpper, kWord))) return push(State::kCall);
  if (dots == 1) {
    const std::size_t gap = run(kSpace, 1);
    std::size_t method = head_and(kLowerHead, kWord, 1 + gap);
    method += method > 0 ? one(kCallMarks, 1 + gap + method) : one(kOperatorMethods, 1 + gap);
    return method > 0 && take_all({{kPunctuation, 1}, {kText, gap}, {kNameFunction, method}}) &&
           push(State::kCall);
  }
  const std::size_t word = head_and(kNameHead, kWord);
  const bool is_marked = word > 0 && is(kCallMarks, word);
  return take(kName, word + (is_marked ? 1 : 0)) &&
         push(is_marked ? State::kExpression : State::kCall);
}

bool RubyLike::module_name(std::size_t size) {
  const std::size_t gap = run(kSpace, size);
  std::size_t path = gap > 0 ? head_and(kNameHead, kWord, size + gap) : 0;
  if (path == 0) return false;
  while (literal("::", size + gap + path) > 0 && is(kNameHead, size + gap + path + 2)) {
    path += 2 + run(kWord, size + gap + path + 2);
  }
  return take_all({{kKeyword, size}, {kText, gap}, {kNameNamespace, path}});
}

bool RubyLike::heredoc_start() {
  if (literal("<<") == 0) return false;
  const std::size_t mark = 2 + one(CharSet("-~"), 2);
  const std::size_t quote = one(CharSet("\"`'"), mark);
  const std::size_t name = head_and(kNameHead, kWord, mark + quote);
  const std::size_t size = quote + name + quote;
  const bool is_closed = quote == 0 || peek(mark + quote + name) == peek(mark);
  const bool is_named = name > 0 || (quote > 0 && peek(mark) != '`');
  if (!is_closed || !is_named) return false;
  heredocs_.push_back({std::string(view(name, mark + quote)), mark == 3});
  take_all({{kOperator, mark}, {kNameConstant, size}});
  return state() == State::kHeredocWaits || push(State::kHeredocWaits);
}

std::size_t RubyLike::escape(std::size_t from) const {
  if (peek(from) != '\\') return 0;
  if (is(kEscapes, from + 1)) return 2;
  if (peek(from + 1) == 'x' && is(kHexDigits, from + 2)) {
    return 3 + one(kHexDigits, from + 3);
  }
  const std::size_t octal = run_within(3, kOctalDigits, from + 1);
  return octal > 0 ? 1 + octal : 0;
}

std::size_t RubyLike::character_literal() const {
  if (peek() != '?') return 0;
  std::size_t size = 1;
  while (literal("\\M-", size) > 0 || literal("\\C-", size) > 0) size += 3;
  const std::size_t escaped = escape(size);
  if (escaped > 0 && !is(kWord, size + escaped)) return size + escaped;
  if (ends(size) || is(kSpace, size)) return 0;
  size += character(size);
  return is(kWord, size) ? 0 : size;
}

// "% word ": one blank on either side.
bool RubyLike::blank_string() {
  const std::size_t gap = run(kSpace);
  if (peek(gap) != '%') return false;
  std::size_t size = 1 + one(kSigilLetters, gap + 1);
  if (peek(gap + size) != ' ') return false;
  size += 1 + until(kSpace, gap + size + 1);
  if (peek(gap + size) != ' ') return false;
  take(kText, gap);
  return take(kStringOther, size + 1);
}

bool RubyLike::expression() {
  return take(kText, run(kInline)) || (take(kStringRegex, literal("/")) && go_to(State::kRegex)) ||
         (take(kStringChar, character_literal()) && pop()) || (blank_string() && pop()) ||
         sigil_start() || pop();
}

bool RubyLike::call() {
  if (take(kOperator, one(traits_.divisions))) return go_to(State::kExpression);
  return peek() == '\n' ? pop() : go_to(State::kSpacedCall);
}

bool RubyLike::spaced_call() {
  if (whitespace()) return true;
  if (is(CharSet("%/")) && peek(1) == '=') {
    return take(kOperator, 2) && go_to(State::kExpression);
  }
  if (peek() == '/' && !ends(1) && (!is(kSpace, 1) || peek(1 + run(kSpace, 1)) == '/')) {
    return take(kStringRegex, 1) && go_to(State::kRegex);
  }
  return sigil_start() || pop();
}

bool RubyLike::sigil_start() {
  if (peek() != '%') return false;
  const std::size_t letter = one(kSigilLetters, 1);
  if (ends(1 + letter) || is(traits_.no_sigil, 1 + letter)) return false;
  const char open = peek(1 + letter);
  const char close = open == '{' ? '}' : open == '[' ? ']' : open == '(' ? ')' : open;
  Sigil sigil{.open = open,
              .close = open == '<' ? '>' : close,
              .token = kStringOther,
              .is_interpolated = letter > 0 && CharSet("rQWxI").has(peek(1)),
              .ends = CharSet("#\\")};
  sigil.ends = sigil.ends | CharSet::of({&sigil.open, 1}) | CharSet::of({&sigil.close, 1});
  if (letter > 0 && peek(1) == 'r') {
    sigil.token = kStringRegex;
    push(State::kRegexFlags);
  }
  sigils_.push_back(sigil);
  return take(sigil.token, 2 + letter) && push(State::kSigil);
}

bool RubyLike::sigil() {
  const Sigil now = sigils_.back();
  const char next = peek(1);
  if (peek() == '\\' && (next == '#' || next == '\\' || next == now.open || next == now.close)) {
    return take(kStringEscape, 2);
  }
  if (peek() == now.open && now.open != now.close) {
    sigils_.push_back(now);
    return take(now.token, 1) && push(State::kSigil);
  }
  if (peek() == now.close) {
    sigils_.pop_back();
    return take(now.token, 1) && pop();
  }
  if (now.is_interpolated && interpolation(true)) return true;
  const std::size_t plain = until(now.ends);
  if (plain > 0) return take(now.token, plain);
  return (peek() == '#' || !now.is_interpolated) && take(now.token, 1);
}

bool RubyLike::interpolation(bool has_escapes) {
  if (take(kStringInterpolation, literal("#{"))) return push(State::kInterpolation);
  if (peek() == '#') {
    const std::size_t sigil = literal("@@", 1) + literal("$", 1);
    const std::size_t mark = sigil > 0 ? sigil : literal("@", 1);
    const std::size_t name = mark > 0 ? head_and(kNameHead, kWord, 1 + mark) : 0;
    return name > 0 && take(kStringInterpolation, 1 + mark + name);
  }
  if (!has_escapes || peek() != '\\') return false;
  if (take(kStringEscape, unicode_escape(0))) return true;
  const std::size_t escaped = escape(0);
  const std::size_t any = character_in_line(1);
  return take(kStringEscape, escaped > 0 ? escaped : any > 0 ? 1 + any : 0);
}

bool RubyLike::double_quoted(Token token, char quote) {
  if (interpolation(true)) return true;
  const std::size_t plain = until(quote == '"' ? CharSet("\"#\\") : CharSet("`#\\"));
  if (take(token, plain) || take(token, one(CharSet("#\\")))) return true;
  return take(token, 1) && pop();
}

bool RubyLike::regex() {
  if (interpolation(false)) return true;
  if (peek() == '\\') return take(kStringRegex, is(CharSet("\\/"), 1) ? 2 : 1);
  if (take(kStringRegex, until(CharSet("\\/#"))) || take(kStringRegex, literal("#"))) return true;
  return take(kStringRegex, 1) && go_to(State::kRegexFlags);
}

bool RubyLike::heredoc() {
  if (interpolation(true)) return true;
  if (take(kStringHeredoc, literal("\n"))) return push(State::kHeredocLine);
  return take(kStringHeredoc, until(CharSet("#\\\n"))) || take(kStringHeredoc, 1);
}

bool RubyLike::heredoc_line() {
  pop();
  const std::size_t size = until(CharSet("#\\\n"));
  if (!ends_line(size)) return true;
  std::string_view line = view(size);
  while (!line.empty() && kSpace.has(line.back())) line.remove_suffix(1);
  const bool is_indented = !heredocs_.empty() && heredocs_.front().is_indented;
  while (is_indented && !line.empty() && kSpace.has(line.front())) line.remove_prefix(1);
  if (heredocs_.empty() || line != heredocs_.front().name) {
    take(kStringHeredoc, size);
    return true;
  }
  heredocs_.pop_front();
  if (heredocs_.empty()) pop();
  take(kNameConstant, size);
  return true;
}

std::size_t RubyLike::method_name(std::size_t from) const {
  const std::size_t name = head_and(kNameHead, kWord, from);
  if (name > 0) return name + one(kCallMarks, from + name);
  return first_of(kRubyOperatorMethods, from);
}

bool RubyLike::function_name() {
  if (take(kText, run(kSpace))) return true;
  if (take(kPunctuation, literal("("))) return push(State::kDefinition);
  const std::size_t owner = head_and(kNameHead, kWord);
  const std::size_t method = owner > 0 && peek(owner) == '.' ? method_name(owner + 1) : 0;
  pop();
  if (method > 0) return take_all({{kNameClass, owner}, {kOperator, 1}, {kNameFunction, method}});
  return take(kNameFunction, method_name(0)) || true;
}

bool RubyLike::definition() {
  if (take(kPunctuation, literal(")"))) {
    take(kOperator, literal("::") + literal("."));
    return pop();
  }
  if (take(kPunctuation, literal("("))) {
    return push(State::kDefinition) && push(State::kExpression);
  }
  return root();
}

}  // namespace stet::highlight
