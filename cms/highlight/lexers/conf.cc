#include <memory>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot };

// Settings of any program: little is the same in all of them.
class Conf final : public StateLexer<State> {
 protected:
  bool step() override {
    return (peek() == '#' && take(kComment, through("\n"))) ||
           (peek() == '"' && take(kStringDouble, through_in_line("\"", 1))) ||
           (peek() == '\'' && take(kStringSingle, through_in_line("'", 1))) ||
           (is(kLetters) && take(kName, run(kWord))) || take(kNumber, run(kDigits)) ||
           take(kText, until(kWord | "#\"'"));
  }
};

}  // namespace

std::unique_ptr<Lexer> make_conf() { return std::make_unique<Conf>(); }

}  // namespace stet::highlight
