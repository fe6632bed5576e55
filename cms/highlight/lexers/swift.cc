#include <memory>
#include <string_view>

#include "cms/highlight/lexers/code.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/swift_words.h"

namespace stet::highlight {
namespace {

using enum Token;

// Of what is selected.
constexpr std::size_t kSelectorBytesMax = 512;

enum class State {
  kRoot,
  kLineStart,
  kComment,
  kTuple,
  kString,
  kInterpolation,
  kParentheses,  // in an interpolation
};

constexpr CharSet kMarks{"()[]{}:;,?\\"};
constexpr CharSet kOperators{"-/=+*%<>!&|^.~"};
constexpr WordSet kNoFunctions{
    {"case", "for", "if", "internal", "private", "switch", "unowned", "while"}};

class Swift final : public StateLexer<State, Code> {
 public:
  Swift() { push(State::kLineStart); }

  void reset() override {
    StateLexer::reset();
    push(State::kLineStart);
  }

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kLineStart:
        return take(kCommentPreprocessor, line_after("#")) || blanks() || pop();
      case State::kComment: return nested(kCommentMultiline, "/*", "*/");
      case State::kTuple:
        return take(kNameVariable, named()) || ticked() || take(kPunctuation, literal(",")) ||
               (take(kPunctuation, literal("(")) && push(State::kTuple)) ||
               (take(kPunctuation, literal(")")) && pop()) || blanks();
      case State::kString: return string();
      case State::kInterpolation:
        return (take(kPunctuation, literal("(")) && push(State::kParentheses)) ||
               (take(kStringEscape, literal(")")) && pop()) || root();
      case State::kParentheses:
        return (take(kPunctuation, literal("(")) && push(State::kParentheses)) ||
               (take(kPunctuation, literal(")")) && pop()) || root();
    }
    return false;
  }

 private:
  bool blanks() {
    return take(kText, run(kSpace)) ||
           (take(kCommentMultiline, literal("/*")) && push(State::kComment));
  }

  // A name; what UTF-8 writes with four bytes, as pictures are, is a letter.
  std::size_t named(std::size_t from = 0) const {
    std::size_t size = 0;
    for (std::size_t more = 1; more > 0 && !is(kDigits, from); size += more) {
      more = letters(kWordTail, from + size);
      if (more == 0 && character(from + size) == 4) more = 4;
    }
    return size;
  }

  bool root() {
    if (take(kText, run(kLineFeed)) || take(kCommentSingle, line_after("//"))) {
      return push(State::kLineStart);
    }
    return blanks() || take(kNameVariable, closure_parameter()) ||
           take(kPunctuation, one(kMarks)) || take(kOperator, run(kOperators)) || string_start() ||
           number() || directive() || restricted() || variable() || name() || ticked();
  }

  // $0
  std::size_t closure_parameter() const {
    if (peek() != '$' || !is(kDigits, 1)) return 0;
    return 1 + (peek(1) == '0' ? 1 : run(kDigits, 1));
  }

  bool string_start() {
    const std::size_t mark = literal("@");
    if (peek(mark) == '"') return take(kString, mark + 1) && push(State::kString);
    return take(kStringChar, quoted_character());
  }

  bool string() {
    if (take(kStringEscape, literal("\\("))) return push(State::kInterpolation);
    if (peek() == '\\') {
      const std::size_t digits = literal("u{", 1) > 0 ? run_within(8, kHexDigits, 3) : 0;
      if (digits > 0 && peek(3 + digits) == '}') return take(kStringEscape, digits + 4);
      return take(kStringEscape, is(CharSet("\\0tnr'\""), 1) ? 2 : 0);
    }
    if (take(kString, until(CharSet("\\\"")))) return true;
    const std::size_t triple = literal("\"\"\"");
    return take(kString, triple > 0 ? triple : 1) && pop();
  }

  // Digits behind an underscore, one each.
  std::size_t single_digits(std::size_t from) const {
    std::size_t size = 0;
    while (peek(from + size) == '_' && is(kDigits, from + size + 1)) size += 2;
    return size;
  }

  std::size_t prefixed(std::size_t mark, const CharSet& digits) const {
    const std::size_t size = mark > 0 ? grouped(digits, '_', mark) : 0;
    return size > 0 ? mark + size : 0;
  }

  std::size_t hexadecimal() const {
    const std::size_t size = prefixed(literal("0x"), kHexDigits);
    if (size == 0) return 0;
    constexpr CharSet kPart = kDigits | "ABCDEF";
    const std::size_t part = peek(size) == '.' ? grouped(kPart, '_', size + 1) : 0;
    const std::size_t power = part > 0 ? size + 1 + part : size;
    if (peek(power) != 'p') return size;
    const std::size_t sign = power + 1 + one(CharSet("+-"), power + 1);
    return is(kDigits, sign) ? sign + run(kDigits, sign) : size;
  }

