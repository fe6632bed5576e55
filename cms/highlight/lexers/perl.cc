#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/perl_words.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

// So many texts whose ending word is not found; behind them none is looked for.
constexpr int kLostTextsMax = 64;

enum class State {
  kRoot,
  kPattern,  // what follows an `m`, or the second half of a substitution
  kFormat,
  kKey,
  kVariable,
  kName,
  kFunction,
  kSingle,
  kDouble,
  kBackticks,
  kBraces,
  kParentheses,
  kBrackets,
  kAngles,
  kInterpolation,
  kEnd,
};

constexpr CharSet kNameHead = kLetters | "_";
constexpr CharSet kSpacedDigits = kDigits | "_";
constexpr CharSet kSigils{"$@%&*#_"};
constexpr CharSet kFlags{"msixpodualngc"};
constexpr WordSet kWordOperators({"and", "cmp", "eq", "ge", "gt", "le", "lt", "ne", "not", "or"});
constexpr WordSet kStreams({"DATA", "STDERR", "STDIN", "STDOUT", "__DIE__", "__WARN__"});

class Perl final : public StateLexer<State> {
 protected:
  void read() override {
    absent_.fill(false);
    lost_texts_ = 0;
    StateLexer::read();
  }

  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kPattern: return take(kStringRegex, pattern()) && pop();
      case State::kFormat:
        return (take(kStringInterpolation, literal(".\n")) && pop()) ||
               take(kStringInterpolation, through("\n"));
      case State::kKey:
        return take(kCommentSingle, line_after("#")) || take(kString, run(kWord)) ||
               take(kText, run(kSpace)) || (take(kOperator, literal("=>")) && pop());
      case State::kVariable:
        return take(kText, run(kSpace)) || (take(kPunctuation, one(CharSet("{[),;"))) && pop()) ||
               name();
      case State::kName: return name() || pop();
      case State::kFunction: return function();
      case State::kSingle:
        return take(kStringEscape, literal("\\\\") + literal("\\'")) ||
               take(kStringSingle, until(CharSet("\\'"))) ||
               (take(kPunctuation, literal("'")) && pop()) || take(kStringSingle, 1);
      case State::kDouble: return double_quoted();
      case State::kBackticks:
        return interpolated() ||
               (peek() == '\\' && is(CharSet("\\tnr`"), 1) && take(kStringEscape, 2)) ||
               (take(kPunctuation, literal("`")) && pop()) ||
               take(kStringBacktick, until(CharSet("\\`$@"))) ||
               (peek() != '\\' && take(kStringBacktick, 1));
      case State::kBraces: return bracketed("{}");
      case State::kParentheses: return bracketed("()");
      case State::kBrackets: return bracketed("[]");
      case State::kAngles: return bracketed("<>");
      case State::kInterpolation:
        return (take(kStringInterpolation, literal("}")) && pop()) || take(kText, run(kSpace)) ||
               take(kStringInterpolation, head_and(kNameHead, kWord));
      case State::kEnd: return take(kCommentPreprocessor, rest().size()) && pop();
    }
    return false;
  }

 private:
  bool root() {
    if (take(kCommentSingle, line_after("#")) || take(kCommentMultiline, manual()) || keyword() ||
        patterns() || take(kText, run(kSpace))) {
      return true;
    }
    if (is_key()) return push(State::kKey);
    return word() || take(kString, text_to_word()) || variable() || operators() || number() ||
           string() || punctuation() || (is(kWord) && push(State::kName));
  }

  // From "=pod" to "=cut".
  std::size_t manual() {
    if (!at_line_start() || peek() != '=') return 0;
    const std::size_t size = run(kLetters | kDigits, 1);
    return size > 0 && is(kSpace, 1 + size) ? through("\n=cut", 2 + size) : 0;
  }

  std::size_t word_size() const {
    const std::size_t size = run(kWord);
    return ends_word(size) ? size : 0;
  }

  bool keyword() {
    const std::size_t size = word_size();
    const std::string_view word = view(size);
    if (kPerlKeywords.has(word)) return take(kKeyword, size);
    if (word == "format" && format(size)) return push(State::kFormat);
    return kWordOperators.has(word) && take(kOperatorWord, size);
  }

  // format NAME =
  bool format(std::size_t word) {
    const std::size_t gap = run(kSpace, word);
    const std::size_t name = gap > 0 ? run(kWord, word + gap) : 0;
    const std::size_t space = run(kSpace, word + gap + name);
    const std::size_t mark = word + gap + name + space;
    const std::size_t line_end = view(run(kSpace, mark + 1), mark + 1).rfind('\n');
    if (name == 0 || peek(mark) != '=' || line_end == std::string_view::npos) return false;
    return take_all({{kKeyword, word},
                     {kText, gap},
                     {kName, name},
                     {kText, space},
                     {kPunctuation, 1},
                     {kText, line_end + 1}});
  }

  // Behind the next `mark` that no backslash escapes, or else the last that one does; 0 where
  // there is none.
  std::size_t behind(char mark, std::size_t from) {
    const auto byte = static_cast<unsigned char>(mark);
    if (byte >= absent_.size() || absent_[byte]) return 0;
    std::size_t last_escaped = 0;
    for (std::size_t at = from; !ends(at); ++at) {
      if (peek(at) == mark) return at + 1;
      if (peek(at) != '\\' || ends(at + 1)) continue;
      if (peek(at + 1) == mark) last_escaped = at + 2;
      if (peek(at + 1) == mark || peek(at + 1) == '\\') ++at;
    }
    absent_[byte] = last_escaped == 0;
    return last_escaped;
  }

  static char closing(char open) {
    return open == '{' ? '}' : open == '(' ? ')' : open == '[' ? ']' : open == '<' ? '>' : open;
  }

  std::size_t with_flags(std::size_t size, const CharSet& flags) const {
    return size > 0 ? size + run(flags, size) : 0;
  }

  std::size_t pattern() {
    if (!is(CharSet("/!\\{<[(@%$"))) return 0;
    return with_flags(behind(closing(peek()), 1), CharSet("egimosx"));
  }

  // The mark that parts what stands behind a word of `size`: punctuation, or, behind a blank, any.
  std::size_t mark_place(std::size_t size) const {
    const std::size_t gap = run(kSpace, size);
    const bool is_word = is(kWord, size + gap);
    return !ends(size + gap) && (!is_word || gap > 0) ? size + gap : 0;
  }

  bool patterns() {
    const std::size_t size = literal("tr") > 0 ? 2 : one(CharSet("sy"));
    if (size > 0 && is(CharSet("{<[("), size)) {
      const std::size_t end = behind(closing(peek(size)), size + 1);
      if (take(kStringRegex, end > 0 ? end + run(kSpace, end) : 0)) return push(State::kPattern);
    }
    const std::size_t parts = size > 0 ? mark_place(size) : 0;
    const std::size_t middle = parts > 0 ? behind(peek(parts), parts + 1) : 0;
    const std::size_t end = middle > 0 ? behind(peek(parts), middle) : 0;
    if (take(kStringRegex, with_flags(end, kFlags | "r")) || take(kStringRegex, match_in_line())) {
      return true;
    }
    if (peek() == 'm') {
      if (is(CharSet("/!\\{<[(@%$"), 1)) return take(kStringRegex, 1) && push(State::kPattern);
      const std::size_t mark = mark_place(1);
      return take(kStringRegex, with_flags(mark > 0 ? behind(peek(mark), mark + 1) : 0, kFlags));
    }
    return false;
  }

  // /a/ or m/a/
  std::size_t match_in_line() const {
    const std::size_t open = literal("m");
    if (peek(open) != '/') return 0;
    std::size_t last_escaped = 0;
    for (std::size_t at = open + 1; !ends_line(at); ++at) {
      if (peek(at) == '/') return with_flags(at + 1, kFlags);
      if (peek(at) != '\\') continue;
      if (peek(at + 1) == '/') last_escaped = at + 2;
      if (peek(at + 1) == '/' || peek(at + 1) == '\\') ++at;
    }
    return with_flags(last_escaped, kFlags);
  }

  // A word, comments, and `=>`.
  bool is_key() const {
    std::size_t at = head_and(kNameHead, kWord);
    if (at == 0) return false;
    for (at += run(kSpace, at); peek(at) == '#'; at += run(kSpace, at)) at += line(at);
    return literal("=>", at) > 0;
  }

  bool word() {
    const std::size_t size = word_size();
    const std::string_view word = view(size);
    if (kPerlFunctions.has(word)) return take(kNameBuiltin, size);
    if (kStreams.has(word)) return take(kNameBuiltinPseudo, size);
    return (word == "__END__" || word == "__DATA__") && take(kCommentPreprocessor, size) &&
           push(State::kEnd);
  }

  // <<"END"; and all up to the line of that word.
  std::size_t text_to_word() {
    if (literal("<<") == 0) return 0;
    const std::size_t quote = one(CharSet("'\""), 2);
    const std::size_t name = head_and(kNameHead, kWord, 2 + quote);
    std::size_t begin = 2 + quote + name;
    if (name == 0 || lost_texts_ > kLostTextsMax) return 0;
    if (quote > 0 && peek(begin++) != peek(2)) return 0;
    begin += literal(";", begin);
    if (peek(begin) != '\n') return 0;
    const std::string end = "\n" + std::string(view(name, 2 + quote)) + "\n";
    const std::size_t found = rest().find(end, begin + 1);
    lost_texts_ += found == std::string_view::npos ? 1 : 0;
    return found != std::string_view::npos ? found + end.size() : 0;
  }

  bool variable() {
    if (peek() == '$' && peek(1) == '^' && is(CharSet("ADEFHILMOPSTWX"), 2)) {
      return take(kNameVariableGlobal, 3);
    }
    constexpr CharSet kMarks{"\\\"'[]&`+*.,;=%~?@$!<>(^|/_-"};
    if (peek() == '$' && is(kMarks, 1) && !is(kWord, 2)) {
      return take(kNameVariableGlobal, 2);
    }
    if (!is(CharSet("$@%&*"))) return false;
    const std::size_t size = stretch(kSigils);
    return is(kLetters | "{[;", size) && take(kNameVariable, size) && push(State::kVariable);
  }

  bool operators() {
    return take(kOperator, is(CharSet("-+/*%=<>&^|!\\~")) ? 1 + literal("=", 1) : 0);
  }

  bool number() {
    if (!is(kDigits | "._")) return false;
    const std::size_t octal = peek() == '0' ? 1 + literal("_", 1) : 0;
    if (octal > 0 && is(kOctalDigits, octal)) {
      return take(kNumberOctal, octal + grouped(kOctalDigits, '_', octal));
    }
    if (literal("0x") > 0 && is(kHexDigits, 2)) {
      return take(kNumberHex, 2 + grouped(kHexDigits, '_', 2));
    }
    if (literal("0b") > 0 && is(CharSet("01"), 2)) {
      return take(kNumberBinary, 2 + grouped(CharSet("01"), '_', 2));
    }
    const std::size_t whole = run(kSpacedDigits);
    if (peek(whole) == '.' && is(kDigits, whole + 1)) {
      const std::size_t size = whole + 1 + run(kSpacedDigits, whole + 1);
      return take(kNumberFloat, size + exponent(size));
    }
    if (!is(kDigits)) return false;
    const std::size_t power = exponent(whole);
    if (power > 0) {
      return take(kNumberFloat, whole + power + run(kSpacedDigits, whole + power));
    }
    return take(kNumberInteger, grouped(kDigits, '_'));
  }

  bool string() {
    if (take(kPunctuation, literal("'"))) return push(State::kSingle);
    if (take(kPunctuation, literal("\""))) return push(State::kDouble);
    if (take(kPunctuation, literal("`"))) return push(State::kBackticks);
    if (peek() != 'q') return false;
    const std::size_t size = 1 + one(CharSet("qwrx"), 1);
    if (is(kWord, size) || ends(size)) return false;
    const char open = peek(size);
    if (closing(open) != open) {
      return take(kStringOther, size + 1) && push(open == '{'   ? State::kBraces
                                                  : open == '(' ? State::kParentheses
                                                  : open == '[' ? State::kBrackets
                                                                : State::kAngles);
    }
    const auto byte = static_cast<unsigned char>(open);
    if (byte >= absent_.size() || absent_[byte]) return false;
    const std::size_t end = rest().find(open, size + 1);
    return end != std::string_view::npos && take(kStringOther, end + 1);
  }

  bool punctuation() {
    const std::size_t gap = literal("sub") > 0 ? run(kSpace, 3) : 0;
    if (gap > 0) return take(kKeyword, 3 + gap) && push(State::kFunction);
    if (take(kOperator, literal("[]") + literal("::")) ||
        take(kOperator, run_within(3, CharSet(".")))) {
      return true;
    }
    return take(kPunctuation, one(CharSet("()[]:;,?{}")));
  }

  bool name() {
    const std::size_t size = run(kWord);
    if (size > 0 && literal("::", size) > 0) return take(kNameNamespace, size + 2);
    return take(kNameVariable, run(kWord | ":")) && pop();
  }

  bool function() {
    const std::size_t size = head_and(kNameHead, kWord);
    if (take(kNameFunction, size > 0 ? size + one(CharSet("!?"), size) : 0)) return true;
    if (take(kText, run(kSpace))) return true;
    const std::size_t close = peek() == '(' ? 1 + run(CharSet("$@%"), 1) : 0;
    if (close > 0 && peek(close) == ')') return take(kPunctuation, close + 1);
    return (take(kPunctuation, through_in_line("{")) || take(kPunctuation, literal(";"))) && pop();
  }

  bool interpolated() {
    if (!is(CharSet("$@"))) return false;
    if (peek(1) == '{') return take(kStringInterpolation, 2) && push(State::kInterpolation);
    const std::size_t size = head_and(kNameHead, kWord, 1);
    return size > 0 && take(kStringInterpolation, 1 + size);
  }

  bool double_quoted() {
    if (interpolated() || take(kStringEscape, escape())) return true;
    if (take(kPunctuation, literal("\""))) return pop();
    return take(kStringDouble, until(CharSet("\\\"$@"))) || take(kStringDouble, 1);
  }

  std::size_t escape() {
    if (peek() != '\\') return 0;
    if (is(CharSet("\\tnrabefluLUE\"$@"), 1)) return 2;
    if (peek(1) == '0' && run_within(2, kDigits, 2) == 2) return 4;
    if (peek(1) == 'x' && run_within(2, kHexDigits, 2) == 2) return 4;
    if (peek(1) == 'c' && character_in_line(2) > 0) return 2 + character_in_line(2);
    const std::size_t digits = peek(2) == '{' ? run(kHexDigits, 3) : 0;
    const bool is_known = peek(1) == 'x' || (peek(1) == 'o' && run(kDigits, 3) == digits);
    if (digits > 0 && is_known && peek(3 + digits) == '}') return 4 + digits;
    const std::size_t name = literal("\\N{") > 0 ? through("}", 3) : 0;
    return name > 4 ? name : 1;
  }

  // What `marks` enclose, pairs of them inside.
  bool bracketed(std::string_view marks) {
    if (peek() == '\\') {
      const bool is_mark = peek(1) == '\\' || peek(1) == marks[0] || peek(1) == marks[1];
      return take(kStringOther, is_mark && !ends(1) ? 2 : 1);
    }
    if (peek() == marks[0]) return take(kStringOther, 1) && push(state());
    if (peek() == marks[1]) return take(kStringOther, 1) && pop();
    const char stops[] = {marks[0], marks[1], '\\'};
    return take(kStringOther, until(CharSet::of({stops, sizeof stops})));
  }

  std::array<bool, 128> absent_ = {};  // marks that the rest of this piece does not have
  int lost_texts_ = 0;
};

}  // namespace

std::unique_ptr<Lexer> make_perl() { return std::make_unique<Perl>(); }

}  // namespace stet::highlight
