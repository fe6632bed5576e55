#include <deque>
#include <string>
#include <vector>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/ruby_words.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

constexpr CharSet kNameHead = kLetters | "_";
constexpr CharSet kLowerHead = kLower | "_";
constexpr CharSet kCallMarks{"!?"};
constexpr CharSet kEscapes{"\\abefnrstv#\"'"};
constexpr CharSet kSpecialVariables{"!@&`'+~=/\\,;.<>_*$?:\""};
constexpr CharSet kOperators{"*<>=!&|.-+/%^~"};
constexpr CharSet kOperatorMethods{"*%&^`~+,-./[<>="};
constexpr CharSet kRegexFlags{"mixounse"};

enum class State {
  kRoot,
  kExpression,  // where a value begins: a slash is a regular expression
  kCall,        // behind a name: a slash is a division unless a blank parts them
  kSpacedCall,
  kFunctionName,
  kClassName,
  kDefinition,  // in the parentheses of parameters
  kTernary,
  kInterpolation,
  kSigil,
  kDoubleQuoted,
  kQuotedSymbol,
  kBacktick,
  kRegex,
  kRegexFlags,
  kHeredocWaits,  // named on this line; its text begins on the next
  kHeredoc,
  kHeredocLine,
  kEndPart,
  kOutput,  // of irb
  kOutputError,
  kOutputObject,
};

// %w[..] and its like.
struct Sigil {
  char open;
  char close;
  Token token;
  bool is_interpolated;
  CharSet ends;  // of text without a meaning
};

struct Heredoc {
  std::string name;
  bool is_indented;
};

class Ruby final : public StateLexer<State> {
 public:
  explicit Ruby(bool is_output) : is_output_(is_output) { start(); }

  void reset() override {
    StateLexer::reset();
    start();
  }

 protected:
  void read() override {
    has_no_comment_end_ = false;
    StateLexer::read();
  }

