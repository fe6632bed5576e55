#include <memory>
#include <string_view>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kComment, kString, kText };

constexpr WordSet kKeywords({"alias",
                             "as",
                             "case",
                             "else",
                             "exposing",
                             "if",
                             "import",
                             "in",
                             "let",
                             "module",
                             "of",
                             "port",
                             "then",
                             "type"});

class Elm final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kComment: return nested(kCommentMultiline, "{-", "-}");
      case State::kString:
        return take(kStringDouble, until(CharSet("\\\""))) ||
               take(kStringEscape, literal("\\\"")) ||
               (take(kStringDouble, literal("\"")) && pop());
      case State::kText:
        return take(kStringEscape, literal("\\\"")) ||
               (take(kString, literal("\"\"\"")) && pop()) || take(kString, until(CharSet("\""))) ||
               take(kString, literal("\""));
    }
    return false;
  }

 private:
  bool root() {
    if (take(kText, run(kSpace)) || take(kCommentSingle, line_after("--"))) return true;
    if (take(kCommentMultiline, literal("{-"))) return push(State::kComment);
    return name() || take(kOperator, literal("::")) ||
           take(kOperator, one(CharSet("+,-./*%=<>^|!\\@#$&~?"))) || string() || number() ||
           take(kPunctuation, one(CharSet("[]();`{}:")));
  }

  bool name() {
    const std::size_t size = head_and(kLower, kWord);
    if (size > 0) return take(kKeywords.has(view(size)) ? kKeyword : kName, size);
    return take(kKeywordType, head_and(kUpper, kWord)) || take(kName, literal("_"));
  }

  bool string() {
    if (take(kString, literal("\"\"\""))) return push(State::kText);
    const std::size_t begin = peek() == '\'' ? 1 + (peek(1) == '\\' ? 1 : 0) : 0;
    const std::size_t size = begin > 0 ? character_in_line(begin) : 0;
    if (size > 0 && peek(begin + size) == '\'') return take(kStringChar, begin + size + 1);
    return take(kStringChar, literal("'\\'")) ||
           (take(kString, literal("\"")) && push(State::kString));
  }

  bool number() {
    const std::size_t whole = run(kDigits);
    if (whole == 0) return false;
    const bool is_hex = peek() == '0' && (peek(1) | 0x20) == 'x' && is(kHexDigits, 2);
    if (is_hex) return take(kNumberHex, 2 + run(kHexDigits, 2));
    const std::size_t part = peek(whole) == '.' ? run(kDigits, whole + 1) : 0;
    const std::size_t size = whole + (part > 0 ? 1 + part : 0);
    const std::size_t power = exponent(size);
    return take(part + power > 0 ? kNumberFloat : kNumberInteger, size + power);
  }
};

}  // namespace

std::unique_ptr<Lexer> make_elm() { return std::make_unique<Elm>(); }

}  // namespace stet::highlight
