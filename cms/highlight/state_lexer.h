// The stack of states of a lexer.
//
// The lowest state stays: a rule that pops it leaves it where it is.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "cms/highlight/lexer.h"

namespace stet::highlight {

template <typename State>
class StateLexer : public Lexer {
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
  State state() const { return stack_.back(); }
  std::size_t depth() const { return stack_.size(); }

 private:
  std::vector<State> stack_;
};

}  // namespace stet::highlight
