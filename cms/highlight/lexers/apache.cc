#include <memory>

#include "cms/highlight/lexers/apache_words.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kSection, kDirective };

class Apache final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kSection: return section() || blank();
      case State::kDirective:
        return (take(kText, line_end()) && pop()) || blank() || word(kStringSymbol, until(kSpace));
    }
    return false;
  }

 private:
  bool root() {
    if (blank()) return true;
    const std::size_t open = literal("</") > 0 ? 2 : literal("<");
    const std::size_t size = run(kWord, open);
    if (size == 0) return false;
    take(kPunctuation, open);
    return word(open > 0 ? kNameLabel : kNameClass, size) &&
           push(open > 0 ? State::kSection : State::kDirective);
  }

  bool blank() { return take(kComment, line_after("#")) || take(kText, run(kSpace)); }

  bool word(Token known, std::size_t size) {
    return take(kApacheWords.has_any_case(view(size)) ? known : kText, size);
  }

  bool section() {
    const std::size_t end = through(">");
    if (end == 0) return false;
    take(kStringRegex, end - 1);
    return take(kPunctuation, 1 + line_end(1)) && pop();
  }

  std::size_t line_end(std::size_t from = 0) const {
    return literal("\r\n", from) > 0 ? 2 : one(CharSet("\r\n"), from);
  }
};

}  // namespace

std::unique_ptr<Lexer> make_apache() { return std::make_unique<Apache>(); }

}  // namespace stet::highlight
