// The stack of states of a lexer.
//
// The lowest state stays: a rule that pops it leaves it where it is.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "cms/highlight/lexer.h"

namespace stet::highlight {

// `Base` is a lexer with measures of its own.
template <typename State, typename Base = Lexer>
class StateLexer : public Base {
 public:
  void reset() override { stack_.assign(1, State::kRoot); }

 protected:
  StateLexer() : stack_(1, State::kRoot) {}

  // All true, for rules to end with.
  bool push(State state) {
    stack_.push_back(state);
    return true;
  }
  bool pop(std::size_t count = 1) {
    stack_.resize(std::max<std::size_t>(stack_.size() - std::min(count, stack_.size()), 1),
                  State::kRoot);
    return true;
  }
  bool go_to(State state) {
    stack_.back() = state;
    return true;
  }
  bool to_root() {
    stack_.resize(1, State::kRoot);
    return true;
  }
  // In a comment, or a string, of which more may stand inside: each opening mark is one deeper.
  bool nested(Token token, std::string_view open, std::string_view close) {
    const char marks[] = {open[0], close[0]};
    return (this->take(token, this->literal(open)) && push(state())) ||
           (this->take(token, this->literal(close)) && pop()) ||
           this->take(token, this->until(CharSet::of({marks, sizeof marks}))) ||
           this->take(token, 1);
  }
  State state() const { return stack_.back(); }
  std::size_t depth() const { return stack_.size(); }

 private:
  std::vector<State> stack_;
};

}  // namespace stet::highlight
