#include "cms/highlight/lexers/crystal_words.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/ruby_like.h"

namespace stet::highlight {
namespace {

using enum Token;

class Crystal final : public RubyLike {
 public:
  Crystal() : RubyLike({.divisions = CharSet("/"), .no_sigil = kWord | kSpace | kHigh | "}"}) {}

 protected:
  bool root() override {
    return whitespace() ||
           (take(kCommentPreprocessor, literal("__END__")) && push(State::kEndPart)) || number() ||
           annotation() || variable() || take(kOperator, literal("::")) || symbol() || string() ||
           keyword() || builtin() || heredoc_start() || name() || operation();
  }

  bool class_name() override {
    if (take(kText, run(kSpace))) return true;
    if (take(kPunctuation, literal("("))) {
      return push(State::kDefinition) && push(State::kExpression);
    }
    if (take(kOperator, literal("<<"))) return go_to(State::kExpression);
    pop();
    return take(kNameClass, head_and(kUpper | "_", kWord)) || true;
  }

  bool ternary() override {
    const bool ends = peek() == ':' && peek(1) != ':';
    return ends ? take(kPunctuation, 1) && go_to(State::kExpression) : root();
  }

  std::size_t operator_symbol() const override { return first_of(kCrystalOperatorSymbols); }

  std::size_t unicode_escape(std::size_t from) override {
    if (literal("\\u", from) == 0) return 0;
    if (peek(from + 2) == '{') {
      const std::size_t end = peek(from + 3) == '}' ? 0 : through("}", from + 3);
      return end > from ? end - from : 0;
    }
    return run_within(4, kHexDigits, from + 2) == 4 ? 6 : 0;
  }

 private:
  bool number() {
    if (!is(kDigits)) return false;
    if (take(kNumberOctal, prefixed("0o", kOctalDigits)) ||
        take(kNumberHex, prefixed("0x", kHexDigits)) ||
        take(kNumberBinary, prefixed("0b", CharSet("01")))) {
      return true;
    }
    const std::size_t whole = run(kDigits);
    const std::size_t part = peek(whole) == '.' ? run(kDigits, whole + 1) : 0;
    const std::size_t size = part > 0 ? whole + 1 + part : whole;
    const std::size_t power = exponent(size);
    // Behind a power a type belongs to a fraction alone.
    const std::size_t type = part > 0 || power == 0 ? literal_any_case("_f32", size + power) : 0;
    if (part + power + type > 0) return take(kNumberFloat, size + power + type);
    const std::size_t digits = grouped(kDigits, '_');
    const std::size_t mark = peek(digits) == '_' ? one(CharSet("iu"), digits + 1) : 0;
    const std::size_t bits = mark > 0 ? run(kDigits, digits + 2) : 0;
    return take(kNumberInteger, digits + (bits > 0 ? 2 + bits : 0));
  }

  // "@[Link("z")]"
  bool annotation() {
    return literal("@[") > 0 && peek(2) != ']' && take(kNameDecorator, through("]", 2));
  }

  bool string() {
    const std::size_t quotes = quoted('\'');
    if (quotes > 2) {
      const std::size_t escaped = character_escape();
      return take(kStringSingle, 1) && (take(kStringEscape, escaped) || true) &&
             take(kStringSingle, quotes - 1 - escaped);
    }
    return take(kStringSingle, quotes) ||
           (take(kStringDouble, literal("\"")) && push(State::kDoubleQuoted)) ||
           (take(kStringBacktick, literal("`")) && push(State::kBacktick));
  }

  // Behind the quote.
  std::size_t character_escape() {
    if (peek(1) != '\\') return 0;
    if (is(CharSet("abefnrtv"), 2)) return 2;
    if (peek(2) == 'u' && peek(3) == '{') {
      const std::size_t digits = run_within(6, kHexDigits, 4);
      return digits > 0 && peek(4 + digits) == '}' ? 4 + digits : 0;
    }
    return unicode_escape(1);
  }

  bool keyword() {
    if (!is(kNameHead)) return false;
    const std::size_t size = run(kWord);
    const std::string_view word = view(size);
    if (kCrystalKeywords.has(word)) return take(kKeyword, size) && push(State::kExpression);
    if (kCrystalPseudoKeywords.has(word)) {
      return take(kKeywordPseudo, size) && push(State::kExpression);
    }
    if (word == "module") return module_name(size);
    // Rouge looks at no more than the first letters of `default`.
    const std::size_t definition = word.starts_with("def") ? 3 : word == "macro" ? 5 : 0;
    if (definition > 0) {
      return take_all({{kKeyword, definition}, {kText, run(kSpace, definition)}}) &&
             push(State::kFunctionName);
    }
    return word == "class" && take_all({{kKeyword, size}, {kText, run(kSpace, size)}}) &&
           push(State::kClassName);
  }

  bool builtin() {
    if (!is(kNameHead)) return false;
    const std::size_t size = run(kWord);
    const std::string_view word = view(size);
    if ((peek(size) == '?' && kCrystalQuestions.has(word)) ||
        (peek(size) == '!' && kCrystalBangs.has(word))) {
      return take(kNameBuiltin, size + 1) && push(State::kExpression);
    }
    return kCrystalBuiltins.has(word) && take(kNameBuiltin, size) && push(State::kCall);
  }

  bool operation() {
    if (take(kOperator, first_of(kCrystalOperators))) return push(State::kExpression);
    if (take(kPunctuation, literal("{%") + literal("%}"))) return true;
    const std::size_t sign = one(CharSet("-+/*%=<>&!^|~"));
    if (take(kOperator, sign > 0 ? 1 + literal("=", 1) : 0)) return push(State::kExpression);
    return (take(kPunctuation, literal("?")) && push(State::kTernary) &&
            push(State::kExpression)) ||
           (take(kPunctuation, one(CharSet("[({,:\\;"))) && push(State::kExpression)) ||
           take(kPunctuation, one(CharSet("])}")));
  }
};

}  // namespace

std::unique_ptr<Lexer> make_crystal() { return std::make_unique<Crystal>(); }

}  // namespace stet::highlight
