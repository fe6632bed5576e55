#include <memory>
#include <string_view>

#include "cms/highlight/lexers/c.h"
#include "cms/highlight/lexers/c_words.h"
#include "cms/highlight/lexers/lexers.h"

namespace stet::highlight {
namespace {

using enum Token;

// Between a parenthesis and the one that closes it.
constexpr std::size_t kTypeBytesMax = 512;

constexpr CharSet kHead = kLetters | "$_";
constexpr CharSet kTail = kHead | kDigits;

// clang-format off
constexpr WordSet kDirectives{{
    "autoreleasepool", "catch", "dynamic", "encode", "end", "finally", "implementation", "import",
    "interface", "optional", "private", "property", "protected", "public", "selector",
    "synchronized", "synthesize", "throw", "try",
}};
// clang-format on

class ObjectiveC final : public C {
 public:
  explicit ObjectiveC(int nesting) : C(nesting) {}

 protected:
  std::unique_ptr<C> fresh() const override { return std::make_unique<ObjectiveC>(nesting() + 1); }

  Token kind_of(std::string_view word) const override {
    if (word == "YES" || word == "NO" || word == "nil") return kNameBuiltin;
    return C::kind_of(word);
  }

  // The head of a method.
  bool dialect_root() override {
    if (!is(CharSet("-+"))) return false;
    const std::size_t gap = 1 + run(kSpace, 1);
    if (is(kHead, gap)) {
      return take_all({{kKeyword, 1}, {kText, gap - 1}}) && push(CState::kMethod);
    }
    const std::size_t size = type(gap, true);
    if (size == 0) return false;
    take_all({{kKeyword, 1}, {kText, gap - 1}});
    hand_fresh(size);
    take(kText, run(kSpace));
    return push(CState::kMethod);
  }

  bool dialect_statement() override {
    if (take(kKeyword, whole_word("in"))) return true;
    if (take(kPunctuation, literal("?"))) return push(CState::kTernary);
    if (take(kPunctuation, literal("["))) return push(CState::kMessage);
    return peek() == '@' && at_sign();
  }

  bool dialect_step() override {
    switch (state()) {
      case CState::kArray: return literal_of(']');
      case CState::kDictionary: return literal_of('}');
      case CState::kClassHead: return class_head();
      case CState::kForwardClass: return forward_class();
      case CState::kMessage: return message();
      case CState::kMessageArguments:
        if (take(kPunctuation, literal("{"))) return push(CState::kFunction);
        return (argument() && pop()) || message_part();
      case CState::kMethod: return method();
      case CState::kTernary: return (take(kPunctuation, literal(":")) && pop()) || statement();
      default: return false;
    }
  }

 private:
  std::size_t identifier(std::size_t from = 0) const { return head_and(kHead, kTail, from); }

  // Parentheses in this line which a name follows, behind blanks or at once.
  std::size_t type(std::size_t from, bool has_gap) const {
    if (peek(from) != '(') return 0;
    for (std::size_t end = from + 1; end < from + kTypeBytesMax && !ends_line(end); ++end) {
      if (peek(end) != ')') continue;
      if (is(kHead, end + 1 + (has_gap ? run(kSpace, end + 1) : 0))) return end + 1 - from;
    }
    return 0;
  }

  bool at_sign() {
    if (take(kString, literal("@\""))) return push(CState::kString);
    if (take(kStringChar, character()) || number()) return true;
    if (take(kPunctuation, literal("@["))) return push(CState::kArray);
    if (take(kPunctuation, literal("@{"))) return push(CState::kDictionary);
    const std::size_t size = letters(kLetters | kDigits | kHigh, 1);
    const std::string_view word = view(size, 1);
    const bool ends = ends_word(1 + size);
    if (ends && (word == "interface" || word == "implementation")) {
      return take(kKeyword, 1 + size) && push(CState::kClassHead);
    }
    if (ends && (word == "class" || word == "protocol")) {
      return take(kKeyword, 1 + size) && push(CState::kForwardClass);
    }
    if (kDirectives.has(word)) return take(kKeyword, 1 + size);
    const bool is_builtin = word == "true" || word == "false" || word == "YES" || word == "NO";
    return size > 0 && take(is_builtin ? kNameBuiltin : kError, 1 + size);
  }

  // @'a'; a quote that closes is no part of what a backslash begins.
  std::size_t character() const {
    if (literal("@'") == 0) return 0;
    if (peek(2) == '\\') {
      const std::size_t octal = run_within(3, kOctalDigits, 3);
      const std::size_t hex = peek(3) == 'x' ? run_within(2, kHexDigits, 4) : 0;
      if (octal + hex > 0) return octal > 0 ? 3 + octal : 4 + hex;
      return ends_line(3) ? 0 : 3 + character_in_line(3);
    }
    const std::size_t size = peek(2) == '\'' ? 0 : character_in_line(2);
    return size > 0 && peek(2 + size) == '\'' ? 3 + size : 0;
  }

