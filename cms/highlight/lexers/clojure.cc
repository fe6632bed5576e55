#include <memory>
#include <string_view>

#include "cms/highlight/lexers/clojure_words.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot };

constexpr CharSet kNames = kWord | "!$%*+,<=>?/.-";
constexpr CharSet kKeyName = kWord | "!#$%*+,<=>?/.-";

class Clojure final : public StateLexer<State> {
 protected:
  bool step() override {
    return take(kCommentSingle, line_after(";")) || take(kWhitespace, run(kSpace)) || number() ||
           take(kString, quoted('"')) || symbol() || take(kStringChar, character_literal()) ||
           take(kOperator, literal("~@") > 0 ? 2 : one(CharSet("`'#^~&@"))) || call() ||
           word(run(kNames), kName) || take(kPunctuation, one(CharSet("[]{}()")));
  }

 private:
  bool number() {
    const std::size_t sign = literal("-");
    const std::size_t whole = run(kDigits, sign);
    if (whole == 0) return false;
    const std::size_t size = sign + whole;
    const std::size_t part = peek(size) == '.' ? run(kDigits, size + 1) : 0;
    return part > 0 ? take(kNumberFloat, size + 1 + part) : take(kNumberInteger, size);
  }

  bool symbol() {
    const std::size_t quote = peek() == '\'' ? run(kKeyName, 1) : 0;
    if (quote > 0) return take(kStringSymbol, 1 + quote);
    const std::size_t colons = literal("::") > 0 ? 2 : literal(":");
    const std::size_t name = colons > 0 ? run(kKeyName, colons) : 0;
    return name > 0 && take(kNameConstant, colons + name);
  }

  std::size_t character_literal() const {
    const std::size_t size = peek() == '\\' ? character_in_line(1) : 0;
    return size > 0 ? 1 + size : 0;
  }

  bool call() {
    if (peek() != '(') return false;
    const std::size_t gap = run(kSpace, 1);
    const std::size_t size = run(kNames, 1 + gap);
    if (size == 0) return false;
    take_all({{kPunctuation, 1}, {kWhitespace, gap}});
    return word(size, kNameFunction);
  }

  bool word(std::size_t size, Token other) {
    const std::string_view word = view(size);
    return take(kClojureForms.has(word)       ? kKeyword
                : kClojureFunctions.has(word) ? kNameBuiltin
                                              : other,
                size);
  }
};

}  // namespace

std::unique_ptr<Lexer> make_clojure() { return std::make_unique<Clojure>(); }

}  // namespace stet::highlight
