#include <memory>
#include <string_view>

#include "cms/highlight/lexers/code.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/rust_words.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State {
  kRoot,
  kLineStart,
  kAttribute,
  kMacro,
  kMacroRules,
  kString,
  kComment,
  kDocComment,
};

constexpr CharSet kOperators{"*/!@~&+%^<>=?-"};
constexpr CharSet kGroupedDigits = kDigits | "_";

class Rust final : public StateLexer<State, Code> {
 public:
  Rust() { push(State::kLineStart); }

  void reset() override {
    StateLexer::reset();
    push(State::kLineStart);
    brackets_ = parentheses_ = braces_ = 0;
  }

 protected:
  void read() override {
    raw_marks_ = static_cast<std::size_t>(-1);
    Code::read();
  }

  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kLineStart:
        return whitespace() ||
               take(kCommentSpecial, peek() == '#' && is(kSpace, 1) ? 2 + line(2) : 0) || pop();
      case State::kAttribute:
        return whitespace() || literals() || take(kNameDecorator, one(CharSet("(,)=:"))) ||
               (take(kNameDecorator, literal("]")) && pop()) || take(kNameDecorator, word());
      case State::kMacro: return macro();
      case State::kMacroRules: return macro_rules();
      case State::kString:
        return (take(kString, literal("\"")) && pop()) || take(kStringEscape, escape(0)) ||
               take(kString, until(CharSet("\"\\")));
      case State::kComment: return nested(kCommentMultiline, "/*", "*/");
      case State::kDocComment: return nested(kCommentDoc, "/*", "*/");
    }
    return false;
  }

 private:
  bool whitespace() { return take(kText, run(kSpace)) || comment(); }

  bool comment() {
    if (peek() != '/') return false;
    const bool is_doc = is(CharSet("/!"), 2) && literal("////") == 0;
    if (take(is_doc ? kCommentDoc : kCommentSingle, line_after("//"))) return true;
    if (literal("/**/") > 0) return take(kCommentMultiline, 4);
    if (literal("/***/") > 0) return take(kCommentMultiline, 5);
    if (literal("/***") > 0) {
      return take(kCommentMultiline, 1 + run(CharSet("*"), 1)) && push(State::kComment);
    }
    if (literal("/**") > 0 || literal("/*!") > 0) {
      return take(kCommentDoc, 3) && push(State::kDocComment);
    }
    return take(kCommentMultiline, literal("/*")) && push(State::kComment);
  }

  // \n, \x41, \u{1f600}
  std::size_t escape(std::size_t from) const {
    if (peek(from) != '\\') return 0;
    if (is(CharSet("nrt'\"\\0"), from + 1)) return 2;
    if (peek(from + 1) == 'x') return run_within(2, kHexDigits, from + 2) == 2 ? 4 : 0;
    if (literal("u{", from + 1) == 0 || !is(kHexDigits, from + 3)) return 0;
    std::size_t end = from + 3;
    for (int digits = 0; digits < 6 && is(kHexDigits, end); ++digits) {
      ++end;
      end += run(CharSet("_"), end);
    }
    return peek(end) == '}' ? end + 1 - from : 0;
  }

  bool literals() {
    const std::size_t size = word();
    if (view(size) == "true" || view(size) == "false") return take(kKeywordConstant, size);
    if (take(kStringChar, character_literal())) return true;
    const std::size_t byte = literal("b");
    if (peek(byte) == '"') return take(kString, byte + 1) && push(State::kString);
    return take(kString, raw_string(byte)) || number();
  }

  std::size_t character_literal() const {
    const std::size_t begin = literal("b") + 1;
    if (peek(begin - 1) != '\'') return 0;
    const std::size_t size = peek(begin) == '\\' ? escape(begin) : character(begin);
    return size > 0 && peek(begin + size) == '\'' ? begin + size + 1 : 0;
  }

  std::size_t raw_string(std::size_t from) {
    if (peek(from) != 'r') return 0;
    const std::size_t marks = run(CharSet("#"), from + 1);
    if (peek(from + 1 + marks) != '"' || marks >= raw_marks_) return 0;
    for (std::size_t end = through("\"", from + 2 + marks); end > 0; end = through("\"", end)) {
      if (run_within(marks, CharSet("#"), end) == marks) return end + marks;
    }
    raw_marks_ = marks;
    return 0;
  }

  std::size_t power(std::size_t from) const {
    if (!is(CharSet("eE"), from)) return 0;
    const std::size_t sign = 1 + one(CharSet("+-"), from + 1);
    const std::size_t size = run(kGroupedDigits, from + sign);
    return size > 0 ? sign + size : 0;
  }

  bool number() {
    if (!is(kDigits)) return false;
    const std::size_t whole = run(kGroupedDigits);
    const bool has_part = peek(whole) == '.' && is(kDigits, whole + 1);
    std::size_t size = has_part ? whole + 1 + run(kGroupedDigits, whole + 1) : whole;
    const std::size_t exponent = power(size);
    size += exponent;
    const std::size_t type = literal("f32", size) + literal("f64", size);
    if (has_part || exponent > 0 || type > 0) return take(kNumberFloat, size + type);
    if (peek(whole) == '.' && !is(kWordHead | ".", whole + 1)) {
      return take(kNumberFloat, whole + 1);
    }
    std::size_t digits = whole;
    if (literal("0b") > 0 && is(CharSet("01_"), 2)) digits = 2 + run(CharSet("01_"), 2);
    if (literal("0x") > 0 && is(kHexDigits | "_", 2)) digits = 2 + run(kHexDigits | "_", 2);
    if (literal("0o") > 0 && is(kOctalDigits | "_", 2)) digits = 2 + run(kOctalDigits | "_", 2);
    return take(kNumberInteger, digits + integer_type(digits));
  }

  std::size_t integer_type(std::size_t from) const {
    static constexpr std::string_view kSizes[] = {"8", "16", "32", "64", "128", "size"};
    if (peek(from) == 'u') return 1 + first_of(kSizes, from + 1);
    const std::size_t size = peek(from) == 'i' ? first_of(kSizes, from + 1) : 0;
    return size > 0 ? 1 + size : 0;
  }

  bool root() {
    if (take(kText, literal("\n"))) return push(State::kLineStart);
    if (whitespace()) return true;
    const std::size_t attribute = literal("#[") + literal("#![");
    if (take(kNameDecorator, attribute)) return push(State::kAttribute);
    const std::size_t size = word();
    if (kRustKeywords.has(view(size))) return take(kKeyword, size);
    if (literals() || take(kKeyword, literal("=>") + literal("->") + literal("<->")) ||
        take(kPunctuation, one(CharSet("()[]{}|,:;"))) || take(kOperator, one(kOperators)) ||
        take(kOperator, run_within(3, CharSet(".")) > 1 ? run_within(3, CharSet(".")) : 0)) {
      return true;
    }
    if (peek() == '.') return member();
    if (peek() == '\'') return lifetime();
    return size > 0 && name(size);
  }

  bool member() {
    const std::size_t gap = 1 + run(kSpace, 1);
    const std::size_t size = head_and(kWordHead, kWordTail, gap);
    if (size == 0) {
      const std::size_t digits = run(kDigits, gap);
      return digits > 0 && take(kNameAttribute, gap + digits);
    }
    if (peek(gap + size + run(kSpace, gap + size)) == '(') {
      return take(kNameFunction, gap + size);
    }
    return take(view(size, gap) == "await" ? kKeyword : kNameProperty, gap + size);
  }

  bool lifetime() {
    const std::size_t size = head_and(kWordHead, kWordTail, 1);
    return size > 0 && take(view(size, 1) == "static" ? kKeyword : kNameVariable, 1 + size);
  }

  bool name(std::size_t size) {
    if (peek(size + run(kSpace, size)) == '(') return take(kNameFunction, size);
    if (literal("::", size) > 0) return take_all({{kNameNamespace, size}, {kPunctuation, 2}});
    if (peek(size) == '!') {
      const bool is_rules = view(size) == "macro_rules";
      return take(kNameDecorator, size + 1) && push(is_rules ? State::kMacroRules : State::kMacro);
    }
    return take(kRustBuiltins.has(view(size)) ? kNameBuiltin : kName, size);
  }

  bool macro() {
    if (literals()) return true;
    if (is(CharSet("[({"))) {
      ++depth_of(peek());
      return take(kPunctuation, 1);
    }
    if (is(CharSet("])}"))) {
      --depth_of(peek());
      if (brackets_ == 0 && parentheses_ == 0 && braces_ == 0) pop();
      return take(kPunctuation, 1);
    }
    const std::size_t size = word();
    if (size > 0 && peek(size) == '!') return take(kNameDecorator, size + 1);
    return root() || take(kText, character_in_line());
  }

  bool macro_rules() {
    if (peek() != '$') return macro();
    std::size_t size = 1 + head_and(kWordHead, kWordTail, 1);
    const std::size_t kind =
        size > 1 && peek(size) == ':' ? head_and(kWordHead, kWordTail, size + 1) : 0;
    if (kind > 0) size += 1 + kind;
    return take(kNameVariable, size);
  }

  int& depth_of(char mark) {
    if (mark == '[' || mark == ']') return brackets_;
    return mark == '(' || mark == ')' ? parentheses_ : braces_;
  }

  // Of macros; less than none where more was closed than opened.
  int brackets_ = 0;
  int parentheses_ = 0;
  int braces_ = 0;
  // No raw string with so many marks or more ends in this piece.
  std::size_t raw_marks_ = static_cast<std::size_t>(-1);
};

}  // namespace

std::unique_ptr<Lexer> make_rust() { return std::make_unique<Rust>(); }

}  // namespace stet::highlight
