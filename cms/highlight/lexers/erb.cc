#include <memory>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kComment, kRuby };

class Erb final : public StateLexer<State> {
 public:
  void reset() override {
    StateLexer::reset();
    page_->reset();
    ruby_->reset();
  }

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kComment:
        return (take(kComment, close()) && pop()) || take(kComment, until_close());
      case State::kRuby:
        return (take(kCommentPreprocessor, close()) && pop()) || hand(*ruby_, until_close());
    }
    return false;
  }

 private:
  bool root() {
    if (take(kComment, literal("<%#"))) return push(State::kComment);
    if (literal("<%") > 0) {
      return take(kCommentPreprocessor, 2 + one(CharSet("%=-"), 2)) && push(State::kRuby);
    }
    const std::size_t end = through("<%", 1);
    return hand(*page_, end > 0 ? end - 2 : rest().size());
  }

  std::size_t close() const { return literal("%%>") + literal("-%>") + literal("%>"); }

  std::size_t until_close() {
    const std::size_t end = through("%>", 1);
    if (end == 0) return rest().size();
    const std::size_t mark = end > 3 && is(CharSet("%-"), end - 3) ? 3 : 2;
    return end - mark;
  }

  std::unique_ptr<Lexer> page_ = make_html();
  std::unique_ptr<Lexer> ruby_ = make_ruby();
};

}  // namespace

std::unique_ptr<Lexer> make_erb() { return std::make_unique<Erb>(); }

}  // namespace stet::highlight