  bool number() {
    const std::size_t whole = run(kDigits, 1);
    const std::size_t part = peek(1 + whole) == '.' ? run(kDigits, 2 + whole) : 0;
    if (whole + part == 0) return false;
    const std::size_t digits = 1 + whole;
    const bool has_point = peek(digits) == '.';
    const std::size_t size = has_point ? digits + 1 + part : digits;
    const std::size_t power = exponent(size);
    if (power > 0) return take(kNumberFloat, size + power + one(CharSet("lL"), size + power));
    if (has_point) return take(kNumberFloat, size + one(CharSet("fF"), size));
    if (is(CharSet("fF"), size)) return take(kNumberFloat, size + 1 + one(CharSet("fF"), size + 1));
    const std::size_t hex = literal("0x", 1) > 0 ? run(kHexDigits, 3) : 0;
    if (hex > 0) return take(kNumberHex, 3 + hex + one(CharSet("lL"), 3 + hex));
    const std::size_t octal = peek(1) == '0' ? run(kOctalDigits, 2) : 0;
    if (octal > 0) return take(kNumberOctal, 2 + octal + one(CharSet("lL"), 2 + octal));
    return take(kNumberInteger, digits + literal("l", digits));
  }

  bool literal_of(char closing) {
    return (peek() == closing && take(kPunctuation, 1) && pop()) ||
           take(kPunctuation, literal(",")) || statement();
  }

  // A name, blanks, and a colon.
  bool argument() {
    const std::size_t size = identifier();
    const std::size_t gap = size > 0 ? run(kSpace, size) : 0;
    return size > 0 && peek(size + gap) == ':' &&
           take_all({{kNameFunction, size}, {kText, gap}, {kPunctuation, 1}});
  }

  bool message_part() {
    return (take(kPunctuation, one(CharSet("]{"))) && pop()) || take(kError, literal(";")) ||
           statement();
  }

  bool message() {
    if (argument()) return go_to(CState::kMessageArguments);
    const std::size_t size = identifier();
    const std::size_t gap = size > 0 ? run(kSpace, size) : 0;
    if (size > 0 && peek(size + gap) == ']') {
      return take_all({{kNameFunction, size}, {kText, gap}, {kPunctuation, 1}}) && pop();
    }
    return message_part();
  }

  // A class, and what it extends or the category in parentheses.
  bool class_head() {
    if (whitespace()) return true;
    const std::size_t size = identifier();
    if (size == 0) return false;
    const std::size_t gap = run(kSpace, size);
    const std::size_t mark = size + gap;
    const std::size_t space = is(CharSet(":("), mark) ? run(kSpace, mark + 1) : 0;
    const std::size_t other = is(CharSet(":("), mark) ? identifier(mark + 1 + space) : 0;
    const std::size_t end = mark + 1 + space + other;
    const std::size_t last = run(kSpace, end);
    if (other > 0 && peek(mark) == ':') {
      take_all({{kNameClass, size}, {kText, gap}, {kPunctuation, 1}, {kText, space}});
      take(kNameClass, other);
    } else if (other > 0 && peek(end + last) == ')') {
      take_all({{kNameClass, size}, {kText, gap}, {kPunctuation, 1}, {kText, space}});
      take_all({{kNameLabel, other}, {kText, last}, {kPunctuation, 1}});
    } else {
      take(kNameClass, size);
    }
    return pop();
  }

  bool forward_class() {
    if (whitespace()) return true;
    const std::size_t size = identifier();
    if (size == 0) return false;
    const std::size_t gap = run(kSpace, size);
    if (peek(size + gap) == ',') {
      take_all({{kNameClass, size}, {kText, gap}, {kPunctuation, 1}});
      take(kText, run(kSpace));
      return push(CState::kForwardClass);
    }
    return take_all({{kNameClass, size}, {kText, gap}, {kPunctuation, literal(";", size + gap)}}) &&
           pop();
  }

  bool method() {
    if (take(kPunctuation, literal(",") + literal("..."))) return true;
    const std::size_t size = type(0, false);
    if (size > 0) return hand_fresh(size) && take(kNameVariable, identifier());
    if (argument()) return true;
    if (take(kPunctuation, literal(";"))) return pop();
    if (take(kPunctuation, literal("{"))) return go_to(CState::kFunction);
    if (blanks()) return true;
    const std::size_t comment = line_after("//");
    if (comment > 0 && !ends(comment)) return take(kCommentSingle, comment + 1);
    return take(kText, run(kSpace)) || pop();
  }
};

}  // namespace

std::unique_ptr<Lexer> make_objective_c() { return std::make_unique<ObjectiveC>(0); }

}  // namespace stet::highlight
