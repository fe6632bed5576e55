#include <memory>
#include <string_view>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/scheme_words.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kCommand };

constexpr CharSet kNames = kLetters | kDigits | "!$%&*+,/:<=>?@^_~|-";

class Scheme final : public StateLexer<State> {
 protected:
  bool step() override {
    if (state() == State::kCommand) return command();
    return take(kCommentSingle, line_after(";")) || take(kText, run(kSpace)) || number() ||
           take(kString, quoted('"')) || symbol() || take(kStringChar, character_literal()) ||
           take(kNameConstant, literal("#t") + literal("#f")) ||
           take(kOperator, literal(",@") > 0 ? 2 : one(CharSet("'#`,."))) ||
           (take(kPunctuation, one(CharSet("(["))) && push(State::kCommand)) ||
           take(kPunctuation, one(CharSet(")]"))) || take(kNameVariable, run(kNames));
  }

 private:
  bool command() {
    pop();
    const std::size_t size = run(kNames);
    const std::string_view word = view(size);
    return take(kSchemeForms.has(word)        ? kKeyword
                : kSchemeProcedures.has(word) ? kNameBuiltin
                                              : kNameFunction,
                size) ||
           size == 0;
  }

  bool number() {
    const std::size_t sign = literal("-");
    const std::size_t whole = run(kDigits, sign);
    if (whole > 0) {
      const std::size_t size = sign + whole;
      const std::size_t part = peek(size) == '.' ? run(kDigits, size + 1) : 0;
      return part > 0 ? take(kNumberFloat, size + 1 + part) : take(kNumberInteger, size);
    }
    if (is(CharSet("+-")) && literal("inf.", 1) > 0 && is(CharSet("f0"), 5)) {
      return take(kNumber, 6);
    }
    if (peek() != '#') return false;
    return take(kNumberBinary, based(CharSet("b"), CharSet("01"))) ||
           take(kNumberOctal, based(CharSet("o"), kOctalDigits)) ||
           take(kNumberInteger, based(CharSet("d"), kDigits)) ||
           take(kNumberHex, based(CharSet("xX"), kHexDigits)) ||
           take(kNumberOther, based(CharSet("ei"), kDigits | "."));
  }

  std::size_t based(const CharSet& mark, const CharSet& digits) const {
    const std::size_t size = is(mark, 1) ? run(digits, 2) : 0;
    return size > 0 ? 2 + size : 0;
  }

  bool symbol() {
    const std::size_t name = peek() == '\'' ? run(kNames, 1) : 0;
    return name > 0 && take(kStringSymbol, 1 + name);
  }

  std::size_t character_literal() const {
    if (literal("#\\") == 0) return 0;
    if (is(CharSet("()/'\"._!$%& ?=+-"), 2)) return 3;
    const std::size_t name = run(kLetters | kDigits, 2);
    return name > 0 ? 2 + name : 0;
  }
};

}  // namespace

std::unique_ptr<Lexer> make_scheme() { return std::make_unique<Scheme>(); }

}  // namespace stet::highlight
