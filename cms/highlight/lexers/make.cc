#include <memory>
#include <string_view>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kExport, kHeader, kBody, kShellLine, kFunction };

constexpr CharSet kNameLetters = kWord | "${}().-";
constexpr CharSet kExported = kWord | "${}()-\t ";

// clang-format off
constexpr WordSet kFunctions({
    "abspath", "addprefix", "addsuffix", "and", "basename", "call", "dir", "error", "eval", "file",
    "filter", "filter-out", "findstring", "firstword", "flavor", "foreach", "if", "join",
    "lastword", "notdir", "or", "origin", "patsubst", "realpath", "shell", "sort", "strip", "subst",
    "suffix", "value", "warning", "wildcard", "word", "wordlist", "words",
});
// clang-format on

class Make final : public StateLexer<State> {
 public:
  void reset() override {
    StateLexer::reset();
    shell_->reset();
  }

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kExport:
        return take(kNameVariable, one(kWord | "${}()-")) ||
               (take(kText, literal("\n")) && pop()) || take(kText, run(kBlank));
      case State::kHeader: return header();
      case State::kBody: return body();
      case State::kShellLine: return (take(kText, literal("\n")) && pop()) || shell();
      case State::kFunction:
        if (is(CharSet("({"))) return hand(*shell_, 1) && push(State::kFunction);
        return (take(kNameFunction, one(CharSet(")}"))) && pop()) || shell();
    }
    return false;
  }

 private:
  bool root() {
    return take(kText, run(kSpace)) || (peek() == '#' && take(kComment, through("\n"))) ||
           include() || condition() || take(kKeyword, end_of_condition()) || exported() ||
           assignment() || take(kStringDouble, quoted_strictly('"')) ||
           take(kStringSingle, quoted_strictly('\'')) || target();
  }

  bool include() {
    const std::size_t word = one(CharSet("-s")) + literal("include", one(CharSet("-s")));
    if (word < 7) return false;
    std::size_t size = word;
    for (;;) {
      const std::size_t gap = run(kBlank, size);
      const std::size_t file = until(CharSet("\t\n #"), size + gap);
      if (gap == 0 || file == 0) break;
      size += gap + file;
    }
    return size > word && take_all({{kKeyword, word}, {kStringOther, size - word}});
  }

  // ifdef, ifeq and their opposites, and blanks; 0 without.
  std::size_t condition_word() const {
    static constexpr std::string_view kWords[] = {"ifdef", "ifndef", "ifeq", "ifneq"};
    const std::size_t word = first_of(kWords);
    return is(kBlank, word) ? word : 0;
  }

  bool condition() {
    const std::size_t word = condition_word();
    if (word == 0) return false;
    const std::size_t gap = run(kBlank, word);
    const std::size_t rest = until(CharSet("#\n"), word + gap);
    if (rest == 0 && gap < 2) return false;
    const std::size_t taken = rest == 0 ? gap - 1 : gap;
    return take_all({{kKeyword, word}, {kText, taken}, {kNameVariable, gap - taken + rest}});
  }

  std::size_t end_of_condition() const {
    const std::size_t word = literal("else") + literal("endif");
    const std::size_t size = word + run(kBlank, word);
    return word > 0 && is(CharSet("#\n"), size) ? size : 0;
  }

  bool exported() {
    const std::size_t word = literal("export");
    const std::size_t gap = run(kBlank, word);
    if (word == 0 || gap == 0) return false;
    const std::size_t names = run(kExported, word + gap);
    const bool is_list = peek(word + gap + names) == '\n' && gap + names > 1;
    if (!is_list) return take(kKeyword, word + gap);
    return take_all({{kKeyword, word}, {kText, names > 0 ? gap : gap - 1}}) && push(State::kExport);
  }

  bool assignment() {
    const std::size_t name = stretch(kNameLetters);
    const std::size_t gap = run(kBlank, name);
    const std::size_t mark = one(CharSet("!?:+"), name + gap);
    return name > 0 && peek(name + gap + mark) == '=' &&
           take_all({{kNameVariable, name}, {kText, gap}, {kOperator, mark + 1}}) &&
           push(State::kShellLine);
  }

  bool target() {
    const std::size_t colon = peek() == ':' ? 0 : through_in_line(":", 1);
    if (colon < 2) return false;
    const std::size_t colons = run(CharSet(":"), colon - 1);
    return take_all({{kNameLabel, colon - 1},
                     {kOperator, colons},
                     {kText, run(kBlank, colon - 1 + colons)}}) &&
           push(State::kHeader);
  }

  bool header() {
    if (take(kText, literal("\n"))) return go_to(State::kBody);
    return take(kNameFunction, until(CharSet(",\\\n#"))) || take(kPunctuation, literal(",")) ||
           take(kComment, literal("#")) ||
           (peek() == '\\' && !ends(1) && take(kText, 1 + character(1)));
  }

  bool body() {
    const std::size_t word = condition_word();
    const std::size_t gap = run(kBlank, word);
    const std::size_t rest = word > 0 ? until(CharSet("#\n"), word + gap) : 0;
    const std::size_t size = word + gap + rest;
    if (rest > 0 && !ends(size + line(size))) {
      return take_all({{kKeyword, word},
                       {kText, gap},
                       {kNameVariable, rest},
                       {kComment, line(size)},
                       {kText, 1}});
    }
    const std::size_t end = literal("else") + literal("endif");
    const std::size_t behind = end + run(kBlank, end);
    if (end > 0 && is(CharSet("#\n"), behind) && !ends(behind + line(behind))) {
      return take_all(
          {{kKeyword, end}, {kText, behind - end}, {kComment, line(behind)}, {kText, 1}});
    }
    if (peek() != '\t') {
      shell_->reset();
      return pop();
    }
    const std::size_t tabs = run(kBlank);
    return take_all({{kText, tabs}, {kPunctuation, one(CharSet("@-"), tabs)}}) &&
           push(State::kShellLine);
  }

  bool shell() {
    if (take(kNameVariable, variable()) || call()) return true;
    if (peek() == '\\' && !ends(1)) return hand(*shell_, 1 + character(1));
    std::size_t size = character();
    for (;; ++size) {
      size += until(CharSet("$(){}\\\n"), size);
      if (peek(size) != '$' && peek(size) != '{') break;
      if (peek(size) == '$' && is(CharSet("({"), size + 1)) break;
    }
    return hand(*shell_, size);
  }

  // $(name), ${name:.c=.o}
  std::size_t variable() const {
    if (peek() != '$' || !is(CharSet("({"), 1)) return 0;
    const std::size_t begin = 2 + run(kBlank, 2);
    if (!is(kWord, begin)) return 0;
    const std::size_t name = run(kWord | ":=%.", begin);
    const std::size_t end = begin + name + run(kBlank, begin + name);
    return is(CharSet(")}"), end) ? end + 1 : 0;
  }

  bool call() {
    if (peek() != '$' || !is(CharSet("({"), 1)) return false;
    const std::size_t gap = run(kBlank, 2);
    const std::size_t name = run(kLower | "-", 2 + gap);
    const std::size_t behind = run(kBlank, 2 + gap + name);
    return behind > 0 && kFunctions.has(view(name, 2 + gap)) &&
           take_all({{kNameFunction, 2}, {kText, gap}, {kNameBuiltin, name}, {kText, behind}}) &&
           push(State::kFunction);
  }

  std::unique_ptr<Lexer> shell_ = make_shell();
};

}  // namespace

std::unique_ptr<Lexer> make_make() { return std::make_unique<Make>(); }

}  // namespace stet::highlight
