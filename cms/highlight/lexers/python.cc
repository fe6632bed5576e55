#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/python_words.h"
#include "cms/highlight/state_lexer.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kFunctionName, kClassName, kString, kInterpolation };

constexpr CharSet kHead = kLetters | kHigh | "_";
constexpr CharSet kTail = kHead | kDigits;
constexpr CharSet kInline{" \t\r\f\v"};

constexpr WordSet kWordOperators({"and", "in", "is", "not", "or"});

// A string that is open.
struct Quotes {
  std::string prefix;  // in lower case
  std::string mark;
};

class Python final : public StateLexer<State> {
 public:
  void reset() override {
    StateLexer::reset();
    quotes_.clear();
  }

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kFunctionName: return take(kNameFunction, head_and(kHead, kTail)) && pop();
      case State::kClassName: return take(kNameClass, head_and(kHead, kTail)) && pop();
      case State::kString: return string();
      case State::kInterpolation: return interpolation();
    }
    return false;
  }

 private:
  bool root() {
    return take(kText, run(kLineFeed)) || doc_string() || take(kText, run(kInline)) ||
           (peek() == '#' && take(kCommentSingle, line() + one(kLineFeed, line()))) ||
           take(kPunctuation, one(CharSet("[]{}:(),;."))) ||
           (peek() == '\\' && take(kText, 1 + one(kLineFeed, 1))) || statement() ||
           take(kOperator, operator_size()) ||
           (peek() == '`' && take(kStringBacktick, through_in_line("`", 1))) || string_start() ||
           name() || number();
  }

  // What follows a colon that begins a line.
  bool doc_string() {
    if (peek() != ':' || !at_line_start()) return false;
    const std::size_t gap = run(kSpace, 1);
    const std::size_t prefix = run_within(2, CharSet("ruRU"), 1 + gap);
    const std::size_t begin = 1 + gap + prefix;
    const std::size_t end = literal("\"\"\"", begin) > 0 ? through("\"\"\"", begin + 3) : 0;
    return end > 0 && take_all({{kPunctuation, 1}, {kText, gap}, {kStringDoc, end - 1 - gap}});
  }

  std::size_t operator_size() const {
    static constexpr std::string_view kPairs[] = {"<<", ">>", "//", "**"};
    if (first_of(kPairs) > 0) return 2 + literal("=", 2);
    if (is(CharSet("-~+/*%=<>&^|@"))) return 1 + literal("=", 1);
    return literal("!=");
  }

  // Blanks, and line ends behind a backslash.
  std::size_t gap(std::size_t from) const {
    std::size_t end = from;
    for (;;) {
      const std::size_t slash = one(CharSet("\\"), end);
      if (!is(kSpace, end + slash)) return end - from;
      end += slash + 1;
    }
  }

  bool statement() {
    const std::size_t size = run(kTail);
    const std::string_view word = view(size);
    if (kWordOperators.has(word)) return take(kOperatorWord, size);
    if (word != "from" && word != "import" && word != "def" && word != "class") return false;
    const std::size_t space = word == "import" ? run(kSpace, size) : gap(size);
    if (space == 0) return false;
    if (word == "def" || word == "class") {
      return take_all({{kKeyword, size}, {kText, space}}) &&
             push(word == "def" ? State::kFunctionName : State::kClassName);
    }
    const std::size_t module = head_and(kHead | ".", kTail | ".", size + space);
    if (module == 0) return false;
    if (word == "import") {
      return take_all({{kKeywordNamespace, size}, {kText, space}, {kNameNamespace, module}});
    }
    const std::size_t behind = gap(size + space + module);
    const std::size_t import = literal("import", size + space + module + behind);
    return behind > 0 && import > 0 &&
           take_all({{kKeywordNamespace, size},
                     {kText, space},
                     {kNameNamespace, module},
                     {kText, behind},
                     {kKeywordNamespace, import}});
  }

  bool string_start() {
    const std::size_t prefix = run_within(2, CharSet("rfbuRFBU"));
    if (!is(CharSet("'\""), prefix)) return false;
    const std::size_t triple = literal("'''", prefix) + literal("\"\"\"", prefix);
    const std::size_t mark = triple > 0 ? triple : 1;
    std::string letters(view(prefix));
    for (char& c : letters) c = static_cast<char>(c | 0x20);
    quotes_.push_back({std::move(letters), std::string(view(mark, prefix))});
    take(kStringAffix, prefix);
    return take(kString, mark) && push(State::kString);
  }

  bool name() {
    const std::size_t size = head_and(kHead, kTail);
    const std::string_view word = view(size);
    return take(kPythonKeywords.has(word)         ? kKeyword
                : kPythonBuiltins.has(word)       ? kNameBuiltin
                : kPythonPseudoBuiltins.has(word) ? kNameBuiltinPseudo
                                                  : kName,
                size);
  }

  std::size_t prefixed(char letter, const CharSet& set) const {
    if (peek() != '0' || (peek(1) | 0x20) != letter) return 0;
    const std::size_t mark = literal("_", 2);
    const std::size_t size = grouped(set, '_', 2 + mark);
    return size > 0 ? 2 + mark + size : 0;
  }

  bool number() {
    const std::size_t whole = grouped(kDigits, '_');
    if (whole == 0) return false;
    const bool has_point = peek(whole) == '.';
    const std::size_t size = has_point ? whole + 1 + grouped(kDigits, '_', whole + 1) : whole;
    const std::size_t power = exponent(size);
    const std::size_t imaginary = one(CharSet("jJ"), size + power);
    if (has_point || power > 0 || imaginary > 0) {
      return take(kNumberFloat, size + power + imaginary);
    }
    const std::size_t decimal = run(kDigits);
    return take(kNumberBinary, prefixed('b', CharSet("01"))) ||
           take(kNumberOctal, prefixed('o', kOctalDigits)) ||
           take(kNumberHex, prefixed('x', kHexDigits)) ||
           (peek(decimal) == 'L' && take(kNumberLong, decimal + 1)) || take(kNumberInteger, whole);
  }

  bool string() {
    if (take(kString, until(CharSet("'\"\\{"))) || take(kString, literal("{{"))) return true;
    if (peek() == '\\') return escape();
    if (peek() == '{') {
      if (quotes_.back().prefix.find('f') == std::string::npos) return take(kString, 1);
      return take(kStringInterpolation, 1) && push(State::kInterpolation);
    }
    const std::size_t triple = literal("'''") + literal("\"\"\"");
    const std::size_t size = triple > 0 ? triple : 1;
    const bool is_end = view(size) == quotes_.back().mark;
    take(kString, size);
    if (!is_end) return true;
    quotes_.pop_back();
    return pop();
  }

  std::size_t unicode_name() const {
    const std::size_t size = literal("N{", 1) > 0 ? run(kLetters | " ", 3) : 0;
    const bool is_name = size > 2 && is(kLetters, 3) && is(kLetters, 2 + size);
    return is_name && peek(3 + size) == '}' ? size + 4 : 0;
  }

  std::size_t escape_size() const {
    if (is(CharSet("\\abfnrtv\"'\n"), 1)) return 2;
    const std::size_t name = unicode_name();
    if (name > 0) return name;
    const std::size_t digits = peek(1) == 'u' ? 4 : peek(1) == 'U' ? 8 : peek(1) == 'x' ? 2 : 0;
    if (digits > 0 && run(kHexDigits, 2) >= digits) return 2 + digits;
    const std::size_t octal = run_within(3, kOctalDigits, 1);
    return octal > 0 ? 1 + octal : 0;
  }

  bool escape() {
    const bool is_raw = quotes_.back().prefix.find('r') != std::string::npos;
    if (take(is_raw ? kString : kStringEscape, escape_size())) return true;
    const std::size_t size = character_in_line(1);
    return size > 0 && take(kString, 1 + size);
  }

  bool interpolation() {
    const std::size_t size = until(CharSet("{}!:"));
    if (size > 0) {
      Python expression;
      return hand(expression, size);
    }
    return take(kStringInterpolation, peek() == '!' && is(CharSet("asr"), 1) ? 2 : 0) ||
           take(kStringInterpolation, literal(":")) ||
           (take(kStringInterpolation, literal("{")) && push(State::kInterpolation)) ||
           (take(kStringInterpolation, literal("}")) && pop());
  }

  std::vector<Quotes> quotes_;
};

}  // namespace

std::unique_ptr<Lexer> make_python() { return std::make_unique<Python>(); }

}  // namespace stet::highlight
