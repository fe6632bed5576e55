#include <memory>
#include <string_view>

#include "cms/highlight/lexers/code.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kPackage, kMessage, kType };

constexpr CharSet kMarks{",;{}[]()"};
// Between `+` and `=`, as ASCII has them.
constexpr CharSet kOperators = CharSet::range('+', '=');
constexpr CharSet kSuffix{"LlUu"};

// clang-format off
constexpr WordSet kKeywords{{
    "ctype", "default", "extensions", "import", "max", "oneof", "option", "optional", "packed",
    "repeated", "required", "returns", "rpc", "to",
}};

constexpr WordSet kTypes{{
    "bool", "bytes", "double", "fixed32", "fixed64", "float", "int32", "int64", "sfixed32",
    "sfixed64", "sint32", "sint64", "string", "uint32", "uint64",
}};
// clang-format on

class Protobuf final : public StateLexer<State, Code> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kPackage: return pop() && (take(kNameNamespace, ascii_word()) || true);
      case State::kMessage: return pop() && (take(kNameClass, ascii_word()) || true);
      case State::kType: return pop() && (take(kName, ascii_word()) || true);
    }
    return false;
  }

 private:
  bool root() {
    return take(kText, run(kSpace)) || take(kPunctuation, one(kMarks)) ||
           take(kCommentSingle, comment()) || take(kCommentMultiline, spliced_comment()) ||
           word() || take(kString, plain('"')) || take(kString, plain('\'')) || number() ||
           take(kOperator, one(kOperators)) || name();
  }

  // To the end of the line, which a backslash continues.
  std::size_t comment() const {
    const std::size_t slash = peek() == '/' ? 1 + literal("\\\n", 1) : 0;
    if (slash == 0 || peek(slash) != '/') return 0;
    if (ends_line(slash + 1)) return slash + 1;
    for (std::size_t end = slash + 2;; ++end) {
      end += line(end);
      if (peek(end - 1) != '\\') return end;
      if (ends(end)) return 0;
    }
  }

  std::size_t plain(char quote) const {
    if (peek() != quote) return 0;
    const char marks[] = {quote, '\n'};
    const std::size_t size = 1 + until(CharSet::of({marks, sizeof marks}), 1);
    return peek(size) == quote ? size + 1 : 0;
  }

  bool word() {
    const std::size_t size = head_and(kWordHead, kWordTail);
    const std::string_view word = view(size);
    if (kKeywords.has(word)) return take(kKeyword, size);
    if (kTypes.has(word)) return take(kKeywordType, size);
    if (take(kKeywordConstant, literal("true") + literal("false"))) return true;
    const std::size_t space = size > 0 ? run(kSpace, size) : 0;
    if (space == 0) return false;
    if (word == "package") {
      return take_all({{kKeywordNamespace, size}, {kText, space}}) && push(State::kPackage);
    }
    if (word == "message" || word == "extend") {
      return take_all({{kKeywordDeclaration, size}, {kText, space}}) && push(State::kMessage);
    }
    return (word == "enum" || word == "group" || word == "service") &&
           take_all({{kKeywordDeclaration, size}, {kText, space}}) && push(State::kType);
  }

  bool number() {
    const std::size_t sign = literal("-");
    if (take(kNumberFloat,
             sign + whole_word("inf", sign) + whole_word("nan", sign) > sign ? sign + 3 : 0)) {
      return true;
    }
    const std::size_t whole = run(kDigits);
    const bool has_point = peek(whole) == '.';
    const std::size_t part = has_point ? run(kDigits, whole + 1) : 0;
    if (whole + part == 0) return false;
    const std::size_t size = has_point ? whole + 1 + part : whole;
    const std::size_t power = exponent(size);
    if (power > 0) return take(kNumberFloat, size + power + run(kSuffix, size + power));
    const std::size_t type = run_within(has_point ? 1 : 2, CharSet("fF"), size);
    if (has_point || type > 0) return take(kNumberFloat, size + type);
    const std::size_t hex = literal("0x") > 0 ? run(kHexDigits, 2) : 0;
    if (hex > 0) return take(kNumberHex, 2 + hex + run(kSuffix, 2 + hex));
    const std::size_t octal = peek() == '0' ? run(kOctalDigits, 1) : 0;
    if (octal > 0) return take(kNumberOctal, 1 + octal + run(kSuffix, 1 + octal));
    return take(kNumberInteger, whole + run(kSuffix, whole));
  }

  bool name() {
    const std::size_t size = head_and(kAsciiHead, kWord | ".");
    if (size == 0) return false;
    const std::size_t gap = run(kBlank, size);
    if (peek(size + gap) != '=') return take(kName, size);
    return take_all({{kNameAttribute, size}, {kText, gap}, {kOperator, 1}});
  }
};

}  // namespace

std::unique_ptr<Lexer> make_protobuf() { return std::make_unique<Protobuf>(); }

}  // namespace stet::highlight
