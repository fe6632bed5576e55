#include <memory>
#include <string_view>

#include "cms/highlight/lexers/code.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kClassName, kType, kTypeParameters, kComment, kImport };

constexpr CharSet kHead = kWordHead | "$";
constexpr CharSet kTail = kWordTail | "$";
constexpr CharSet kOperators{"!#%&'*+-/:<=>?@\\^`|~\x7f"};
constexpr CharSet kMarks{"(){};,.#"};
constexpr std::string_view kBoundMarks[] = {"<%", "<:", ">:", "#", "_", "⇒", "forSome", "type"};

// clang-format off
constexpr WordSet kKeywords{{
    "abstract", "case", "catch", "def", "do", "else", "extends", "final", "finally", "for",
    "forSome", "if", "implicit", "lazy", "match", "new", "override", "private", "protected",
    "requires", "return", "sealed", "super", "this", "throw", "try", "val", "var", "while", "with",
    "yield",
}};
// clang-format on

class Scala final : public StateLexer<State, Code> {
 protected:
  void read() override {
    chain_until_ = 0;
    Code::read();
  }

  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kClassName: return class_name();
      case State::kType: return type();
      case State::kTypeParameters:
        return take(kText, run(kSpace | ",")) ||
               take(kKeyword, literal("=>") + first_of(kBoundMarks)) ||
               (take(kOperator, one(CharSet("])}"))) && pop()) ||
               (take(kOperator, one(CharSet("([{"))) && push(State::kTypeParameters)) ||
               type_word();
      case State::kComment: return nested(kCommentMultiline, "/*", "*/");
      case State::kImport: return take(kNameNamespace, dotted()) && pop();
    }
    return false;
  }

 private:
  // One mark of which operators are made; beyond ASCII what is no letter.
  std::size_t operator_mark(std::size_t from) const {
    if (is(kOperators, from)) return 1;
    return is(kHigh, from) && letters(kHigh, from) == 0 ? character(from) : 0;
  }

  std::size_t operator_marks(std::size_t from = 0) const {
    std::size_t size = 0;
    while (const std::size_t more = operator_mark(from + size)) size += more;
    return size;
  }

  // Letters and digits; operators may stand behind an underscore.
  std::size_t name(std::size_t from = 0) const {
    const std::size_t size = head_and(kHead, kTail, from);
    return size > 0 && peek(from + size - 1) == '_' ? size + operator_marks(from + size) : size;
  }

  std::size_t defined_name(std::size_t from) const {
    const std::size_t size = name(from);
    return size > 0 ? size : operator_marks(from);
  }

  std::size_t dotted() const {
    std::size_t size = 0;
    for (;;) {
      const std::size_t more = run(CharSet("."), size);
      const std::size_t end = size + more + name(size + more);
      if (end == size) return size;
      size = end;
    }
  }

  bool root() {
    if (take(kText, run(kInlineSpace)) || take(kCommentSingle, line_after("//")) ||
        (take(kCommentMultiline, literal("/*")) && push(State::kComment))) {
      return true;
    }
    if (peek() == '\'' && take(kStringSymbol, symbol())) return true;
    if (peek() == '@' && name(1) > 0) return take(kNameDecorator, 1 + name(1));
    const std::size_t size = name();
    if (size > 0) return word(size);
    if (peek() == '.' && name(1) > 0) return take_all({{kOperator, 1}, {kNameProperty, name(1)}});
    return take(kKeyword, mark()) || colon() || string() || take_name_in_ticks() ||
           (take(kOperator, literal("[")) && push(State::kTypeParameters)) ||
           take(kOperator, one(kMarks)) || take(kOperator, operator_marks()) || number() ||
           take(kText, literal("\n"));
  }

  // 'name, where no quote closes.
  std::size_t symbol() const {
    const std::size_t size = name(1);
    if (size > 0 && peek(1 + size) != '\'') return 1 + size;
    return size > 1 ? size : 0;
  }

  // Marks that are keywords where a word, a blank or the end of the line follows.
  std::size_t mark() const {
    static constexpr std::string_view kKeywordMarks[] = {
        "<%", "<:", "<-", "=>", ">:", "#", "=", "@", "⇒", "←"};
    const std::size_t size = first_of(kKeywordMarks);
    return size > 0 && (is(kWordTail | kSpace, size) || ends(size)) ? size : 0;
  }

  bool word(std::size_t size) {
    const std::string_view word = view(size);
    if (introduced(word)) return true;
    const std::size_t lines = run(kLineFeed, size);
    const std::size_t member = peek(size + lines) == '.' ? name(size + lines + 1) : 0;
    if (member > 0) {
      return take_all({{word == "this" ? kKeyword : kNameVariable, size},
                       {kText, lines},
                       {kOperator, 1},
                       {kNameProperty, member}});
    }
    if (take(kNameClass, class_size(size))) return true;
    const std::size_t gap = run(kSpace, size);
    if (peek(size + gap) == '(') {
      return take_all({{kNameFunction, size}, {kText, gap}, {kOperator, 1}});
    }
    if (kKeywords.has(word)) return take(kKeyword, size);
    if (peek() == '_' && (size == 1 || operator_mark(1) > 0)) {
      if (!is(kHead, 1)) return take(kKeyword, 1);
    }
    if (word == "true" || word == "false" || word == "null") return take(kKeywordConstant, size);
    if (gap > 0 && (word == "import" || word == "package" || word == "type")) {
      return take_all({{kKeyword, size}, {kText, gap}}) &&
             push(word == "type" ? State::kType : State::kImport);
    }
    return take(kName, size);
  }

  // What declares, and the name that follows.
  bool introduced(std::string_view word) {
    const bool is_class = word == "class" || word == "trait" || word == "object";
    if (!is_class && word != "def" && word != "val") return false;
    const std::size_t space = run(kSpace, word.size());
    if (space == 0) return false;
    if (is_class) {
      return take_all({{kKeyword, word.size()}, {kText, space}}) && push(State::kClassName);
    }
    const std::size_t size = defined_name(word.size() + space);
    if (size == 0) return false;
    const Token token = word == "def" ? kNameFunction : kNameVariable;
    take_all({{kKeyword, word.size()}, {kText, space}, {token, size}});
    return take(kText, run(kSpace)) || true;
  }

  // Of a capital and a letter at least, up to a letter or digit.
  std::size_t class_size(std::size_t size) const {
    if (!is(kUpper | "$_") || !is(kHead, 1)) return 0;
    while (size > 1 && !is(kWordTail, size - 1)) --size;
    return size > 1 && ends_word(size) ? size : 0;
  }

  bool colon() {
    return peek() == ':' && operator_mark(1) == 0 && take(kKeyword, 1) && push(State::kType);
  }

  bool string() {
    if (literal("\"\"\"") > 0) {
      for (std::size_t end = through("\"\"\"", 3); end > 0; end = through("\"\"\"", end - 2)) {
        if (peek(end) != '"') return take(kString, end);
      }
    }
    if (take(kString, quoted('"'))) return true;
    const bool is_code = literal("'\\u") > 0 && run_within(4, kHexDigits, 3) == 4;
    return take(kStringChar, quoted_character()) ||
           take(kStringChar, is_code && peek(7) == '\'' ? 8 : 0);
  }

  bool take_name_in_ticks() {
    return peek() == '`' && peek(1) != '`' && take(kName, through("`", 1));
  }

  bool number() {
    const std::size_t whole = run(kDigits);
    if (whole == 0) return false;
    if (peek(whole) == '.') {
      std::size_t size = whole + 1 + run(kDigits, whole + 1);
      size += exponent(size);
      return take(kNumberFloat, size + one(CharSet("fFdD"), size));
    }
    if (is(CharSet("fFdD"), whole)) return take(kNumberFloat, whole + 1);
    const std::size_t hex = literal("0x") > 0 ? run(kHexDigits, 2) : 0;
    return take(kNumberHex, hex > 0 ? 2 + hex : 0) ||
           take(kNumberInteger, whole + literal("L", whole));
  }

  bool class_name() {
    const std::size_t size = defined_name(0);
    const std::size_t gap = size > 0 ? run(kSpace, size) : 0;
    if (size > 0 && peek(size + gap) == '[') {
      return take_all({{kNameClass, size}, {kText, gap}, {kOperator, 1}}) &&
             push(State::kTypeParameters);
    }
    return take(kText, run(kSpace)) ||
           ((take(kOperator, one(CharSet("{("))) || take(kCommentSingle, line_after("//")) ||
             take(kNameClass, size)) &&
            pop());
  }

  // Names that dots join; 0 inside of one that was measured.
  std::size_t chain() {
    if (place() < chain_until_) return 0;
    std::size_t size = name();
    while (size > 0 && peek(size) == '.' && name(size + 1) > 0) size += 1 + name(size + 1);
    chain_until_ = place() + size;
    return size;
  }

  bool type_word() {
    return take(kKeywordType, literal(".")) || take(kKeywordType, defined_name(0));
  }

  bool type() {
    if (take(kText, run(kSpace)) || take(kKeyword, first_of(kBoundMarks))) return true;
    const std::size_t mark = is(CharSet(",);}")) ? 1 : literal("=>") > 0 ? 2 : literal("=");
    if (mark > 0) {
      return take_all({{kOperator, mark}, {kText, run(kSpace, mark)}}) && pop();
    }
    if (take(kOperator, one(CharSet("({")))) return push(State::kType);
    const std::size_t size = is(kHead) ? chain() : 0;
    if (size > 0) {
      std::size_t gap = run(kSpace, size);
      if (peek(size + gap) == '[') {
        return take_all({{kKeywordType, size}, {kText, gap}, {kOperator, 1}}) && pop() &&
               push(State::kTypeParameters);
      }
      while (gap > 0 && !ends_line(size + gap)) --gap;
      if (ends_line(size + gap)) return take_all({{kKeywordType, size}, {kText, gap}}) && pop();
    }
    return (take(kCommentSingle, line_after("//")) && pop()) || type_word();
  }

  std::size_t chain_until_ = 0;
};

}  // namespace

std::unique_ptr<Lexer> make_scala() { return std::make_unique<Scala>(); }

}  // namespace stet::highlight