  bool number() {
    const std::size_t whole = grouped(kDigits, '_');
    if (whole == 0) return false;
    std::size_t size = peek(whole) == '*' ? whole + 1 : 0;
    if (peek(whole) == '.' && is(kDigits, whole + 1)) {
      size = whole + 1 + run(kDigits, whole + 1);
      size += single_digits(size);
    }
    if (size > 0) {
      const std::size_t power = exponent(size);
      return take(kNumberFloat, power > 0 ? size + power + single_digits(size + power) : size);
    }
    const std::size_t digits = run(kDigits);
    if (exponent(digits) > 0) return take(kNumberFloat, digits + exponent(digits));
    const std::size_t octal = prefixed(peek() == '0' ? 1 + literal("o", 1) : 0, kOctalDigits);
    return take(kNumberOctal, octal) || take(kNumberHex, hexadecimal()) ||
           take(kNumberBinary, prefixed(literal("0b"), CharSet("01"))) ||
           take(kNumberInteger, whole);
  }

  // What begins with `@` or `#`.
  bool directive() {
    if (peek() == '@') {
      const std::size_t size = named(1);
      return size > 0 && take(kKeywordDeclaration, 1 + size);
    }
    if (peek() != '#') return false;
    static constexpr std::string_view kPlaces[] = {
        "line", "file", "column", "function", "dsohandle"};
    if (literal("#available(") > 0 && peek(11) != ')') {
      if (take(kKeywordDeclaration, through(")", 11))) return true;
    }
    const std::size_t open = literal("#selector(") + literal("#keyPath(");
    const std::size_t size = open > 0 ? selected(open) : 0;
    if (size > 0) {
      return take_all(
          {{kKeywordDeclaration, open}, {kNameFunction, size}, {kKeywordDeclaration, 1}});
    }
    const std::size_t place = first_of(kPlaces, 1);
    return place > 0 ? take(kKeywordDeclaration, 1 + place) : label();
  }

  // Up to the parenthesis that closes what is selected; a pair may stand at its end.
  std::size_t selected(std::size_t open) const {
    const std::string_view text = view(kSelectorBytesMax, open);
    for (std::size_t at = 1; at < text.size(); ++at) {
      if (text[at - 1] == ')') return 0;
      if (text[at] == '(') {
        const std::size_t pair = text.substr(0, text.find('\n', at)).find("))", at);
        if (pair != text.npos) return pair + 1;
      }
      if (text[at] == ')') return at;
    }
    return 0;
  }

  // private(set), unowned(safe)
  bool restricted() {
    static constexpr std::string_view kWords[] = {"private(", "internal(", "unowned("};
    const std::size_t open = first_of(kWords);
    if (open == 0) return false;
    const std::size_t begin = open + run(CharSet(" "), open);
    const std::size_t size = run(kWord, begin);
    const std::size_t close = begin + size + run(CharSet(" "), begin + size);
    if (size == 0 || peek(close) != ')') return false;
    const std::string_view word = view(size, begin);
    const bool is_known = peek() == 'u' ? word == "safe" || word == "unsafe" : word == "set";
    return take_all({{kKeywordDeclaration, begin},
                     {is_known ? kKeywordDeclaration : kError, size},
                     {kKeywordDeclaration, close + 1 - begin - size}});
  }

  bool variable() {
    if (whole_word("let") + whole_word("var") == 0) return false;
    const std::size_t space = run(kSpace, 3);
    if (peek(3 + space) == '(') {
      return take_all({{kKeyword, 3}, {kText, space}, {kPunctuation, 1}}) && push(State::kTuple);
    }
    const std::size_t size = named(3 + space);
    return size > 0 && take_all({{kKeyword, 3}, {kText, space}, {kNameVariable, size}});
  }

  // A name before a colon.
  bool label() {
    const std::size_t mark = literal("#");
    const std::size_t size = named(mark);
    if (size == 0 || is(kUpper) || is(kUpper, mark) || literal("default", mark) > 0) return false;
    const std::size_t space = run(kSpace, mark + size);
    return peek(mark + size + space) == ':' &&
           take_all({{kNameVariable, mark + size}, {kText, space}, {kPunctuation, 1}});
  }

  bool name() {
    const std::size_t size = named();
    if (size == 0) return false;
    const std::string_view word = view(size);
    const std::size_t mark = size + one(CharSet("?!"), size);
    if (peek(mark + run(kSpace, mark)) == '(' && !kNoFunctions.has(word)) {
      return take(is(kUpper) ? kKeywordType : kNameFunction, size);
    }
    if (word == "as" || word == "try") {
      const std::size_t behind = 2 + (word == "as" ? one(CharSet("?!"), 2) : 1 + literal("!", 3));
      if (is(kSpace, behind)) return take(kKeyword, behind);
    }
    if (label()) return true;
    if (kSwiftKeywords.has(word)) return take(kKeyword, size);
    if (kSwiftDeclarations.has(word)) return take(kKeywordDeclaration, size);
    if (word == "true" || word == "false" || word == "nil") return take(kKeywordConstant, size);
    return take(is(kUpper) ? kKeywordType : kName, size);
  }

  bool ticked() {
    const std::size_t size = peek() == '`' ? named(1) : 0;
    return size > 0 && peek(1 + size) == '`' &&
           take_all({{kPunctuation, 1}, {kNameVariable, size}, {kPunctuation, 1}});
  }
};

}  // namespace

std::unique_ptr<Lexer> make_swift() { return std::make_unique<Swift>(); }

}  // namespace stet::highlight
