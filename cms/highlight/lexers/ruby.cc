#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/ruby_like.h"
#include "cms/highlight/lexers/ruby_words.h"

namespace stet::highlight {
namespace {

using enum Token;

constexpr CharSet kOperators{"*<>=!&|.-+/%^~"};

class Ruby final : public RubyLike {
 public:
  explicit Ruby(bool is_output)
      : RubyLike({.divisions = CharSet("/%"), .no_sigil = kWord | kSpace | kHigh}),
        is_output_(is_output) {
    start();
  }

  void reset() override {
    RubyLike::reset();
    start();
  }

 protected:
  bool step() override {
    switch (state()) {
      case State::kOutput: return output();
      case State::kOutputError: return take(kGenericError, output_line()) || output();
      case State::kOutputObject: return (take(kKeywordType, literal(">")) && pop()) || root();
      default: return RubyLike::step();
    }
  }

  bool root() override {
    return (is_output_ && take(kKeywordType, literal("#<")) && push(State::kOutputObject)) ||
           whitespace() ||
           (take(kCommentPreprocessor, literal("__END__")) && push(State::kEndPart)) || number() ||
           variable() || take(kOperator, literal("::")) || symbol() || string() || keyword() ||
           builtin() || heredoc_start() || name() || operation();
  }

  bool class_name() override {
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

  bool ternary() override {
    if (peek() == ':') {
      const std::size_t gap = run(kSpace, 1);
      if (gap > 0) return take_all({{kPunctuation, 1}, {kText, gap}}) && go_to(State::kExpression);
      const std::size_t ahead = 1 + until(CharSet("#\n:\\"), 1);
      if (!is(CharSet(":\\"), ahead)) return take(kPunctuation, 1) && go_to(State::kExpression);
    }
    return root();
  }

  std::size_t operator_symbol() const override { return first_of(kRubyOperatorSymbols); }

 private:
  void start() {
    if (is_output_) push(State::kOutput);
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
    if (word == "module") return module_name(size);
    if (word != "def" && word != "class") return false;
    return take_all({{kKeyword, size}, {kText, run(kSpace, size)}}) &&
           push(word == "def" ? State::kFunctionName : State::kClassName);
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

  bool operation() {
    return (take(kOperator, one(kOperators)) && push(State::kExpression)) ||
           (take(kPunctuation, literal("?")) && push(State::kTernary) &&
            push(State::kExpression)) ||
           (take(kPunctuation, one(CharSet("[({,:\\;"))) && push(State::kExpression)) ||
           take(kPunctuation, one(CharSet("])}")));
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

  const bool is_output_;
};

}  // namespace

std::unique_ptr<Lexer> make_ruby() { return std::make_unique<Ruby>(false); }
std::unique_ptr<Lexer> make_irb_output() { return std::make_unique<Ruby>(true); }

}  // namespace stet::highlight
