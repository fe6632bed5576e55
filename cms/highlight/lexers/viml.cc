#include <memory>
#include <string_view>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/viml_words.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot };

constexpr WordSet kKeywords(
    {"else", "elseif", "endfunction", "endif", "fun", "function", "if", "let"});
constexpr WordSet kLooks({"NONE", "bold", "dark", "italic", "light", "underline"});

class VimL final : public StateLexer<State> {
 protected:
  bool step() override {
    return (at_line_start() && line_start()) || take(kText, run(kBlank)) ||
           take(kStringRegex, quoted_in_line('/')) || take(kStringDouble, quoted_in_line('"')) ||
           take(kStringSingle, quoted_in_line('\'')) || number() ||
           (at_line_start() && take(kPunctuation, literal(":"))) ||
           take(kPunctuation, one(CharSet("():<>+=![]{}|,~.-"))) || word() ||
           take(kText, character());
  }

 private:
  bool line_start() {
    const std::size_t gap = stretch(kSpace);
    if (peek(gap) == '\\') return take(kStringEscape, gap + 1);
    if (peek(gap) != '"') return false;
    take(kText, gap);
    return take(kComment, line());
  }

  bool number() {
    const std::size_t sign = literal("-");
    if (is(kDigits, sign)) return take(kNumber, sign + run(kDigits, sign));
    return peek() == '#' && run_within(6, kHexDigits, 1) == 6 && take(kNumberHex, 7);
  }

  bool word() {
    const std::size_t size = run(kWord);
    if (size == 0 || !ends_word(size)) return false;
    const std::string_view word = view(size);
    if (size == 1 && is(CharSet("absg")) && peek(1) == ':') {
      const std::size_t name = run(kWord, 2);
      if (name > 0 && ends_word(2 + name)) return take(kNameVariable, 2 + name);
    }
    if (kKeywords.has(word)) return take(kKeyword, size);
    if (kLooks.has(word)) return take(kNameBuiltin, size);
    return take(kVimCommands.has(word) ? kKeyword
                : kVimNames.has(word)  ? kNameBuiltin
                                       : kText,
                size);
  }
};

}  // namespace

std::unique_ptr<Lexer> make_viml() { return std::make_unique<VimL>(); }

}  // namespace stet::highlight
