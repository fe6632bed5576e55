#include <memory>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kBlock, kStatement };

constexpr CharSet kEndsName{" \t\r\n\f\v$;{}()#"};
constexpr CharSet kEndsArgument{" \t\r\n\f\v#;{}$\\"};

class Nginx final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot:
        return include() || (take(kKeyword, until(kEndsName)) && push(State::kStatement)) ||
               argument();
      case State::kBlock:
        return (take(kPunctuation, literal("}")) && pop()) ||
               (take(kKeywordNamespace, until(kEndsName)) && push(State::kStatement)) || argument();
      case State::kStatement:
        return (take(kPunctuation, literal("{")) && go_to(State::kBlock)) ||
               (take(kPunctuation, literal(";")) && pop()) || argument();
    }
    return false;
  }

 private:
  bool include() {
    const std::size_t word = literal("include");
    if (word == 0) return false;
    const std::size_t gap = run(kSpace, word);
    const std::size_t file = until(kSpace | ";", word + gap);
    return gap > 0 && file > 0 && take_all({{kKeyword, word}, {kText, gap}, {kName, file}});
  }

  bool argument() {
    const std::size_t path = peek() == '/' ? 1 + until(kEndsName, 1) : 0;
    return take(kText, run(kSpace)) || take(kCommentSingle, line_after("#")) ||
           take(kNameConstant, whole_word("on") + whole_word("off")) ||
           (peek() == '$' && is(kWord | "-", 1) && take(kNameVariable, 1 + run(kWord | "-", 1))) ||
           host() || take(kNameClass, media_type()) || take(kNumberInteger, size_of_bytes()) ||
           pattern() || take(kPunctuation, one(CharSet(":=~"))) || take(kName, path) ||
           take(kString, until(kEndsArgument)) || take(kText, one(CharSet("$;")));
  }

  // name:port
  bool host() {
    const std::size_t name = run(kLetters | kDigits | ".-");
    const std::size_t port = peek(name) == ':' ? run(kDigits, name + 1) : 0;
    return name > 0 && port > 0 &&
           take_all({{kNameFunction, name}, {kPunctuation, 1}, {kNumberInteger, port}});
  }

  std::size_t media_type() const {
    const std::size_t kind = run(kLetters | "-");
    const std::size_t name = peek(kind) == '/' ? run(kLetters | "-", kind + 1) : 0;
    return kind > 0 && name > 0 ? kind + 1 + name : 0;
  }

  std::size_t size_of_bytes() const {
    const std::size_t digits = run(kDigits);
    const std::size_t size = digits + one(CharSet("kmgKMG"), digits);
    return digits > 0 && ends_word(size) ? size : 0;
  }

  bool pattern() {
    if (peek() != '~') return false;
    const std::size_t gap = run(kSpace, 1);
    const std::size_t size = until(kSpace | "{", 1 + gap);
    return size > 0 && take_all({{kPunctuation, 1}, {kText, gap}, {kStringRegex, size}});
  }
};

}  // namespace

std::unique_ptr<Lexer> make_nginx() { return std::make_unique<Nginx>(); }

}  // namespace stet::highlight
