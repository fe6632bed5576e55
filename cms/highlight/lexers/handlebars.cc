#include <memory>
#include <string_view>

#include "cms/highlight/lexers/html.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kComment, kTag, kOpening, kBlockName };

constexpr CharSet kNames = kWord | "$-";

class Handlebars final : public StateLexer<State> {
 public:
  void reset() override {
    StateLexer::reset();
    page_->reset();
  }

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kComment: return nested(kComment, "{{", "}}");
      case State::kTag: return tag();
      case State::kOpening:
        if (take(kKeyword, one(CharSet("#/")))) return go_to(State::kBlockName);
        return take(kKeyword, one(CharSet(">^&~"))) || pop();
      case State::kBlockName:
        return take(kKeyword, standing("if")) || (take(kNameNamespace, run(kNames)) && pop()) ||
               pop();
    }
    return false;
  }

 private:
  bool root() {
    if (peek() == '\\' && peek(1) == '{') return hand(*page_, 1 + run(CharSet("{"), 1));
    if (take(kComment, literal("{{!--"))) return push(State::kComment);
    if (literal("{{!") > 0 && take(kComment, through_in_line("}}", 3))) return true;
    if (literal("{{") > 0) {
      return take(kKeyword, 2 + literal("{", 2)) && push(State::kTag) && push(State::kOpening);
    }
    std::size_t size = 1;
    while (!ends(size) && peek(size) != '\\' && literal("{{", size) == 0) ++size;
    const bool is_last = ends(size);
    hand(*page_, size);
    if (!is_last) page_->end_value();
    return true;
  }

  // The word, and a blank or the end of the tag behind it.
  std::size_t standing(std::string_view word) const {
    return is(kSpace | "}", word.size()) ? literal(word) : 0;
  }

  bool tag() {
    if (literal("}}") > 0) return take(kKeyword, 2 + literal("}", 2)) && pop();
    return take(kKeyword, literal("~")) || take(kText, run(kSpace)) ||
           take(kOperator, literal("=")) || take(kPunctuation, one(CharSet("|[]()"))) ||
           take(kNameVariable, standing(".")) || take(kNameVariable, literal("..")) ||
           take(kPunctuation, one(CharSet("/."))) || take(kStringDouble, quoted_in_line('"')) ||
           take(kStringSingle, quoted_in_line('\'')) || name();
  }

  bool name() {
    const std::size_t digits = run(kDigits);
    if (peek(digits) == '}' && is(kSpace, digits + 1) && take(kNumber, digits)) return true;
    const std::size_t attribute = peek() == '@' ? run(kNames, 1) : 0;
    return take(kKeywordConstant, standing("true") + standing("false")) ||
           take(kKeyword, standing("else")) || take(kNameBuiltinPseudo, standing("this")) ||
           take(kNameAttribute, attribute > 0 ? 1 + attribute : 0) ||
           take(kNameVariable, run(kNames));
  }

  std::unique_ptr<Page> page_ = make_page();
};

}  // namespace

std::unique_ptr<Lexer> make_handlebars() { return std::make_unique<Handlebars>(); }

}  // namespace stet::highlight
