#include <algorithm>
#include <memory>

#include "cms/highlight/lexers/c_words.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

// Of the parameters of a function, and what follows them.
constexpr std::size_t kSignatureBytesMax = 4096;
constexpr std::size_t kGapBytesMax = 1024;
constexpr std::size_t kRawMarkBytesMax = 16;
constexpr std::size_t kRawBytesMax = 4096;
constexpr int kNestingMax = 4;

enum class State {
  kRoot,
  kLineStart,  // of a statement: a label may stand here
  kLineStartInRoot,
  kFunction,
  kCase,
  kString,
  kMacro,
  kDisabled,   // #if 0
  kClassName,  // C++
  kTemplate,   // C++
};

constexpr CharSet kHead = kLetters | "_";
constexpr CharSet kOperators{"~!%^&*+=|?:<>/-"};
constexpr CharSet kPunctuationMarks{"()[],.;"};
constexpr CharSet kReturnType = kWord | kSpace | "*";

class C final : public StateLexer<State> {
 public:
  C(bool is_cpp, int nesting) : is_cpp_(is_cpp), nesting_(nesting) { push(State::kLineStart); }

  void reset() override {
    StateLexer::reset();
    push(State::kLineStart);
  }

 protected:
  void read() override {
    words_until_ = 0;
    failed_at_ = 0;
    has_no_comment_end_ = false;
    StateLexer::read();
  }

  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kLineStart: return take(kNameLabel, label()) || line_start();
      case State::kLineStartInRoot: return line_start();
      case State::kFunction:
        return statement() || (take(kPunctuation, literal("{")) && push(State::kFunction)) ||
               (take(kPunctuation, literal("}")) && pop());
      case State::kCase:
        return (take(kPunctuation, is_cpp_ && peek(1) == ':' ? 0 : literal(":")) && pop()) ||
               statement();
      case State::kString: return string();
      case State::kMacro: return macro();
      case State::kDisabled: return disabled();
      case State::kClassName: return class_name();
      case State::kTemplate:
        return (take(kPunctuation, one(CharSet(">;"))) && pop()) ||
               (take(kKeyword, whole_word("typename")) && push(State::kClassName)) || statement();
    }
    return false;
  }

 private:
  bool blanks() {
    return take(kText, run(CharSet(" \t\r"))) || take(kText, literal("\\\n")) ||
           take(kCommentMultiline, block_comment());
  }

  std::size_t block_comment() {
    const std::size_t slash = peek() == '/' ? 1 + literal("\\\n", 1) : 0;
    if (slash == 0 || peek(slash) != '*' || has_no_comment_end_) return 0;
    for (std::size_t end = through("*", slash + 1); end > 0; end = through("*", end)) {
      const std::size_t line_end = literal("\\\n", end);
      if (peek(end + line_end) == '/') return end + line_end + 1;
    }
    has_no_comment_end_ = true;
    return 0;
  }

  bool whitespace() {
    return (take(kText, run(kLineFeed)) && push(State::kLineStart)) ||
           (take(kCommentSingle, line_after("//")) && push(State::kLineStart)) || blanks();
  }

  std::size_t label() const {
    const std::size_t size = head_and(kHead, kWord);
    return size > 0 && peek(size) == ':' && peek(size + 1) != ':' ? size + 1 : 0;
  }

  bool line_start() {
    if (blanks()) return true;
    if (literal("#if") > 0 && is(kSpace, 3) && peek(4) == '0') {
      return take(kComment, 5) && push(State::kDisabled);
    }
    return (take(kCommentPreprocessor, literal("#")) && push(State::kMacro)) || pop();
  }

  bool root() {
    if (is_cpp_ &&
        take(kKeywordPseudo,
             whole_word("__offload") + whole_word("__outer") + whole_word("__blockingoffload"))) {
      return true;
    }
    if (take(kText, run(kLineFeed))) return push(State::kLineStartInRoot);
    return whitespace() || function() ||
           (take(kPunctuation, literal("{")) && push(State::kFunction)) || statement();
  }

  // Blanks and comments between parentheses and what follows.
  std::size_t gap(std::size_t from) const {
    std::size_t end = from;
    for (;;) {
      const std::size_t before = end;
      end += run(kSpace, end);
      if (literal("//", end) > 0) end += line(end);
      if (literal("/*", end) > 0) {
        std::string_view rest = view(kSignatureBytesMax, end);
        rest = rest.substr(0, rest.find('\n'));
        const std::size_t close = rest.find("*/", 2);
        if (close == rest.npos) return end - from;
        end += close + 2;
      }
      if (end == before || end > kSignatureBytesMax) return end - from;
    }
  }

  // From `open` to the parenthesis that a brace or a semicolon follows; 0 without one.
  std::size_t signature(std::size_t open) const {
    for (std::size_t at = open + 1; at < open + kSignatureBytesMax && !ends(at); ++at) {
      if (peek(at) == ';') return 0;
      if (peek(at) != ')') continue;
      if (is(CharSet("{;"), at + 1 + gap(at + 1))) return at + 1;
    }
    return 0;
  }

  // A type, a name, parameters, and a body or a semicolon.
  bool function() {
    if (words_until_ <= place()) words_until_ = place() + run(kReturnType);
    const std::size_t open = words_until_ - place();
    if (open < 3 || peek(open) != '(' || failed_at_ == words_until_) return false;
    failed_at_ = words_until_;
    std::size_t end = open;
    while (end > 0 && is(kSpace, end - 1)) --end;
    std::size_t begin = end;
    while (begin > 0 && is(kWord, begin - 1)) --begin;
    if (begin < 2 || begin == end || is(kDigits, begin)) return false;
    const std::size_t close = signature(open);
    if (close == 0 || nesting_ >= kNestingMax) return false;
    const std::size_t behind = gap(close);
    C type(is_cpp_, nesting_ + 1);
    C parameters(is_cpp_, nesting_ + 1);
    C rest(is_cpp_, nesting_ + 1);
    hand(type, begin);
    take(kNameFunction, end - begin);
    hand(parameters, close - end);
    hand(rest, behind);
    const bool has_body = peek() == '{';
    return take(kPunctuation, 1) && (!has_body || push(State::kFunction));
  }

  std::size_t prefix() const {
    const std::size_t narrow = literal("u8");
    return narrow > 0 ? narrow : one(CharSet("uUL"));
  }

  std::size_t character_literal() const {
    const std::size_t quote = is(CharSet("'"))             ? 0
                              : literal_any_case("u8") > 0 ? 2
                                                           : one(CharSet("uUlL"));
    if (peek(quote) != '\'') return 0;
    const std::size_t begin = quote + 1;
    if (peek(begin) != '\\') {
      const std::size_t size = peek(begin) == '\'' ? 0 : character_in_line(begin);
      return size > 0 && peek(begin + size) == '\'' ? begin + size + 1 : 0;
    }
    const std::size_t octal = 1 + run_within(3, kOctalDigits, begin + 1);
    const std::size_t hex =
        (peek(begin + 1) | 0x20) == 'x' ? 2 + run_within(2, kHexDigits, begin + 2) : 0;
    const std::size_t any = 1 + character_in_line(begin + 1);
    for (const std::size_t size : {any, octal, hex}) {
      if (size > 1 && peek(begin + size) == '\'') return begin + size + 1;
    }
    return 0;
  }

  // Digits, in C++ with quotes between them.
  std::size_t digits(const CharSet& set, std::size_t from) const {
    return is_cpp_ ? grouped(set, '\'', from) : run(set, from);
  }

  bool number() {
    const std::size_t whole = digits(kDigits, 0);
    const std::size_t part = peek(whole) == '.' ? digits(kDigits, whole + 1) : 0;
    if (whole + part == 0) return false;
    if (is_cpp_ && whole > 0) {
      const std::size_t size = part > 0 ? whole + 1 + part : whole;
      const std::size_t unit = run(kWord, size);
      if (kUnits.has(view(unit, size))) return take(kNumberOther, size + unit);
    }
    const bool has_point = peek(whole) == '.';
    const std::size_t size = has_point ? whole + 1 + part : whole;
    std::size_t power = exponent(size);
    if (power > 0) power += run(kSuffix, size + power);
    if (power > 0 || (is_cpp_ && has_point)) return take(kNumberFloat, size + power);
    if (whole == 0) return false;
    const std::size_t hex = literal_any_case("0x") > 0 ? digits(kHexDigits, 2) : 0;
    if (take(kNumberHex, hex > 0 ? 2 + hex + run(kSuffix, 2 + hex) : 0)) return true;
    const std::size_t binary = is_cpp_ && literal_any_case("0b") > 0 ? digits(CharSet("01"), 2) : 0;
    if (take(kNumberBinary, binary > 0 ? 2 + binary : 0)) return true;
    const std::size_t octal = peek() == '0' ? digits(kOctalDigits, 1) : 0;
    if (take(kNumberOctal, octal > 0 ? 1 + octal + run(kSuffix, 1 + octal) : 0)) return true;
    return take(kNumberInteger, whole + run(kSuffix, whole));
  }

  bool statement() { return (is_cpp_ && cpp_statement()) || whitespace() || token(); }

  bool token() {
    const std::size_t quote = prefix();
    if (peek(quote) == '"') return take(kString, quote + 1) && push(State::kString);
    if (take(kStringChar, character_literal()) || number() || take(kError, literal("*/")) ||
        take(kOperator, one(kOperators)) || take(kPunctuation, one(kPunctuationMarks))) {
      return true;
    }
    const std::size_t size = head_and(kHead, kWord);
    const std::string_view word = view(size);
    if (word == "case") return take(kKeyword, size) && push(State::kCase);
    if (word == "true" || word == "false" || word == "NULL") return take(kNameBuiltin, size);
    if (is_cpp_ ? kCppKeywords.has(word) : kCKeywords.has(word)) return take(kKeyword, size);
    if (kCTypes.has(word) || (is_cpp_ && word == "bool")) return take(kKeywordType, size);
    if (is_cpp_ ? kCppReserved.has(word) : kCReserved.has(word)) {
      return take(kKeywordReserved, size);
    }
    return take(kName, size);
  }

  std::size_t raw_string() {
    const std::size_t begin = prefix();
    if (literal("R\"", begin) == 0) return 0;
    const std::size_t mark = run_within(kRawMarkBytesMax, ~(kSpace | "()\\"), begin + 2);
    if (peek(begin + 2 + mark) != '(') return 0;
    for (std::size_t end = through(")", begin + 3 + mark); end > 0; end = through(")", end)) {
      if (end > kRawBytesMax) break;
      if (view(mark, end) == view(mark, begin + 2) && peek(end + mark) == '"') {
        return end + mark + 1;
      }
    }
    return 0;
  }

  bool cpp_statement() {
    if (take(kKeyword, whole_word("class") + whole_word("struct"))) return push(State::kClassName);
    if (take(kKeyword, whole_word("template"))) return push(State::kTemplate);
    return number() || take(kNameBuiltin, whole_word("nullptr")) || take(kString, raw_string()) ||
           take(kOperator, literal("::") + literal("<=>")) ||
           take(kPunctuation, one(CharSet("{}")));
  }

  bool class_name() {
    const std::size_t size = head_and(kHead, kWord);
    if (size > 0) return take(kNameClass, size) && pop();
    if (whitespace() || take(kOperator, literal("..."))) return true;
    pop();
    return take(kPunctuation, literal(",")) || true;
  }

  std::size_t escape() const {
    if (peek() != '\\') return 0;
    if (is(CharSet("\\abfnrtv\"'"), 1)) return 2;
    const std::size_t hex = peek(1) == 'x' ? run_within(4, kHexDigits, 2) : 0;
    if (hex > 1) return 2 + hex;
    const std::size_t octal = run_within(3, kOctalDigits, 1);
    return octal > 0 ? 1 + octal : 0;
  }

  bool string() {
    return (take(kString, literal("\"")) && pop()) || take(kStringEscape, escape()) ||
           take(kString, until(CharSet("\\\"\n"))) || take(kString, literal("\\\n")) ||
           take(kString, literal("\\"));
  }

  bool include() {
    if (literal("include") == 0) return false;
    const std::size_t blank = run(kSpace, 7);
    const std::size_t open = 7 + blank;
    std::size_t end = 0;
    if (peek(open) == '<') end = through(">", open + 1);
    if (peek(open) == '"') end = through("\"", open + 1);
    return end > open + 2 && take_all({{kCommentPreprocessor, 7},
                                       {kText, blank},
                                       {kCommentPreprocessorFile, end - open},
                                       {kCommentSingle, line(end)}});
  }

  bool macro() {
    if (include() || take(kCommentPreprocessor, until(CharSet("/\n\\")))) return true;
    if (peek() == '\\') {
      const std::size_t size = character(1);
      return take(kCommentPreprocessor, size > 0 ? 1 + size : 0);
    }
    return blanks() || take(kCommentPreprocessor, literal("/")) ||
           (take(kCommentPreprocessor, 1) && pop());
  }

  // What #if 0 switches off.
  bool disabled() {
    if (at_line_start()) {
      const std::size_t mark = run_within(kGapBytesMax, kSpace);
      if (literal("#if", mark) > 0) return take(kComment, mark + 3) && push(State::kDisabled);
      const std::size_t word = mark + 1 + run(kSpace, mark + 1);
      const std::size_t other = literal("else", word) + literal("elif", word);
      if (peek(mark) == '#' && other > 0) return take(kComment, word + other) && pop();
      if (peek(mark) == '#' && whole_word("endif", word) > 0) {
        std::size_t end = word + line(word);
        while (!ends(end) && peek(end - 1) == '\\') end += 1 + line(end + 1);
        if (!ends(end)) return take(kComment, end + 1) && pop();
      }
    }
    return !ends(line()) && take(kComment, line() + 1);
  }

  static constexpr CharSet kSuffix{"luLU"};
  static constexpr WordSet kUnits{{"d", "h", "i", "if", "il", "min", "ms", "ns", "s", "us", "y"}};

  bool is_cpp_;
  int nesting_;
  bool has_no_comment_end_ = false;
  std::size_t failed_at_ = 0;    // the parenthesis that was no function's
  std::size_t words_until_ = 0;  // the end of words, blanks and stars that was seen last
};

}  // namespace

std::unique_ptr<Lexer> make_c() { return std::make_unique<C>(false, 0); }
std::unique_ptr<Lexer> make_cpp() { return std::make_unique<C>(true, 0); }

}  // namespace stet::highlight
