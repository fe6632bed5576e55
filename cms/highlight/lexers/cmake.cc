#include <memory>

#include "cms/highlight/lexers/cmake_words.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kBracketString, kBracketComment, kReference, kQuoted };

constexpr CharSet kNames = kWord;

class Cmake final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kBracketString:
        return bracket_end(kStringDouble) || reference() || rest_of(kStringDouble);
      case State::kBracketComment:
        return bracket_end(kCommentMultiline) || rest_of(kCommentMultiline);
      case State::kReference:
        return reference() || (take(kStringInterpolation, literal("}")) && pop()) ||
               rest_of(kNameVariable);
      case State::kQuoted:
        return reference() || (take(kStringDouble, literal("\"")) && push(State::kRoot)) ||
               (peek() == '\\' && is(CharSet("()#\" \\$@^trn;"), 1) && take(kStringEscape, 2)) ||
               rest_of(kStringDouble);
    }
    return false;
  }

 private:
  bool root() {
    if (reference() || take(kText, run(kBlank)) || take(kPunctuation, one(CharSet("()")))) {
      return true;
    }
    if (peek() == '#' && start_bracket(1)) {
      return take(kCommentMultiline, 1 + bracket_) && go_to(State::kBracketComment);
    }
    if (start_bracket(0)) return take(kStringDouble, bracket_) && go_to(State::kBracketString);
    return take(kText, literal("\\\"")) ||
           (take(kStringDouble, literal("\"")) && push(State::kQuoted)) || command() ||
           take(kCommentSingle, line_after("#")) || rest_of(kText);
  }

  bool reference() { return take(kStringInterpolation, literal("${")) && push(State::kReference); }

  // [==[
  bool start_bracket(std::size_t from) {
    if (peek(from) != '[') return false;
    const std::size_t size = 2 + run(CharSet("="), from + 1);
    if (peek(from + size - 1) != '[') return false;
    bracket_ = size;
    return true;
  }

  bool bracket_end(Token token) {
    if (peek() != ']') return false;
    const std::size_t size = 2 + run(CharSet("="), 1);
    if (peek(size - 1) != ']') return false;
    return take(token, size) && (size != bracket_ || go_to(State::kRoot));
  }

  bool command() {
    if (!is(kLetters | "_")) return false;
    const std::size_t name = stretch(kNames);
    const std::size_t gap = run(kBlank, name);
    if (peek(name + gap) != '(') return false;
    return take_all({{kCmakeCommands.has(view(name)) ? kNameBuiltin : kNameFunction, name},
                     {kText, gap},
                     {kPunctuation, 1}});
  }

  bool rest_of(Token token) { return take(token, character()); }

  std::size_t bracket_ = 0;
};

}  // namespace

std::unique_ptr<Lexer> make_cmake() { return std::make_unique<Cmake>(); }

}  // namespace stet::highlight
