#include <memory>
#include <string_view>

#include "cms/highlight/lexers/code.h"
#include "cms/highlight/lexers/groovy_words.h"
#include "cms/highlight/lexers/lexers.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kClassName, kImport };

constexpr CharSet kOperators{"~^*!%&[](){}<>|+=:;,./?-"};

class Groovy final : public StateLexer<State, Code> {
 public:
  explicit Groovy(bool is_gradle) : is_gradle_(is_gradle) {}

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kClassName:
        return take(kText, run(kSpace)) || (take(kNameClass, run(kWord)) && pop());
      case State::kImport:
        return take(kText, run(kSpace)) || (take(kNameNamespace, imported()) && pop());
    }
    return false;
  }

 private:
  bool root() {
    if (at_line_start() && function()) return true;
    if (take(kText, run(kInlineSpace)) || take(kCommentSingle, line_after("//")) ||
        take(kCommentMultiline, block_comment())) {
      return true;
    }
    if (peek() == '@' && is(kWord, 1)) return take(kNameDecorator, 1 + run(kWord | ".", 1));
    return declaration() || string() || name() || take(kOperator, one(kOperators)) || number() ||
           take(kText, literal("\n"));
  }

  bool function() {
    const FunctionHead head = function_head(kWord, kWord | ".[]");
    if (head.name == 0) return false;
    Groovy types(is_gradle_);
    return hand(types, head.types) && take(kNameFunction, head.name) &&
           (take(kText, head.gap) || true) && take(kOperator, 1);
  }

  bool declaration() {
    const std::size_t size = ascii_word();
    const std::string_view word = view(ends_word(size) ? size : 0);
    if (word == "class" || word == "interface" || word == "trait") {
      return take(kKeywordDeclaration, size) && push(State::kClassName);
    }
    return (word == "package" || word == "import") && take(kKeywordNamespace, size) &&
           push(State::kImport);
  }

  bool string() {
    return take(kStringDouble, between("\"\"\"", "\"\"\"")) ||
           take(kStringSingle, between("'''", "'''")) || take(kStringDouble, quoted_in_line('"')) ||
           take(kStringSingle, quoted_in_line('\'')) || take(kString, between("$/", "/$")) ||
           take(kString, quoted_in_line('/'));
  }

  bool name() {
    if (peek() == '.' && is(kAsciiHead, 1)) {
      return take_all({{kOperator, 1}, {kNameAttribute, ascii_word(1)}});
    }
    std::size_t size = ascii_word();
    if (size > 0 && peek(size) == ':') return take(kNameLabel, size + 1);
    if (peek() == '$') size = 1 + run(kWord, 1);
    const std::string_view word = view(size);
    if (kGroovyKeywords.has(word) || (is_gradle_ && kGradleKeywords.has(word))) {
      return take(kKeyword, size);
    }
    if (kGroovyDeclarations.has(word)) return take(kKeywordDeclaration, size);
    if (kGroovyTypes.has(word) || (is_gradle_ && kGradleTypes.has(word))) {
      return take(kKeywordType, size);
    }
    const bool is_constant = word == "true" || word == "false" || word == "null";
    return take(is_constant ? kKeywordConstant : kName, size);
  }

  bool number() {
    const std::size_t whole = run(kDigits);
    if (whole == 0) return false;
    const std::size_t part = fraction();
    if (part > 0) return take(kNumberFloat, part + one(CharSet("fd"), part));
    const std::size_t hex = literal("0x") > 0 ? run(kDigits | "abcdef", 2) : 0;
    return take(kNumberHex, hex > 0 ? 2 + hex : 0) ||
           take(kNumberInteger, whole + literal("L", whole));
  }

  bool is_gradle_;
};

}  // namespace

std::unique_ptr<Lexer> make_gradle() { return std::make_unique<Groovy>(true); }
std::unique_ptr<Lexer> make_groovy() { return std::make_unique<Groovy>(false); }

}  // namespace stet::highlight
