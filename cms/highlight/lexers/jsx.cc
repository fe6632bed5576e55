#include <memory>

#include "cms/highlight/lexers/javascript.h"
#include "cms/highlight/lexers/lexers.h"

namespace stet::highlight {
namespace {

using enum Token;

class Jsx final : public Javascript {
 public:
  explicit Jsx(bool is_typed) : Javascript(is_typed), page_(make_html()) {
    push(ScriptState::kExpression);
  }

  void reset() override {
    StateLexer::reset();
    page_->reset();
    push(ScriptState::kExpression);
  }

 protected:
  bool dialect_expression() override {
    return take(kPunctuation, literal("<")) && push(ScriptState::kElementText) &&
           push(ScriptState::kElement) && push(ScriptState::kElementName);
  }

  bool dialect_step() override {
    switch (state()) {
      case ScriptState::kElement: return element();
      case ScriptState::kElementName: return element_name();
      case ScriptState::kElementText: return element_text();
      case ScriptState::kInterpolation:
        if (take(kStringInterpolation, literal("}"))) return pop();
        return (take(kPunctuation, literal("{")) && push(ScriptState::kInterpolatedBraces) &&
                push(ScriptState::kStatement)) ||
               root();
      case ScriptState::kInterpolatedBraces:
        return (take(kPunctuation, literal("}")) && go_to(ScriptState::kStatement)) || root();
      default: return false;
    }
  }

 private:
  bool interpolation() {
    return take(kStringInterpolation, literal("{")) && push(ScriptState::kInterpolation) &&
           push(ScriptState::kExpression);
  }

  bool element() {
    if (whitespace()) return true;
    if (take(kPunctuation, literal("/>"))) return pop(2);
    if (take(kPunctuation, literal(">"))) return pop();
    return interpolation() || take(kNameAttribute, head_and(kWord, kWord | "-")) ||
           take(kPunctuation, literal("=")) || take(kString, value());
  }

  std::size_t value() {
    return peek() == '"' ? through_in_line("\"", 1) : peek() == '\'' ? through_in_line("'", 1) : 0;
  }

  bool element_name() {
    const std::size_t size = run(kWord);
    if (is_typed() && size > 0 && peek(size) == ',') {
      return take_all({{kNameOther, size}, {kPunctuation, 1}}) && pop(3);
    }
    return take(is(kUpper) ? kNameClass : kNameTag, size) || take(kPunctuation, literal(".")) ||
           pop();
  }

  // What stands between tags.
  bool element_text() {
    if (take(kPunctuation, literal("</"))) {
      return go_to(ScriptState::kElement) && push(ScriptState::kElementName);
    }
    return dialect_expression() || interpolation() || hand(*page_, until(CharSet("<{")));
  }

  std::unique_ptr<Lexer> page_;
};

}  // namespace

std::unique_ptr<Lexer> make_jsx() { return std::make_unique<Jsx>(false); }
std::unique_ptr<Lexer> make_tsx() { return std::make_unique<Jsx>(true); }

}  // namespace stet::highlight