  bool step() override {
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
      case State::kOutput: return output();
      case State::kOutputError: return take(kGenericError, output_line()) || output();
      case State::kOutputObject: return (take(kKeywordType, literal(">")) && pop()) || root();
    }
    return false;
  }

 private:
  void start() {
    push(State::kExpression);
    if (is_output_) push(State::kOutput);
    heredocs_.clear();
    sigils_.clear();
  }

  bool root() {
    return (is_output_ && take(kKeywordType, literal("#<")) && push(State::kOutputObject)) ||
           whitespace() ||
           (take(kCommentPreprocessor, literal("__END__")) && push(State::kEndPart)) || number() ||
           variable() || take(kOperator, literal("::")) || symbol() || string() || keyword() ||
           builtin() || heredoc_start() || name() || operation();
  }

  bool whitespace() {
    return take(kText, run(kInline)) ||
           (peek() == '\n' && take(kText, run(kSpace)) && push(State::kExpression)) ||
           take(kCommentSingle, line_after("#")) || take(kCommentMultiline, block_comment());
  }

  std::size_t block_comment() {
    if (has_no_comment_end_ || whole_word("=begin") == 0) return 0;
    std::size_t end = through("\n=end");
    while (end > 0 && !ends_word(end)) end = through("\n=end", end);
    has_no_comment_end_ = end == 0;
    return end;
  }

  std::size_t prefixed(std::string_view prefix, const CharSet& set) const {
    const std::size_t begin = literal(prefix);
    const std::size_t size = begin > 0 ? grouped(set, '_', begin) : 0;
    return size > 0 ? begin + size : 0;
  }

  bool number() {
    if (!is(kDigits)) return false;
    const std::size_t octal = prefixed("0_", kOctalDigits);
    if (take(kNumberOctal, octal > 0 ? octal : prefixed("0", kOctalDigits)) ||
        take(kNumberHex, prefixed("0x", kHexDigits)) ||
        take(kNumberBinary, prefixed("0b", CharSet("01")))) {
      return true;
    }
    const std::size_t whole = grouped(kDigits, '_');
    const std::size_t part = peek(whole) == '.' ? grouped(kDigits, '_', whole + 1) : 0;
    const std::size_t size = part > 0 ? whole + 1 + part : whole;
    const std::size_t power = exponent(size);
    return part + power > 0 ? take(kNumberFloat, size + power) : take(kNumberInteger, whole);
  }

  bool variable() {
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

  bool symbol() {
    if (peek() == ':') {
      const std::size_t sigils = run_within(2, CharSet("@"), 1);
      const std::size_t name = head_and(kNameHead, kWord, 1 + sigils);
      if (name > 0) {
        return take(kStringSymbol, 1 + sigils + name + one(kCallMarks, 1 + sigils + name));
      }
      const std::size_t quotes = quoted('\'', 1);
      return take(kStringSymbol, first_of(kRubyOperatorSymbols)) ||
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

  bool string() {
    return take(kStringSingle, quoted('\'')) ||
           (take(kStringDouble, literal("\"")) && push(State::kDoubleQuoted)) ||
           (take(kStringBacktick, literal("`")) && push(State::kBacktick));
  }

  bool keyword() {
    if (!is(kNameHead)) return false;
    const std::size_t size = run(kWord);
    const std::string_view word = view(size);
    if (word == "defined" && peek(size) == '?' && !is(kWord, size + 1)) {
      return take(kKeyword, size + 1) && push(State::kExpression);
    }
    if (kRubyKeywords.has(word)) return take(kKeyword, size) && push(State::kExpression);
    if (kRubyPseudoKeywords.has(word)) {
      return take(kKeywordPseudo, size) && push(State::kExpression);
    }
    const std::size_t gap = run(kSpace, size);
    if (word == "def" || word == "class") {
      return take_all({{kKeyword, size}, {kText, gap}}) &&
             push(word == "def" ? State::kFunctionName : State::kClassName);
    }
    if (word != "module" || gap == 0) return false;
    std::size_t path = head_and(kNameHead, kWord, size + gap);
    if (path == 0) return false;
    while (literal("::", size + gap + path) > 0 && is(kNameHead, size + gap + path + 2)) {
      path += 2 + run(kWord, size + gap + path + 2);
    }
    return take_all({{kKeyword, size}, {kText, gap}, {kNameNamespace, path}});
  }

  bool builtin() {
    if (!is(kNameHead)) return false;
    const std::size_t size = run(kWord);
    const std::string_view word = view(size);
    if ((peek(size) == '?' && kRubyQuestions.has(word)) ||
        (peek(size) == '!' && kRubyBangs.has(word))) {
      return take(kNameBuiltin, size + 1) && push(State::kExpression);
    }
    return kRubyBuiltins.has(word) && take(kNameBuiltin, size) && push(State::kCall);
  }

  bool heredoc_start() {
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

  bool name() {
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

  bool operation() {
    return (take(kOperator, one(kOperators)) && push(State::kExpression)) ||
           (take(kPunctuation, literal("?")) && push(State::kTernary) &&
            push(State::kExpression)) ||
           (take(kPunctuation, one(CharSet("[({,:\\;"))) && push(State::kExpression)) ||
           take(kPunctuation, one(CharSet("])}")));
  }

  std::size_t escape(std::size_t from) const {
    if (peek(from) != '\\') return 0;
    if (is(kEscapes, from + 1)) return 2;
    if (peek(from + 1) == 'x' && is(kHexDigits, from + 2)) {
      return 3 + one(kHexDigits, from + 3);
    }
    const std::size_t octal = run_within(3, kOctalDigits, from + 1);
    return octal > 0 ? 1 + octal : 0;
  }

  std::size_t character_literal() const {
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
  bool blank_string() {
    const std::size_t gap = run(kSpace);
    if (peek(gap) != '%') return false;
    std::size_t size = 1 + one(kSigilLetters, gap + 1);
    if (peek(gap + size) != ' ') return false;
    size += 1 + until(kSpace, gap + size + 1);
    if (peek(gap + size) != ' ') return false;
    take(kText, gap);
    return take(kStringOther, size + 1);
  }

  bool expression() {
    return take(kText, run(kInline)) ||
           (take(kStringRegex, literal("/")) && go_to(State::kRegex)) ||
           (take(kStringChar, character_literal()) && pop()) || (blank_string() && pop()) ||
           sigil_start() || pop();
  }

  bool call() {
    if (take(kOperator, one(CharSet("/%")))) return go_to(State::kExpression);
    return peek() == '\n' ? pop() : go_to(State::kSpacedCall);
  }

  bool spaced_call() {
    if (whitespace()) return true;
    if (is(CharSet("%/")) && peek(1) == '=') {
      return take(kOperator, 2) && go_to(State::kExpression);
    }
    if (peek() == '/' && !ends(1) && (!is(kSpace, 1) || peek(1 + run(kSpace, 1)) == '/')) {
      return take(kStringRegex, 1) && go_to(State::kRegex);
    }
    return sigil_start() || pop();
  }

  bool sigil_start() {
    if (peek() != '%') return false;
    const std::size_t letter = one(kSigilLetters, 1);
    if (ends(1 + letter) || is(kWord | kSpace | kHigh, 1 + letter)) return false;
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

  bool sigil() {
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

  bool interpolation(bool has_escapes) {
    if (take(kStringInterpolation, literal("#{"))) return push(State::kInterpolation);
    if (peek() == '#') {
      const std::size_t sigil = literal("@@", 1) + literal("$", 1);
      const std::size_t mark = sigil > 0 ? sigil : literal("@", 1);
      const std::size_t name = mark > 0 ? head_and(kNameHead, kWord, 1 + mark) : 0;
      return name > 0 && take(kStringInterpolation, 1 + mark + name);
    }
    if (!has_escapes || peek() != '\\') return false;
    const std::size_t escaped = escape(0);
    const std::size_t any = character_in_line(1);
    return take(kStringEscape, escaped > 0 ? escaped : any > 0 ? 1 + any : 0);
  }

  bool double_quoted(Token token, char quote) {
    if (interpolation(true)) return true;
    const std::size_t plain = until(quote == '"' ? CharSet("\"#\\") : CharSet("`#\\"));
    if (take(token, plain) || take(token, one(CharSet("#\\")))) return true;
    return take(token, 1) && pop();
  }

  bool regex() {
    if (interpolation(false)) return true;
    if (peek() == '\\') return take(kStringRegex, is(CharSet("\\/"), 1) ? 2 : 1);
    if (take(kStringRegex, until(CharSet("\\/#"))) || take(kStringRegex, literal("#"))) return true;
    return take(kStringRegex, 1) && go_to(State::kRegexFlags);
  }

  bool heredoc() {
    if (interpolation(true)) return true;
    if (take(kStringHeredoc, literal("\n"))) return push(State::kHeredocLine);
    return take(kStringHeredoc, until(CharSet("#\\\n"))) || take(kStringHeredoc, 1);
  }

  bool heredoc_line() {
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

  std::size_t method_name(std::size_t from) const {
    const std::size_t name = head_and(kNameHead, kWord, from);
    if (name > 0) return name + one(kCallMarks, from + name);
    return first_of(kRubyOperatorMethods, from);
  }

  bool function_name() {
    if (take(kText, run(kSpace))) return true;
    if (take(kPunctuation, literal("("))) return push(State::kDefinition);
    const std::size_t owner = head_and(kNameHead, kWord);
    const std::size_t method = owner > 0 && peek(owner) == '.' ? method_name(owner + 1) : 0;
    pop();
    if (method > 0) return take_all({{kNameClass, owner}, {kOperator, 1}, {kNameFunction, method}});
    return take(kNameFunction, method_name(0)) || true;
  }

  bool class_name() {
    if (take(kText, run(kSpace))) return true;
    std::size_t path = run(kWord);
    const std::size_t first = path;
    while (path > 0 && literal("::", path) > 0 && is(kWord, path + 2)) {
      path += 2 + run(kWord, path + 2);
    }
    if (path > first) return take(kNameClass, path);
    if (take(kPunctuation, literal("("))) {
      return push(State::kDefinition) && push(State::kExpression);
    }
    if (take(kOperator, literal("<<"))) return go_to(State::kExpression);
    pop();
    return take(kNameClass, head_and(kUpper | "_", kWord)) || true;
  }

  bool definition() {
    if (take(kPunctuation, literal(")"))) {
      take(kOperator, literal("::") + literal("."));
      return pop();
    }
    if (take(kPunctuation, literal("("))) {
      return push(State::kDefinition) && push(State::kExpression);
    }
    return root();
  }

  bool ternary() {
    if (peek() == ':') {
      const std::size_t gap = run(kSpace, 1);
      if (gap > 0) return take_all({{kPunctuation, 1}, {kText, gap}}) && go_to(State::kExpression);
      const std::size_t ahead = 1 + until(CharSet("#\n:\\"), 1);
      if (!is(CharSet(":\\"), ahead)) return take(kPunctuation, 1) && go_to(State::kExpression);
    }
    return root();
  }

  // A line that is not empty, and what ends it.
  std::size_t output_line() const { return ends_line() ? 0 : line() + one(kLineFeed, line()); }

  bool output() {
    const std::size_t word = run(kWord);
    const std::string_view name = view(word);
    if (state() == State::kOutput && peek(word) == ':' && !ends_line(word + 1) &&
        ((name.ends_with("Error") && word > 5) || (name.ends_with("Exception") && word > 9))) {
      return take(kGenericError, output_line()) && push(State::kOutputError);
    }
    return (take(kPunctuation, literal("=>")) && pop()) || take(kGenericOutput, output_line());
  }

  static constexpr CharSet kInline{" \t\r"};
  static constexpr CharSet kSigilLetters{"rqswQWxiI"};

  bool is_output_;
  bool has_no_comment_end_ = false;
  std::deque<Heredoc> heredocs_;
  std::vector<Sigil> sigils_;
};

}  // namespace

std::unique_ptr<Lexer> make_ruby() { return std::make_unique<Ruby>(false); }
std::unique_ptr<Lexer> make_irb_output() { return std::make_unique<Ruby>(true); }

}  // namespace stet::highlight
