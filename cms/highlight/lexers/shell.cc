#include <string>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/shell_words.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State {
  kRoot,
  kHeredoc,
  kHeredocLine,
  kDoubleQuoted,
  kAnsiQuoted,
  kSingleQuoted,
  kBraces,        // ${..}
  kSubstitution,  // $(..)
  kParentheses,   // in a substitution
  kArithmetic,    // $((..))
  kCase,
  kCaseStanza,
  kBackticks,
};

constexpr std::size_t kGapBytesMax = 1024;  // around the word that ends a text

constexpr CharSet kOperators{"[]{}()!=>"};
constexpr CharSet kEndsText{"=* \t\r\n\f\v{}()$\"'`;\\<"};

class Shell final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kHeredoc: return heredoc();
      case State::kHeredocLine: return heredoc_line();
      case State::kDoubleQuoted: return double_quoted();
      case State::kAnsiQuoted:
        return take(kStringEscape, escape()) || take(kStringSingle, until(CharSet("\\'"))) ||
               single_quoted();
      case State::kSingleQuoted: return single_quoted();
      case State::kBraces: return braces();
      case State::kSubstitution:
        return (take(kStringInterpolation, literal(")")) && pop()) ||
               (take(kOperator, literal("(")) && push(State::kParentheses)) || root();
      case State::kParentheses:
        return (take(kOperator, literal("(")) && push(State::kParentheses)) ||
               (take(kOperator, literal(")")) && pop()) || root();
      case State::kArithmetic: return arithmetic();
      case State::kCase:
        return (take(kKeyword, whole_word("esac")) && pop()) || take(kPunctuation, literal("|")) ||
               (take(kPunctuation, literal(")")) && push(State::kCaseStanza)) || root();
      case State::kCaseStanza: return (take(kPunctuation, literal(";;")) && pop()) || root();
      case State::kBackticks: return (take(kStringBacktick, literal("`")) && pop()) || root();
    }
    return false;
  }

 private:
  bool root() {
    return take(kComment, line_after("#")) || word() ||
           (peek() == '.' && is(kSpace, 1) && take(kNameBuiltin, 1)) ||
           take(kOperator, one(kOperators)) || take(kOperator, literal("&&")) ||
           take(kOperator, literal("||")) || take(kOperator, literal("<<<")) || heredoc_start() ||
           text();
  }

  // A word, with the blanks up to the next word where one follows.
  bool word() {
    const std::size_t size = run(kWord);
    if (size == 0) return false;
    if (is(kHigh, size)) return false;
    const std::string_view word = view(size);
    if (word == "case") return take(kKeyword, size) && push(State::kCase);
    const std::size_t gap = run(kSpace, size);
    const std::size_t taken = is(kWord, size + gap) ? gap : 0;
    if (kShellKeywords.has(word)) return take(kKeyword, size + taken);
    if (kShellBuiltins.has(word) && !is(CharSet(".-"), size)) {
      return take(kNameBuiltin, size + taken);
    }
    return peek(size) == '=' && take_all({{kNameVariable, size}, {kOperator, 1}});
  }

  bool heredoc_start() {
    if (literal("<<") == 0) return false;
    const std::size_t mark = 2 + one(CharSet("-"), 2);
    const std::size_t gap = run(kSpace, mark);
    const std::size_t quote = one(CharSet("'\""), mark + gap);
    const std::size_t slash = one(CharSet("\\"), mark + gap + quote);
    const std::size_t begin = mark + gap + quote + slash;
    const std::size_t name = run(kWord, begin);
    if (name == 0 || (quote > 0 && peek(begin + name) != peek(mark + gap))) return false;
    heredoc_ = view(name, begin);
    take_all({{kOperator, mark},
              {kText, gap},
              {kStringHeredoc, quote + slash},
              {kNameConstant, name},
              {kStringHeredoc, quote}});
    return push(State::kHeredoc);
  }

  bool heredoc() {
    return (take(kStringHeredoc, literal("\n")) && push(State::kHeredocLine)) ||
           take(kStringHeredoc, until(CharSet("$\n\\"))) || expansion() ||
           take(kStringHeredoc, literal("$"));
  }

  bool heredoc_line() {
    const std::size_t gap = run_within(kGapBytesMax, kSpace);
    const std::size_t name = run(kWord, gap);
    const std::string_view behind = view(run(kSpace, gap + name), gap + name);
    const std::size_t end = behind.rfind('\n');
    if (name == 0 || end == behind.npos) return pop();
    if (view(name, gap) != heredoc_) return take(kStringHeredoc, gap + name + end + 1);
    return take(kNameConstant, gap + name + end + 1) && pop(2);
  }

  bool double_quoted() {
    const std::size_t sigil = literal("$#\"") + literal("$\"");
    return (take(kStringDouble, sigil > 0 ? sigil : literal("\"")) && pop()) || expansion() ||
           take(kStringDouble, until(CharSet("\"`\\$")));
  }

  bool single_quoted() {
    return (take(kStringSingle, literal("'")) && pop()) || take(kStringSingle, until(CharSet("'")));
  }

  bool text() {
    return take(kText, run(kSpace)) || take(kStringEscape, escape()) ||
           (take(kStringDouble, literal("$\"") + literal("\"")) && push(State::kDoubleQuoted)) ||
           (take(kStringSingle, literal("$'")) && push(State::kAnsiQuoted)) ||
           (take(kStringSingle, literal("'")) && push(State::kSingleQuoted)) ||
           take(kKeyword, literal("*")) || take(kPunctuation, literal(";")) ||
           take(kNameTag, option()) || take(kText, until(kEndsText)) || take(kText, literal("<")) ||
           expansion();
  }

  std::size_t escape() const {
    const std::size_t size = peek() == '\\' ? character_in_line(1) : 0;
    return size > 0 ? 1 + size : 0;
  }

  std::size_t option() const {
    if (peek() != '-') return 0;
    const std::size_t size = run(kWord | "-", 1);
    return size > 0 ? 1 + size : 0;
  }

  bool braces() {
    return (take(kKeyword, literal("}")) && pop()) || take(kKeyword, literal(":-")) ||
           take(kNameVariable, run(kWord)) || take(kPunctuation, until(CharSet("}:\"`'$"))) ||
           root();
  }

  bool arithmetic() {
    if (take(kKeyword, literal("))"))) return pop();
    if (take(kOperator, one(CharSet("-+*/%^|&!")))) return true;
    const std::size_t digits = run(kDigits);
    const std::size_t base = digits > 0 && peek(digits) == '#' ? run(kWord, digits + 1) : 0;
    return take(kNumber, digits + (base > 0 ? 1 + base : 0)) || root();
  }

  bool expansion() {
    if (peek() == '\\') return take(kStringEscape, ends_line(1) ? 1 : escape());
    if (take(kKeyword, literal("$(("))) return push(State::kArithmetic);
    if (take(kStringInterpolation, literal("$("))) return push(State::kSubstitution);
    if (literal("${") > 0) return take(kKeyword, 2 + one(CharSet("#"), 2)) && push(State::kBraces);
    if (take(kStringBacktick, literal("`"))) return push(State::kBackticks);
    if (peek() != '$') return false;
    const std::size_t count = peek(1) == '#' && !ends_line(2) ? 2 : 1;
    const std::size_t word = run(kWord, count);
    const std::size_t name = word > 0 ? word : character_in_line(count);
    return name > 0 && take(kNameVariable, count + name);
  }

  std::string heredoc_;
};

}  // namespace

std::unique_ptr<Lexer> make_shell() { return std::make_unique<Shell>(); }

}  // namespace stet::highlight
