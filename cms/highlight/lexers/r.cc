#include <memory>
#include <string_view>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/r_words.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot };

constexpr CharSet kNameHead = kLetters | kHigh;
constexpr CharSet kNameTail = kNameHead | kDigits | "._";

constexpr WordSet kKeywords(
    {"break", "else", "for", "function", "if", "in", "next", "repeat", "while"});
constexpr WordSet kConstants({"FALSE",
                              "Inf",
                              "NA",
                              "NA_character_",
                              "NA_complex_",
                              "NA_integer_",
                              "NA_real_",
                              "NULL",
                              "NaN",
                              "TRUE"});
constexpr WordSet kBuiltins({"F", "LETTERS", "T", "letters", "month.abb", "month.name", "pi"});

class R final : public StateLexer<State> {
 protected:
  bool step() override {
    return take(kCommentDoc, line_after("#'")) || take(kCommentSingle, line_after("#")) ||
           take(kWhitespace, run(kSpace)) || take(kName, quoted_name()) ||
           take(kStringSingle, quoted('\'')) || take(kStringDouble, quoted('"')) ||
           (peek() == '%' && take(kOperator, through("%", 1))) || number() || word() ||
           take(kPunctuation, one(CharSet("[]{}();,"))) ||
           take(kOperator, one(CharSet("-<>?*+^/!=~$@:%&|")));
  }

 private:
  std::size_t quoted_name() { return peek() == '`' && peek(1) != '`' ? through("`", 1) : 0; }

  bool number() {
    if (peek() == '0' && is(CharSet("xX"), 1) && is(kHexDigits, 2)) {
      const std::size_t size = 2 + run(kHexDigits, 2);
      const std::size_t power = is(CharSet("pP"), size) ? run(kDigits, size + 1) : 0;
      const std::size_t all = power > 0 ? size + 1 + power : size;
      return take(kNumberHex, all + one(CharSet("Li"), all));
    }
    const std::size_t sign = one(CharSet("+-"));
    const std::size_t whole = run(kDigits, sign);
    const std::size_t part = peek(sign + whole) == '.' ? run(kDigits, sign + whole + 1) : 0;
    if (whole + part == 0) return false;
    std::size_t size = sign + whole + (part > 0 ? 1 + part : 0);
    size += exponent(size);
    return take(kNumber, size + one(CharSet("Li"), size));
  }

  bool word() {
    std::size_t size = head_and(kNameHead, kNameTail);
    if (peek() == '.') size = is(kNameHead | "._", 1) ? 1 + letters(kNameTail, 1) : 1;
    const std::string_view word = view(size);
    if (kRFunctions.has(word) && peek(size) == '(') return take(kNameFunction, size);
    return take(kKeywords.has(word)    ? kKeyword
                : kConstants.has(word) ? kKeywordConstant
                : kBuiltins.has(word)  ? kNameBuiltin
                                       : kName,
                size);
  }
};

}  // namespace

std::unique_ptr<Lexer> make_r() { return std::make_unique<R>(); }

}  // namespace stet::highlight
