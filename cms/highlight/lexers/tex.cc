#include <memory>
#include <string_view>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kCommand, kInlineMath, kDisplayMath };

class Tex final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kCommand:
        return (peek() == '[' && take(kNameAttribute, through_in_line("]", 1))) ||
               take(kKeyword, literal("*")) || pop();
      case State::kInlineMath:
        return (take(kPunctuation, literal("\\)")) && pop()) ||
               (take(kPunctuation, literal("$")) && pop()) || math();
      case State::kDisplayMath:
        return (take(kPunctuation, literal("\\]")) && pop()) ||
               (take(kPunctuation, literal("$$")) && pop()) || take(kNameBuiltin, literal("$")) ||
               math();
    }
    return false;
  }

 private:
  bool root() {
    return (take(kPunctuation, literal("\\[")) && push(State::kDisplayMath)) ||
           (take(kPunctuation, literal("\\(")) && push(State::kInlineMath)) ||
           (take(kPunctuation, literal("$$")) && push(State::kDisplayMath)) ||
           (take(kPunctuation, literal("$")) && push(State::kInlineMath)) ||
           take(kNameTag, environment()) || verbatim() ||
           (take(kKeyword, command()) && push(State::kCommand)) || marks() ||
           take(kText, until(CharSet("\\$%&_^{}")));
  }

  bool marks() {
    return take(kComment, line_after("%")) || take(kPunctuation, one(CharSet("{}&_^")));
  }

  bool math() {
    return take(kNameVariable, command()) || marks() || take(kNumber, run(kDigits)) ||
           take(kOperator, one(CharSet("-=!+*/()[]"))) ||
           take(kNameBuiltin, until(kDigits | "=!+*/()[]\\$%&_^{}-"));
  }

  std::size_t command() const {
    if (peek() != '\\') return 0;
    if (is(kLetters | kSpace, 1)) return 1 + run(is(kLetters, 1) ? kLetters : kSpace, 1);
    return ends(1) ? 0 : 1 + character(1);
  }

  // \begin{name}
  std::size_t environment() {
    const std::size_t size = literal("\\begin{") + literal("\\end{");
    return size > 0 ? through_in_line("}", size) : 0;
  }

  // \verb|text|
  bool verbatim() {
    const std::size_t word = whole_word("\\verb");
    const std::size_t mark = word > 0 && !is(kSpace, word) ? character(word) : 0;
    if (mark == 0) return false;
    const std::size_t begin = word + mark;
    const std::size_t text = view(line(begin), begin).find(view(mark, word));
    return text != std::string_view::npos && take_all({{kNameBuiltin, word},
                                                       {kKeywordPseudo, mark},
                                                       {kStringOther, text},
                                                       {kKeywordPseudo, mark}});
  }
};

}  // namespace

std::unique_ptr<Lexer> make_tex() { return std::make_unique<Tex>(); }

}  // namespace stet::highlight
