#include <memory>
#include <string_view>

#include "cms/highlight/lexers/code.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kClassName, kImport, kDoubleQuoted, kSingleQuoted };

constexpr CharSet kOperators{"~^*!%&|+=:/?-"};
constexpr CharSet kMarks{"[](){}<>.,;"};

// clang-format off
constexpr WordSet kKeywords{{
    "as", "assert", "await", "break", "case", "catch", "continue", "default", "do", "else",
    "finally", "for", "if", "in", "is", "new", "rethrow", "return", "super", "switch", "this",
    "throw", "try", "while", "with", "yield",
}};

constexpr WordSet kDeclarations{{
    "abstract", "async", "class", "const", "covariant", "dynamic", "extends", "external", "factory",
    "final", "get", "implements", "interface", "late", "mixin", "native", "on", "operator",
    "required", "set", "static", "sync", "typedef", "var",
}};

constexpr WordSet kTypes{{
    "Comparable", "Dynamic", "Function", "List", "Map", "Never", "Null", "Object", "Pattern", "Set",
    "String", "Symbol", "Type", "Uri", "bool", "double", "enum", "int", "num", "void",
}};

constexpr WordSet kImports{{"deferred", "export", "import", "library", "part", "source"}};
// clang-format on

class Dart final : public StateLexer<State, Code> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kClassName:
        return take(kText, run(kSpace)) || (take(kNameClass, ascii_word()) && pop());
      case State::kImport:
        return (take(kOperator, literal(";")) && pop()) ||
               take(kKeywordDeclaration, whole_word("show") + whole_word("hide")) || root();
      case State::kDoubleQuoted: return string('"');
      case State::kSingleQuoted: return string('\'');
    }
    return false;
  }

 private:
  bool root() {
    return (at_line_start() && function()) || take(kText, run(kSpace)) ||
           take(kCommentSingle, line_after("//")) || take(kCommentMultiline, block_comment()) ||
           (take(kString, literal("\"")) && push(State::kDoubleQuoted)) ||
           (take(kString, literal("'")) && push(State::kSingleQuoted)) ||
           take(kStringOther, between("r\"", "\"")) || take(kStringOther, between("r'", "'")) ||
           marked() || name() || take(kOperator, one(kOperators)) ||
           take(kPunctuation, one(kMarks)) || number();
  }

  bool function() {
    const FunctionHead head = function_head(kAsciiHead, kWord | ".[]");
    if (head.name == 0) return false;
    Dart types;
    return hand(types, head.types) && take(kNameFunction, head.name) &&
           (take(kText, head.gap) || true) && take(kPunctuation, 1);
  }

  bool marked() {
    const std::size_t size = ascii_word(1);
    if (peek() == '#') return take(kStringSymbol, 1 + size);
    if (size == 0) return false;
    if (peek() == '@') return take(kNameDecorator, 1 + size);
    if (peek() == '.') return take_all({{kOperator, 1}, {kNameAttribute, size}});
    return peek() == '$' && take(kName, 1 + size);
  }

  bool name() {
    const std::size_t size = ascii_word();
    if (size == 0) return false;
    const std::string_view word = view(size);
    const bool ends = ends_word(size);
    if (ends && kKeywords.has(word)) return take(kKeyword, size);
    if (ends && kDeclarations.has(word)) {
      const bool is_class = word == "class" || word == "interface" || word == "mixin";
      return take(kKeywordDeclaration, size) && (!is_class || push(State::kClassName));
    }
    if (ends && kTypes.has(word)) return take(kKeywordType, size);
    if (word == "true" || word == "false" || word == "null") return take(kKeywordConstant, size);
    const std::size_t of = word == "part" ? whole_word("of", size + run(kSpace, size)) : 0;
    if (of > 0) {
      return take(kKeywordNamespace, size + run(kSpace, size) + of) && push(State::kImport);
    }
    if ((ends && kImports.has(word)) || word == "partof") {
      return take(kKeywordNamespace, size) && push(State::kImport);
    }
    return take(kNameLabel, peek(size) == ':' ? size + 1 : 0) || take(kName, size);
  }

  bool number() {
    const std::size_t whole = run(kDigits);
    if (whole == 0) return false;
    const std::size_t part = peek(whole) == '.' ? run(kDigits, whole + 1) : 0;
    if (part > 0) {
      const std::size_t size = whole + 1 + part;
      return take(kNumberFloat, size + (peek(size + 1) == '+' ? 0 : exponent(size)));
    }
    const std::size_t hex = literal("0x") > 0 ? run(kHexDigits, 2) : 0;
    return take(kNumberHex, hex > 0 ? 2 + hex : 0) ||
           take(kNumberInteger, whole + literal("L", whole));
  }

  bool string(char quote) {
    if (peek() == quote) return take(kString, 1) && pop();
    if (take(kString, until(quote == '"' ? CharSet("\\$\"") : CharSet("\\$'")))) return true;
    if (peek() == '\\') return take(kStringEscape, is(CharSet("nrt\"'\\"), 1) ? 2 : 0);
    const std::size_t size = ascii_word(1);
    if (size > 0) return take(kStringInterpolation, 1 + size);
    return peek(2) != '}' && take(kStringInterpolation, between("${", "}"));
  }
};

}  // namespace

std::unique_ptr<Lexer> make_dart() { return std::make_unique<Dart>(); }

}  // namespace stet::highlight
