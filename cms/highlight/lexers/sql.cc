#include <memory>
#include <string_view>

#include "cms/highlight/lexers/code.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/sql_words.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kComment, kString, kName, kTickedName };

constexpr CharSet kOperators{"+*/<>=~!@#%&|?^-"};
constexpr CharSet kMarks{";:()[]{},."};

class Sql final : public StateLexer<State, Code> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kComment: return nested(kCommentMultiline, "/*", "*/");
      case State::kString: return quoted_by('\'', kStringSingle);
      case State::kName: return quoted_by('"', kNameVariable);
      case State::kTickedName: return quoted_by('`', kNameVariable);
    }
    return false;
  }

 private:
  bool root() {
    return take(kText, run(kSpace)) || take(kCommentSingle, line_after("--")) ||
           (take(kCommentMultiline, literal("/*")) && push(State::kComment)) ||
           take(kNumberInteger, run(kDigits)) ||
           (take(kStringSingle, literal("'")) && push(State::kString)) ||
           (take(kNameVariable, literal("\"")) && push(State::kName)) ||
           (take(kNameVariable, literal("`")) && push(State::kTickedName)) || word() ||
           take(kOperator, one(kOperators)) || take(kPunctuation, one(kMarks));
  }

  bool word() {
    const std::size_t size = run(kWord);
    const std::string_view word = view(size);
    return take(kSqlTypes.has_any_case(word)      ? kNameBuiltin
                : kSqlKeywords.has_any_case(word) ? kKeyword
                                                  : kName,
                size);
  }

  // Two quotes are one.
  bool quoted_by(char quote, Token token) {
    if (peek() == '\\') {
      const std::size_t size = character_in_line(1);
      return size > 0 && take(kStringEscape, 1 + size);
    }
    const char marks[] = {quote, '\\'};
    if (peek() != quote) return take(token, until(CharSet::of({marks, sizeof marks})));
    return peek(1) == quote ? take(kStringEscape, 2) : take(token, 1) && pop();
  }
};

}  // namespace

std::unique_ptr<Lexer> make_sql() { return std::make_unique<Sql>(); }

}  // namespace stet::highlight
