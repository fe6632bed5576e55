#include <memory>
#include <string_view>

#include "cms/highlight/lexers/code.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kClassName, kImport };

constexpr CharSet kOperators{"~^*!%&[](){}<>|+=:;,./?-"};
constexpr CharSet kTypeTail = kWord | ".[]<>";

// clang-format off
constexpr WordSet kKeywords{{
    "assert", "break", "case", "catch", "continue", "default", "do", "else", "finally", "for",
    "goto", "if", "instanceof", "new", "return", "switch", "this", "throw", "try", "while",
}};

constexpr WordSet kDeclarations{{
    "abstract", "class", "const", "enum", "extends", "final", "implements", "interface", "native",
    "private", "protected", "public", "static", "strictfp", "super", "synchronized", "throws",
    "transient", "volatile",
}};

constexpr WordSet kTypes{{
    "boolean", "byte", "char", "double", "float", "int", "long", "short", "var", "void",
}};
// clang-format on

class Java final : public StateLexer<State, Code> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kClassName:
        return take(kText, run(kSpace)) || (take(kNameClass, word()) && pop());
      case State::kImport:
        return take(kText, run(kSpace)) || (take(kNameNamespace, imported()) && pop());
    }
    return false;
  }

 private:
  bool root() {
    if (take(kText, run(kInlineSpace)) || take(kCommentSingle, line_after("//")) ||
        take(kCommentMultiline, block_comment())) {
      return true;
    }
    const std::size_t size = word();
    if (kKeywords.has(view(size))) return take(kKeyword, size);
    if (function()) return true;
    if (size > 0) return name(size);
    const std::size_t behind = head_and(kWordHead, kWordTail, 1);
    if (behind > 0 && peek() == '@') return take(kNameDecorator, 1 + behind);
    if (behind > 0 && peek() == '.') return take_all({{kOperator, 1}, {kNameAttribute, behind}});
    if (behind > 0 && peek() == '$') return take(kName, 1 + behind);
    return take(kString, quoted('"')) || take(kStringChar, character_literal()) ||
           take(kOperator, one(kOperators)) || number() || take(kText, literal("\n"));
  }

  bool function() {
    const FunctionHead head = function_head(kAsciiHead, kTypeTail);
    if (head.name == 0) return false;
    Java types;
    return hand(types, head.types) && take(kNameFunction, head.name) &&
           (take(kText, head.gap) || true) && take(kOperator, 1);
  }

  bool name(std::size_t size) {
    const std::string_view word = view(size);
    if (word == "import" || word == "package") {
      return take(kKeywordNamespace, size) && push(State::kImport);
    }
    if (kDeclarations.has(word)) {
      const bool is_class = word == "class" || word == "interface";
      return take(kKeywordDeclaration, size) && (!is_class || push(State::kClassName));
    }
    if (kTypes.has(word)) return take(kKeywordType, size);
    if (word == "true" || word == "false" || word == "null") return take(kKeywordConstant, size);
    if (peek(size) == ':') return take(kNameLabel, size + 1);
    if (!is(kUpper)) return take(kName, size);
    const bool is_constant = run(kUpper | kDigits | "_") == size;
    const bool is_class = run(kLetters | kDigits | kHigh) == size;
    return take(is_constant ? kNameConstant : is_class ? kNameClass : kName, size);
  }

  std::size_t character_literal() const {
    if (peek() != '\'') return 0;
    constexpr CharSet kCodeDigits = kDigits | "abcdef";
    const bool is_code = literal("\\u", 1) > 0 && run_within(4, kCodeDigits, 3) == 4;
    const std::size_t end = 1 + (is_code           ? 6
                                 : peek(1) == '\\' ? 1 + character_in_line(2)
                                                   : character(1));
    return end > 1 && peek(end) == '\'' ? end + 1 : 0;
  }

  bool number() {
    const std::size_t whole = spaced(kDigits);
    if (whole == 0) return false;
    const std::size_t part = peek(whole) == '.' ? spaced(kDigits, whole + 1) : 0;
    if (part > 0) {
      std::size_t size = whole + 1 + part;
      const std::size_t power = is(CharSet("eE"), size) ? spaced(kDigits, size + 1) : 0;
      if (power > 0) size += 1 + power;
      return take(kNumberFloat, size + one(CharSet("fd"), size));
    }
    const std::size_t octal = peek() == '0' ? spaced(kOctalDigits, 1) : 0;
    return take(kNumberBinary, prefixed('b', CharSet("01"))) ||
           take(kNumberHex, prefixed('x', kHexDigits)) ||
           take(kNumberOctal, octal > 0 ? 1 + octal : 0) ||
           take(kNumberInteger, whole + literal("L", whole));
  }

  std::size_t prefixed(char letter, const CharSet& digits) const {
    return based(letter, digits) > 0 ? 2 + spaced(digits, 2) : 0;
  }
};

}  // namespace

std::unique_ptr<Lexer> make_java() { return std::make_unique<Java>(); }

}  // namespace stet::highlight
