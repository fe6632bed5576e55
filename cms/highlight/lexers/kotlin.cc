#include <memory>
#include <string_view>

#include "cms/highlight/lexers/code.h"
#include "cms/highlight/lexers/kotlin_words.h"
#include "cms/highlight/lexers/lexers.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State {
  kRoot,
  kNamespace,
  kClassName,
  kFunctionName,
  kTypeParameters,
  kProperty,
  kDestructured,
  kComment,
};

constexpr CharSet kTail = kWordTail | "-";
constexpr CharSet kMarks{"~!%^&*()+=|[]:;,.<>/?-{}"};
constexpr WordSet kLeaving{{"break", "continue", "return", "super", "this"}};

class Kotlin final : public StateLexer<State, Code> {
 protected:
  void read() override {
    zeros_end_ = 0;
    StateLexer::read();
  }

  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kNamespace: return take(kNameNamespace, until(kSpace)) && pop();
      case State::kClassName: return take(kNameClass, class_name()) && pop();
      case State::kFunctionName: return function_name();
      case State::kTypeParameters: return type_parameters();
      case State::kProperty:
        return (take(kPunctuation, literal("<")) && push(State::kTypeParameters)) ||
               take(kText, run(kSpace)) || (take(kNameProperty, name()) && pop());
      case State::kDestructured:
        return take(kPunctuation, literal(",")) || (take(kPunctuation, literal(")")) && pop()) ||
               take(kText, run(kSpace)) || take(kNameProperty, name());
      case State::kComment: return nested(kCommentMultiline, "/*", "*/");
    }
    return false;
  }

 private:
  std::size_t ticked(const CharSet& head, std::size_t from) const {
    const std::size_t tick = literal("`", from);
    const std::size_t size = head_and(head, kTail, from + tick);
    return size > 0 ? tick + size + literal("`", from + tick + size) : 0;
  }
  std::size_t name(std::size_t from = 0) const { return ticked(kWordHead, from); }
  std::size_t class_name(std::size_t from = 0) const { return ticked(kUpper, from); }

  bool function_name() {
    if ((take(kPunctuation, literal("<")) && push(State::kTypeParameters)) ||
        take(kText, run(kSpace))) {
      return true;
    }
    const std::size_t size = class_name();
    if (size > 0 && peek(size) == '.') return take_all({{kNameClass, size}, {kPunctuation, 1}});
    return take(kNameFunction, name()) && pop();
  }

  bool type_parameters() {
    static constexpr std::string_view kVariances[] = {"reified", "out", "in"};
    return take(kNameClass, class_name()) ||
           (take(kPunctuation, literal("<")) && push(State::kTypeParameters)) ||
           take(kKeyword, first_of(kVariances)) || take(kPunctuation, one(CharSet(",:.?"))) ||
           take(kText, run(kSpace)) || (take(kPunctuation, literal(">")) && pop());
  }

  bool root() {
    return declaration() || keyword() || take(kNameAttribute, attribute_line()) ||
           take(kText, run(kInlineSpace)) || take(kText, literal("\\\n")) || comment() ||
           take(kText, literal("\n")) || operation() || number() ||
           take(kPunctuation, one(kMarks)) || string() || names();
  }

  bool declaration() {
    const std::size_t size = is(kLetters) ? run(kWord) : 0;
    const std::string_view word = view(size);
    const std::size_t space = size > 0 ? run(kSpace, size) : 0;
    if (space == 0) return false;
    const std::size_t next = size + space;
    if (word == "companion" && whole_word("object", next) > 0) {
      return take_all({{kKeyword, size}, {kText, space}, {kKeyword, 6}});
    }
    if (word == "data" && literal("class", next) > 0 && is(kSpace, next + 5)) {
      return declare(next + 5, run(kSpace, next + 5), State::kClassName);
    }
    if (word == "class" || word == "interface" || word == "object") {
      return declare(size, space, State::kClassName);
    }
    if (word == "fun" || word == "package" || word == "import") {
      return take_all({{kKeyword, size}, {kText, space}}) &&
             push(word == "fun" ? State::kFunctionName : State::kNamespace);
    }
    if (word != "val" && word != "var") return false;
    if (peek(next) != '(') return declare(size, space, State::kProperty);
    return declare(size, space, State::kDestructured) && take(kPunctuation, 1);
  }

  bool declare(std::size_t words, std::size_t space, State state) {
    return take_all({{kKeywordDeclaration, words}, {kText, space}}) && push(state);
  }

  bool keyword() {
    const std::size_t size = word();
    if (!kKotlinKeywords.has(view(size))) return false;
    std::size_t label = 0;
    if (kLeaving.has(view(size)) && peek(size) == '@') label = name(size + 1);
    while (label > 0 && !is(kWordTail, size + label)) --label;
    return take_all({{kKeyword, size}, {kNameDecorator, label > 0 ? 1 + label : 0}});
  }

  // A line that begins with what stands in brackets.
  std::size_t attribute_line() {
    if (!at_line_start()) return 0;
    const std::size_t open = stretch(kSpace);
    if (peek(open) != '[') return 0;
    const std::size_t close = open + until(CharSet("]\n"), open);
    return peek(close) == ']' ? close + 1 : 0;
  }

  bool comment() {
    if (take(kCommentSingle, line_after("//"))) return true;
    if (literal("/*") == 0) return false;
    const std::size_t size = line();
    const std::size_t close = view(size).rfind("*/");
    if (close != std::string_view::npos && close >= 2) return take(kCommentMultiline, close + 2);
    return take(kCommentMultiline, size) && push(State::kComment);
  }

  bool operation() {
    if (literal("::class") > 0) return take_all({{kOperator, 2}, {kKeyword, 5}});
    static constexpr std::string_view kOperators[] = {"::", "!!", "?:", "?.", ".."};
    return take(kOperator, first_of(kOperators));
  }

  std::size_t integer_suffix(std::size_t from) const {
    const std::size_t sign = one(CharSet("uU"), from);
    return sign + literal("L", from + sign);
  }

  std::size_t prefixed(char letter, const CharSet& digits) const {
    if (based(letter, digits) == 0) return 0;
    const std::size_t size = 2 + spaced(digits, 2);
    return size + integer_suffix(size);
  }

  bool number() {
    if (place() < zeros_end_ && peek() == '0') return take(kNumberInteger, 1);
    const std::size_t whole = spaced(kDigits);
    const std::size_t part = peek(whole) == '.' ? spaced(kDigits, whole + 1) : 0;
    const std::size_t size = part > 0 ? whole + 1 + part : whole;
    if (size == 0) return false;
    const std::size_t power = exponent(size);
    const std::size_t type = one(CharSet("fF"), size + power);
    if (part > 0 || power > 0 || type > 0) return take(kNumberFloat, size + power + type);
    const std::size_t digits = peek() == '0' ? 1 : whole;
    if (literal("00") > 0) zeros_end_ = place() + run(CharSet("0")) - 1;
    return take(kNumberBinary, prefixed('b', CharSet("01"))) ||
           take(kNumberHex, prefixed('x', kHexDigits)) ||
           take(kNumberInteger, digits + integer_suffix(digits));
  }

  bool string() {
    return take(kString, doubled_quotes(1)) || take(kString, between("\"\"\"", "\"\"\"")) ||
           take(kString, quoted_to_line_end()) || take(kStringChar, quoted_character());
  }

  bool names() {
    if (peek() == '@') {
      const std::size_t size = class_name(1);
      return size > 0 && take(kNameDecorator, 1 + size);
    }
    std::size_t size = class_name();
    if (size > 0 && peek(size) == '<') {
      return take_all({{kNameClass, size}, {kPunctuation, 1}}) && push(State::kTypeParameters);
    }
    if (take(kNameClass, size)) return true;
    size = name();
    if (size == 0) return false;
    if (is(CharSet("({"), size + run(kSpace, size))) return take(kNameFunction, size);
    if (peek(size) == '@') return take(kNameDecorator, size + 1);
    return take(kName, size);
  }

  std::size_t zeros_end_ = 0;  // before the last of the zeros that were looked through
};

}  // namespace

std::unique_ptr<Lexer> make_kotlin() { return std::make_unique<Kotlin>(); }

}  // namespace stet::highlight
