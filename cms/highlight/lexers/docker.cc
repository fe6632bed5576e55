#include <memory>
#include <string_view>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kRun };

constexpr WordSet kInstructions({"add",
                                 "arg",
                                 "cmd",
                                 "copy",
                                 "entrypoint",
                                 "env",
                                 "expose",
                                 "from",
                                 "healthcheck",
                                 "label",
                                 "maintainer",
                                 "shell",
                                 "stopsignal",
                                 "user",
                                 "volume",
                                 "workdir"});

class Docker final : public StateLexer<State> {
 public:
  void reset() override {
    StateLexer::reset();
    shell_->reset();
  }

 protected:
  bool step() override {
    if (state() == State::kRun) return command();
    return take(kText, run(kSpace)) || (at_line_start() && instruction()) ||
           take(kComment, line_after("#")) || take(kText, run(kWord)) || take(kText, until(kWord));
  }

 private:
  bool instruction() {
    const std::size_t size = run(kLetters);
    const std::size_t gap = run(kSpace, size);
    const std::string_view word = view(size);
    if (literal_any_case("run") > 0) {
      return gap > 0 && size == 3 && start_command(size + gap);
    }
    if (literal_any_case("onbuild") > 0 && size == 7 && gap > 0) {
      const std::size_t inner = run(kLetters, size + gap);
      if (inner == 3 && literal_any_case("run", size + gap) > 0 && is(kSpace, size + gap + 3)) {
        return start_command(size + gap + 3 + run(kSpace, size + gap + 3));
      }
      return kInstructions.has_any_case(view(inner, size + gap)) &&
             take_all({{kKeyword, size},
                       {kWhitespace, gap},
                       {kKeyword, inner},
                       {kString, line(size + gap + inner)}});
    }
    if (!kInstructions.has_any_case(word) || !ends_word(size)) return false;
    if (literal_any_case("from") > 0 && gap > 0 && named_stage(size, gap)) return true;
    return take_all({{kKeyword, size}, {kString, line(size)}});
  }

  // FROM image AS name: the last AS of the line.
  bool named_stage(std::size_t size, std::size_t gap) {
    const std::size_t begin = size + gap;
    for (std::size_t at = begin + line(begin); at > begin; --at) {
      if (!is(kSpace, at - 1) || literal_any_case("as", at) == 0 || !is(kSpace, at + 2)) continue;
      const std::size_t behind = run(kSpace, at + 2);
      return take_all({{kKeyword, size},
                       {kWhitespace, gap},
                       {kString, at - 1 - begin},
                       {kWhitespace, 1},
                       {kKeyword, 2},
                       {kWhitespace, behind},
                       {kString, line(at + 2 + behind)}});
    }
    return false;
  }

  bool start_command(std::size_t size) {
    shell_->reset();
    return take(kKeyword, size) && push(State::kRun);
  }

  bool command() {
    if (take(kText, literal("\n"))) return pop();
    if (peek() == '\\' && !ends(1)) return take(kStringEscape, 1 + character(1));
    std::size_t size = 0;
    while (!ends_line(size) && (peek(size) != '\\' || !ends_line(size + 1))) {
      size += peek(size) == '\\' ? 2 : 1;
    }
    return hand(*shell_, size);
  }

  std::unique_ptr<Lexer> shell_ = make_shell();
};

}  // namespace

std::unique_ptr<Lexer> make_docker() { return std::make_unique<Docker>(); }

}  // namespace stet::highlight
