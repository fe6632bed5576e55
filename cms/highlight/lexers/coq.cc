#include <memory>
#include <string_view>

#include "cms/highlight/lexers/coq_words.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kComment, kString };

constexpr CharSet kNameTail = kWord | "'";
constexpr CharSet kOperators{"[];,{}_()!$%&*+./:<=>?@^|~#-"};

constexpr std::string_view kMarks[] = {
    "_", ";", ":", "⇒", "→", "↔", "⇔", "≔", "≡", "∀", "∃", "∧", "∨", "¬", "⊤", "⊥", "⊢", "⊨", "∈"};
constexpr std::string_view kTopics[] = {"Universe", "Printing", "Implicit", "Strict"};
constexpr std::string_view kOptions[] = {
    "Polymorphism", "All", "Notations", "Arguments", "Universes", "Implicit"};

class Coq final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kComment:
        return take(kComment, until(CharSet("(*)"))) ||
               (take(kComment, literal("(*")) && push(State::kComment)) ||
               (take(kComment, literal("*)")) && pop()) || take(kComment, 1);
      case State::kString:
        return take(kStringDouble, literal("\\\"")) ||
               take(kStringDouble, until(CharSet("\\\""))) || take(kStringDouble, literal("\\")) ||
               (take(kStringDouble, 1) && pop());
    }
    return false;
  }

 private:
  bool root() {
    if (literal("(*") > 0 && peek(2) != ')') return take(kComment, 2) && push(State::kComment);
    return take(kWhitespace, run(kSpace)) || module_type() || option() || names() ||
           take(kOperator, literal("/\\") + literal("\\/")) || number() ||
           take(kStringChar, character_literal()) || take(kKeyword, literal("'")) ||
           (take(kStringDouble, literal("\"")) && push(State::kString)) || variable() ||
           take(kPunctuation, first_of(kMarks)) || take(kOperator, one(kOperators));
  }

  bool module_type() {
    const std::size_t gap = literal("Module") > 0 ? run(kSpace, 6) : 0;
    const std::size_t type = gap > 0 ? literal("Type", 6 + gap) : 0;
    const std::size_t behind = type > 0 ? run(kSpace, 10 + gap) : 0;
    return behind > 0 &&
           take_all({{kKeyword, 6}, {kWhitespace, gap}, {kKeyword, type}, {kWhitespace, behind}});
  }

  // Set Printing All.
  bool option() {
    const std::size_t word = literal("Set") + literal("Unset");
    const std::size_t gap = word > 0 ? run(kSpace, word) : 0;
    const std::size_t topic = gap > 0 ? first_of(kTopics, word + gap) : 0;
    const std::size_t between = topic > 0 ? run(kSpace, word + gap + topic) : 0;
    if (between == 0) return false;
    const std::size_t begin = word + gap + topic + between;
    const std::size_t name = first_of(kOptions, begin);
    return name > 0 && peek(begin + name) == '.' &&
           take_all({{kKeyword, word},
                     {kWhitespace, gap},
                     {kKeyword, topic},
                     {kWhitespace, between},
                     {kKeyword, name},
                     {kPunctuationIndicator, 1}});
  }

  std::size_t name_size(std::size_t from = 0) const {
    return is(kLetters, from) || (peek(from) == '_' && is(kNameTail, from + 1))
               ? run(kNameTail, from)
               : 0;
  }

  // A word, or names with points between them; a point before a blank ends a sentence.
  bool names() {
    std::size_t size = name_size();
    if (size == 0) return false;
    bool is_path = false;
    for (std::size_t next = 0; peek(size) == '.'; size = next, is_path = true) {
      next = name_size(size + 1);
      if (next == 0) break;
      take_all({{kNameNamespace, size}, {kPunctuation, 1}});
    }
    take(is_path ? kNameConstant : kind_of(view(size)), size);
    const std::size_t gap = peek() == '.' ? run(kSpace, 1) : 0;
    return gap == 0 || take_all({{kPunctuationIndicator, 1}, {kWhitespace, gap}});
  }

  static Token kind_of(std::string_view word) {
    return kCoqCommands.has(word)  ? kKeyword
           : kCoqTerms.has(word)   ? kKeywordReserved
           : kCoqEnders.has(word)  ? kNameException
           : kCoqTactics.has(word) ? kKeywordPseudo
                                   : kNameConstant;
  }

  std::size_t power(std::size_t from) const {
    const std::size_t size = exponent(from);
    return size > 0 ? size + run(kDigits | "_", from + size) : 0;
  }

  bool number() {
    const std::size_t sign = literal("-");
    if (!is(kDigits, sign)) return false;
    const std::size_t whole = sign + run(kDigits | "_", sign);
    const std::size_t point = character_in_line(whole);
    const std::size_t part = point > 0 ? point + run(kDigits | "_", whole + point) : 0;
    if (part > 0 && power(whole + part) > 0) {
      return take(kNumberFloat, whole + part + power(whole + part));
    }
    if (power(whole) > 0) return take(kNumberFloat, whole + power(whole));
    return sign == 0 && take(kNumberInteger, whole);
  }

  std::size_t character_literal() const {
    if (literal("'\\") == 0) return 0;
    const std::size_t size = is(CharSet("\\\"'ntbr "), 2)                          ? 1
                             : run_within(3, kDigits, 2) == 3                      ? 3
                             : peek(2) == 'x' && run_within(2, kHexDigits, 3) == 2 ? 3
                                                                                   : 0;
    return size > 0 && peek(2 + size) == '\'' ? 3 + size : 0;
  }

  bool variable() {
    const std::size_t name = is(CharSet("~?")) ? name_size(1) : 0;
    return name > 0 && take(kNameVariable, 1 + name);
  }
};

}  // namespace

std::unique_ptr<Lexer> make_coq() { return std::make_unique<Coq>(); }

}  // namespace stet::highlight
