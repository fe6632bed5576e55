#include <memory>
#include <string_view>

#include "cms/highlight/lexers/jinja_words.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kComment, kRaw, kVerbatim, kStatement, kExpression };

constexpr WordSet kConstants({"False", "None", "True", "false", "none", "true"});
constexpr WordSet kWordOperators({"and", "in", "is", "not", "or"});

// Jinja, Django's templates, and Twig's, whose words are others: tags in a page.
class Jinja final : public StateLexer<State> {
 public:
  explicit Jinja(bool is_twig) : is_twig_(is_twig) {}

  void reset() override {
    StateLexer::reset();
    page_->reset();
  }

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kComment:
        return take(kComment, until(CharSet("#"))) || (take(kComment, literal("#}")) && pop()) ||
               take(kComment, literal("#"));
      case State::kRaw: return verbatim("endraw");
      case State::kVerbatim: return verbatim("endverbatim");
      case State::kStatement:
        return word() || expression() || (take(kCommentPreprocessor, literal("%}")) && pop());
      case State::kExpression: {
        const std::size_t size = run(kWord);
        return take(kNameVariable, size > 0 ? size + literal(".", size) : 0) || expression() ||
               (take(kCommentPreprocessor, literal("%}") + literal("}}")) && pop());
      }
    }
    return false;
  }

 private:
  bool root() {
    if (take(kComment, literal("{#"))) return push(State::kComment);
    if (take(kComment, line_after("##"))) return true;
    if (tag("raw")) return push(State::kRaw);
    if (tag("verbatim")) return push(State::kVerbatim);
    if (take(kCommentPreprocessor, literal("{%"))) return push(State::kStatement);
    if (take(kCommentPreprocessor, literal("{{"))) return push(State::kExpression);
    std::size_t size = 1;
    while (!ends(size) && !is_mark(size)) ++size;
    return hand(*page_, size);
  }

  bool is_mark(std::size_t from) const {
    const char c = peek(from);
    return c == '\\' || (c == '{' && is(CharSet("{%#"), from + 1)) ||
           (c == '#' && peek(from + 1) == '#');
  }

  // {%- word -%}
  bool tag(std::string_view word) {
    if (literal("{%") == 0) return false;
    const std::size_t begin = 2 + literal("-", 2);
    const std::size_t gap = run(kSpace, begin);
    const std::size_t size = literal(word, begin + gap);
    const std::size_t space = run(kSpace, begin + gap + size);
    const std::size_t close = begin + gap + size + space;
    const std::size_t mark = literal("-", close);
    return size > 0 && literal("%}", close + mark) > 0 &&
           take_all({{kCommentPreprocessor, begin},
                     {kText, gap},
                     {kKeyword, size},
                     {kText, space},
                     {kCommentPreprocessor, mark + 2}});
  }

  bool verbatim(std::string_view end) {
    return (tag(end) && pop()) || take(kText, until(CharSet("{"))) || take(kText, literal("{"));
  }

  bool word() {
    const std::size_t size = run(kWord);
    if (size == 0) return false;
    if (peek(size) == '.') return take(kNameVariable, size + 1);
    const std::string_view word = view(size);
    if (is_twig_ ? kTwigKeywords.has(word) : kJinjaKeywords.has(word)) return take(kKeyword, size);
    if (is_twig_ ? word == "true" || word == "false" || word == "none" : kConstants.has(word)) {
      return take(kKeywordPseudo, size);
    }
    if (kWordOperators.has(word)) return take(kOperatorWord, size);
    const bool is_test = is_twig_ ? kTwigTests.has(word) : kJinjaTests.has(word);
    return take(is_test ? kNameBuiltin : kNameVariable, size);
  }

  bool expression() {
    if (peek() == '|') {
      const std::size_t gap = run(kSpace, 1);
      const std::size_t size = run(kWord, 1 + gap);
      return size > 0 && take_all({{kOperator, 1 + gap}, {kNameFunction, size}});
    }
    return take(kStringDouble, quoted_in_line('"')) || take(kStringSingle, quoted_in_line('\'')) ||
           take(kOperator, one(CharSet("+-*/=<>"))) || take(kOperator, literal("!=")) ||
           take(kPunctuation, one(CharSet(",[]()"))) || take(kText, run(kSpace));
  }

  bool is_twig_;
  std::unique_ptr<Lexer> page_ = make_html();
};

}  // namespace

std::unique_ptr<Lexer> make_jinja() { return std::make_unique<Jinja>(false); }
std::unique_ptr<Lexer> make_twig() { return std::make_unique<Jinja>(true); }

}  // namespace stet::highlight
