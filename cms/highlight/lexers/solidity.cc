#include <memory>
#include <string_view>

#include "cms/highlight/lexers/code.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/solidity_words.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kComment, kDoubleQuoted, kSingleQuoted };

constexpr CharSet kOperators{"~!%^&*+=|?:<>/-"};
constexpr CharSet kMarks{"()[],.;{}"};
constexpr CharSet kHead = kLetters | "$_";

class Solidity final : public StateLexer<State, Code> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kComment:
        return (take(kCommentMultiline, literal("*/")) && pop()) ||
               take(kCommentMultiline, until(CharSet("*"))) || take(kCommentMultiline, 1);
      case State::kDoubleQuoted: return string('"');
      case State::kSingleQuoted: return string('\'');
    }
    return false;
  }

 private:
  bool root() {
    const std::size_t hex = literal("hex");
    return take(kText, run(CharSet(" \t\r\n"))) || take(kText, literal("\\\n")) ||
           take(kCommentSingle, comment()) ||
           (take(kCommentMultiline, literal("/*")) && push(State::kComment)) ||
           (peek(hex) == '"' && take(kString, hex + 1) && push(State::kDoubleQuoted)) ||
           (peek(hex) == '\'' && take(kString, hex + 1) && push(State::kSingleQuoted)) ||
           number() || take(kError, literal("*/")) || take(kOperator, one(kOperators)) ||
           take(kPunctuation, one(kMarks)) || name();
  }

  // With the line feed.
  std::size_t comment() { return literal("//") > 0 ? through("\n", 2) : 0; }

  std::size_t power(std::size_t from) const {
    const std::size_t size = is(CharSet("eE"), from) ? run(kDigits, from + 1) : 0;
    return size > 0 ? 1 + size : 0;
  }

  bool number() {
    const std::size_t whole = run(kDigits);
    if (whole == 0) return false;
    const std::size_t part = peek(whole) == '.' ? run(kDigits, whole + 1) : 0;
    if (part > 0) return take(kNumberFloat, whole + 1 + part + power(whole + 1 + part));
    return take(kNumberHex, based('x', kHexDigits)) || take(kNumberInteger, whole + power(whole));
  }

  // bytes32, uint256: as far as the digits.
  std::size_t sized_type() const {
    const std::size_t sign = literal("u");
    const std::size_t name = literal("bytes") + (literal("int", sign) > 0 ? sign + 3 : 0);
    const std::size_t digits = name > 0 ? run(kDigits, name) : 0;
    return digits > 0 ? name + digits : 0;
  }

  std::size_t fixed_type() const {
    const std::size_t name = literal("u") + literal("fixed", literal("u"));
    const std::size_t whole = name > 4 ? run(kDigits, name) : 0;
    const std::size_t part =
        whole > 0 && peek(name + whole) == 'x' ? run(kDigits, name + whole + 1) : 0;
    return part > 0 ? name + whole + 1 + part : 0;
  }

  bool name() {
    if (take(kKeywordReserved, fixed_type()) || take(kKeywordType, sized_type())) return true;
    const std::size_t size = head_and(kHead, kWord | "$");
    const std::string_view word = view(size);
    return take(kSolidityKeywords.has(word)    ? kKeyword
                : kSolidityBuiltins.has(word)  ? kNameBuiltin
                : kSolidityConstants.has(word) ? kKeywordConstant
                : kSolidityTypes.has(word)     ? kKeywordType
                : kSolidityReserved.has(word)  ? kKeywordReserved
                                               : kName,
                size);
  }

  std::size_t escape() const {
    if (peek() != '\\') return 0;
    if (peek(1) == 'u' && run_within(4, kHexDigits, 2) == 4) return 6;
    if (peek(1) != 'x') return 1 + character(1);
    const std::size_t first = character_in_line(2);
    const std::size_t second = first > 0 ? character_in_line(2 + first) : 0;
    return second > 0 ? 2 + first + second : 0;
  }

  bool string(char quote) {
    const std::size_t size = escape();
    if (take(size > 1 ? kStringEscape : kString, size)) return true;
    if (take(kString, until(CharSet("\\\"'\n"))) || take(kString, literal("\\"))) return true;
    if (peek() == quote) return take(kString, 1) && pop();
    return take(kString, one(CharSet("\"'")));
  }
};

}  // namespace

std::unique_ptr<Lexer> make_solidity() { return std::make_unique<Solidity>(); }

}  // namespace stet::highlight
