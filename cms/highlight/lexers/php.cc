#include <algorithm>
#include <memory>
#include <string_view>

#include "cms/highlight/lexers/code.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/php_functions.h"
#include "cms/highlight/lexers/php_words.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State {
  kRoot,   // the page that the code stands in
  kStart,  // code, or a page
  kCode,
  kString,
  kInterpolation,
  kDoubleInterpolation,
  kAssignment,
  kAssignmentCall,
  kCatch,
  kConstant,
  kFunctionName,
  kParameters,
  kResult,
  kBody,
  kUsedVariables,
  kNew,
  kNewClass,
  kUse,
  kVisibility,
};

constexpr CharSet kMarks{";,(){}[]"};
constexpr CharSet kOperators{"~!%^&*+|:.<>/@-"};
constexpr CharSet kNoSpace = ~kSpace;
constexpr CharSet kNumberTail = kDigits | "_";

constexpr WordSet kClassWords{{"class", "extends", "implements", "interface", "trait"}};
constexpr WordSet kConstants{{"false", "null", "true"}};
constexpr WordSet kVisibilities{{"private", "protected", "public"}};

class Php final : public StateLexer<State, Code> {
 public:
  explicit Php(bool is_hack) : is_hack_(is_hack), page_(make_html()) { push(State::kStart); }

  void reset() override {
    StateLexer::reset();
    page_->reset();
    push(State::kStart);
  }

 protected:
  void read() override {
    no_brace_until_ = no_bracket_until_ = no_quote_until_ = no_tick_until_ = 0;
    has_no_heredoc_end_ = false;
    Code::read();
  }

  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kStart: return start();
      case State::kCode: return code();
      case State::kString: return string();
      case State::kInterpolation:
        return (take(kStringInterpolation, literal("}")) && pop()) || code();
      case State::kDoubleInterpolation:
        return (take(kStringInterpolation, literal("}}")) && pop()) || code();
      case State::kAssignmentCall:
        return (take(kPunctuation, literal(")")) && pop()) || take(kPunctuation, literal(",")) ||
               assignment();
      case State::kAssignment: return assignment();
      case State::kNewClass:
        return (take(kPunctuation, literal("}")) && pop()) || take(kPunctuation, literal("{")) ||
               code();
      case State::kBody:
        return (take(kPunctuation, literal("{")) && push(State::kBody)) ||
               (take(kPunctuation, literal("}")) && pop()) || code();
      default: return declaration() || escape() || whitespace() || after_declaration() || pop();
    }
  }

 private:
  bool is_word(std::string_view text) const {
    return literal_any_case(text) > 0 && ends_word(text.size());
  }
  bool keyword(std::string_view text) { return is_word(text) && take(kKeyword, text.size()); }

  // Names that backslashes join.
  std::size_t path(std::size_t from = 0) const {
    std::size_t size = head_and(kWordHead, kWordTail, from);
    while (size > 0 && peek(from + size) == '\\') {
      const std::size_t more = head_and(kWordHead, kWordTail, from + size + 1);
      if (more == 0) break;
      size += 1 + more;
    }
    return size;
  }

  bool root() {
    if (is_hack_ && take(kCommentPreprocessor, hack_mark())) return push(State::kCode);
    if (literal("<?") > 0) {
      const std::size_t mark = 2 + literal_any_case("php", 2);
      take(kCommentPreprocessor, mark > 2 ? mark : 2 + literal("=", 2));
      return push(State::kCode);
    }
    const std::size_t next = through("<?");
    return hand(*page_, next > 0 ? next - 2 : rest().size());
  }

  // <?hh // strict
  std::size_t hack_mark() const {
    if (literal("<?hh") == 0) return 0;
    static constexpr std::string_view kModes[] = {"strict", "decl", "partial"};
    const std::size_t comment = 4 + run(kSpace, 4);
    const std::size_t mode = comment + 2 + run(kSpace, comment + 2);
    const std::size_t size = literal("//", comment) > 0 ? first_of(kModes, mode) : 0;
    if (size > 0 && ends_line(mode + size)) return mode + size;
    return ends_line(4) ? 4 : 0;
  }

  bool start() {
    const std::size_t gap = run(kSpace);
    if (peek(gap) == '<') {
      hand(*page_, gap);
      return pop();
    }
    const std::string_view text = rest().substr(0, rest().find('$'));
    for (std::size_t mark = text.rfind("<?"); mark != text.npos && mark > 0;
         mark = text.rfind("<?", mark - 1)) {
      if (peek(mark + 2) == '=' || literal_any_case("php", mark + 2) > 0) {
        return hand(*page_, mark) && pop();
      }
    }
    return go_to(State::kCode);
  }

  bool escape() { return take(kCommentPreprocessor, literal("?>")) && to_root(); }

  bool whitespace() {
    if (take(kText, run(kSpace)) || take(kCommentSingle, line_after("#")) ||
        take(kCommentSingle, line_after("//"))) {
      return true;
    }
    if (literal("/**") > 0 && peek(3) != '/' && take(kCommentDoc, through("*/", 3))) return true;
    return take(kCommentMultiline, block_comment());
  }

  bool variables() {
    const std::size_t mark = literal("${");
    const std::size_t dollars = run(CharSet("$"), mark);
    const std::size_t size = dollars > 0 ? head_and(kWordHead, kWordTail, mark + dollars) : 0;
    if (size == 0) return false;
    if (mark == 0) return take(kNameVariable, dollars + size);
    return peek(mark + dollars + size) == '}' && take(kNameVariable, mark + dollars + size + 1);
  }

  bool values() {
    if (take(kStringHeredoc, heredoc()) || number() || take(kStringSingle, paired('\'')) ||
        take(kStringBacktick, paired('`')) ||
        (take(kStringDouble, literal("\"")) && push(State::kString))) {
      return true;
    }
    const std::size_t size = word();
    if (kConstants.has_any_case(view(size))) return take(kKeywordConstant, size);
    if (keyword("new")) return push(State::kNew);
    if (!keyword("function") && !keyword("fn")) return false;
    return push(State::kResult) && push(State::kParameters) && push(State::kFunctionName);
  }

  std::size_t heredoc() {
    if (literal("<<<") == 0 || has_no_heredoc_end_) return 0;
    const std::size_t quote = one(CharSet("\"'"), 3);
    const std::size_t begin = 3 + quote;
    const std::size_t size = head_and(kWordHead, kWordTail, begin);
    if (size == 0 || (quote > 0 && peek(begin + size) != peek(3))) return 0;
    if (peek(begin + size + quote) != '\n') return 0;
    const std::size_t body = begin + size + quote + 1;
    for (std::size_t end = through("\n", body); end > 0; end = through("\n", end)) {
      const std::size_t mark = end + run(kBlank, end);
      const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
      const std::string_view here = view(size, mark);
      if (std::ranges::equal(here, view(size, begin), same)) {
        return mark + size + literal(";", mark + size);
      }
    }
    has_no_heredoc_end_ = true;
    return 0;
  }

  bool number() {
    const std::size_t whole = is(kDigits) ? run(kNumberTail) : 0;
    if (peek(whole) == '.') {
      const std::size_t part = is(kDigits, whole + 1) ? run(kNumberTail, whole + 1) : 0;
      std::size_t size = whole + 1 + part;
      const std::size_t power = exponent(size);
      if (power > 0) size += power + run(kNumberTail, size + power);
      return take(kNumberFloat, size);
    }
    if (whole == 0) return false;
    if (peek() == '0' && is(kOctalDigits, 1)) {
      return take(kNumberOctal, 1 + run(kOctalDigits | "_", 1));
    }
    if (based('b', CharSet("01")) > 0) return take(kNumberBinary, 2 + run(CharSet("01_"), 2));
    if (based('x', kHexDigits) > 0) return take(kNumberHex, 2 + run(kHexDigits | "_", 2));
    return take(kNumberInteger, whole);
  }

  // Between quotes, of which a backslash escapes; 0 where no quote closes.
  std::size_t paired(char quote) {
    std::size_t& none_until = quote == '`' ? no_tick_until_ : no_quote_until_;
    if (peek() != quote || place() < none_until) return 0;
    std::size_t at = 1;
    for (; !ends(at); ++at) {
      if (peek(at) == quote) return at + 1;
      if (peek(at) == '\\' && ends_line(++at)) break;
    }
    none_until = place() + at;
    return 0;
  }

  bool code() {
    if ((is_hack_ && hack_comment()) || escape() || whitespace() || variables() || values()) {
      return true;
    }
    const std::size_t size = word();
    const std::size_t space = size > 0 ? run(kSpace, size) : 0;
    const std::size_t name = space > 0 ? path(size + space) : 0;
    if (name > 0 && is_word("namespace")) {
      return take_all({{kKeywordNamespace, size}, {kText, space}, {kNameNamespace, name}});
    }
    if (name > 0 && kClassWords.has_any_case(view(size))) {
      return take_all({{kKeywordDeclaration, size}, {kText, space}, {kNameClass, name}});
    }
    return names() || take(kPunctuation, one(kMarks)) || take(kOperator, run(kOperators)) ||
           take(kOperator, one(CharSet("=?")));
  }

  // What silences the checker.
  bool hack_comment() {
    static constexpr std::string_view kUnsafe[] = {
        "// UNSAFE_EXPR", "// UNSAFE_BLOCK", "// UNSAFE"};
    static constexpr std::string_view kErrors[] = {"HH_IGNORE_ERROR[", "HH_FIXME["};
    if (take(kCommentPreprocessor, first_of(kUnsafe))) return true;
    if (literal("/*") == 0) return false;
    const std::size_t begin = 2 + run(kSpace, 2);
    const std::size_t unsafe = literal("UNSAFE_EXPR", begin);
    const std::size_t end = begin + unsafe + run(kSpace, begin + unsafe);
    if (unsafe > 0 && literal("*/", end) > 0) return take(kCommentPreprocessor, end + 2);
    const std::size_t error = first_of(kErrors, begin);
    const std::size_t close = begin + error + run(kDigits, begin + error);
    if (error == 0 || close == begin + error || peek(close) != ']') return false;
    const std::size_t reason = until(CharSet("*"), close + 1);
    return literal("*/", close + 1 + reason) > 0 && take_all({{kCommentPreprocessor, close + 1},
                                                              {kCommentMultiline, reason},
                                                              {kCommentPreprocessor, 2}});
  }

  bool is_keyword(std::string_view word) const {
    return kPhpKeywords.has_any_case(word) || (is_hack_ && kHackKeywords.has_any_case(word));
  }

  bool names() {
    const std::size_t size = path();
    if (size == 0) return false;
    const std::string_view name = view(size);
    if (peek(size + run(kSpace, size)) == '(') {
      return take(is_keyword(name)                   ? kKeyword
                  : kPhpFunctions.has_any_case(name) ? kNameBuiltin
                                                     : kNameFunction,
                  size);
    }
    if (size == 3 && is_word("use")) return take(kKeywordNamespace, size) && push(State::kUse);
    if (size == 5 && keyword("const")) return push(State::kConstant);
    if (size == 5 && keyword("catch")) return push(State::kCatch);
    if (kVisibilities.has_any_case(name)) return take(kKeyword, size) && push(State::kVisibility);
    return take(is_keyword(name) ? kKeyword : kind_of(name), size);
  }

  static bool is_all(std::string_view text, const CharSet& set) {
    return std::ranges::all_of(text, [&](char c) { return set.has(c); });
  }

  static Token kind_of(std::string_view name) {
    if (name.size() > 3 && name.starts_with("__") && name.ends_with("__")) return kNameBuiltin;
    const std::string_view last = name.substr(name.rfind('\\') + 1);
    const bool is_engine = name.starts_with("E_") || name.starts_with("PHP_");
    if (is_engine && is_all(name, kUpper | "_") && name.find("__") == name.npos &&
        !name.ends_with('_')) {
      return kKeywordConstant;
    }
    if (!kUpper.has(last.front())) return kName;
    if (last.size() > 1 && is_all(last, kUpper | kDigits | "_")) return kNameConstant;
    return is_all(last, kLetters | kDigits | kHigh) ? kNameClass : kName;
  }

  // From a brace or bracket to the last `closing` before a blank, with something between.
  std::size_t to_last(char closing, std::size_t from, std::size_t& none_until) {
    if (place() + from < none_until) return 0;
    const std::string_view text = view(stretch(kNoSpace)).substr(from);
    const std::size_t last = text.rfind(closing);
    if (last != text.npos && last > 1) return last + 1;
    if (last == text.npos) none_until = place() + from + text.size();
    return 0;
  }

  bool string() {
    if (take(kStringDouble, literal("\""))) return pop();
    if (take(kStringDouble, until(CharSet("\\{$\""))) || take(kStringEscape, string_escape())) {
      return true;
    }
    const std::size_t name = peek() == '$' ? head_and(kWordHead, kWordTail, 1) : 0;
    if (name > 0) return take(kNameVariable, 1 + name + member(1 + name));
    if (take(kStringInterpolation, literal("{${"))) return push(State::kDoubleInterpolation);
    if (literal("{$") > 0) return take(kStringInterpolation, 1) && push(State::kInterpolation);
    const std::size_t braces = peek() == '{' ? to_last('}', 0, no_brace_until_) : 0;
    if (braces > 0) {
      return take_all(
          {{kStringInterpolation, 1}, {kNameVariable, braces - 2}, {kStringInterpolation, 1}});
    }
    return take(kStringDouble, run(CharSet("${\\")));
  }

  std::size_t string_escape() const {
    if (peek() != '\\') return 0;
    const std::size_t digits = literal("u{", 1) > 0 ? run(kHexDigits, 3) : 0;
    if (digits > 0 && peek(3 + digits) == '}') return digits + 4;
    if (is(CharSet("efrntv\"$\\"), 1)) return 2;
    const std::size_t octal = run_within(3, kOctalDigits, 1);
    const std::size_t hex = is(CharSet("xX"), 1) ? run_within(2, kHexDigits, 2) : 0;
    return octal > 0 ? 1 + octal : hex > 0 ? 2 + hex : 0;
  }

  // [0] or ->name, behind a variable in a string.
  std::size_t member(std::size_t from) {
    if (peek(from) == '[') return to_last(']', from, no_bracket_until_);
    const std::size_t name = literal("->", from) > 0 ? head_and(kWordHead, kWordTail, from + 2) : 0;
    return name > 0 ? 2 + name : 0;
  }

  bool assignment() {
    if (take(kPunctuation, literal(","))) return pop();
    if (take(kPunctuation, literal("("))) return push(State::kAssignmentCall);
    return take(kPunctuation, one(CharSet("[]"))) || escape() || whitespace() || values() ||
           variables() || names() || take(kOperator, run(kOperators)) || pop();
  }

  bool type() {
    const std::size_t mark = literal("?");
    const std::size_t size = head_and(kWordHead, kWordTail, mark);
    return size > 0 && take(kKeywordType, mark + size);
  }

  bool assigned() { return take(kOperator, literal("=")) && push(State::kAssignment); }

  // What is looked for before comments and blanks in a part of a declaration.
  bool declaration() {
    switch (state()) {
      case State::kCatch:
        return take(kPunctuation, literal("(")) || take(kOperator, literal("|")) ||
               take(kNameClass, word());
      case State::kConstant: return take(kNameConstant, word()) || assigned();
      case State::kFunctionName:
        return take(kOperator, literal("&")) || take(kName, word()) ||
               (take(kPunctuation, literal("(")) && pop());
      case State::kParameters: return parameter();
      case State::kResult:
        return take(kPunctuation, literal(":")) ||
               (keyword("use") && push(State::kUsedVariables)) ||
               (type() && push(State::kAssignment)) ||
               (take(kPunctuation, literal("{")) && go_to(State::kBody));
      case State::kUsedVariables:
        return take(kPunctuation, one(CharSet(",("))) || take(kOperator, literal("&")) ||
               (take(kPunctuation, literal(")")) && pop());
      case State::kNew:
        return (is_word("class") && take(kKeywordDeclaration, 5) && go_to(State::kNewClass)) ||
               (take(kNameClass, path()) && pop());
      case State::kUse: return used();
      default: return visible();
    }
  }

  bool after_declaration() {
    if (state() == State::kUse) return names();
    return (state() == State::kParameters || state() == State::kUsedVariables) && variables();
  }

  bool parameter() {
    if (take(kPunctuation, literal(")"))) return pop();
    return take(kPunctuation, literal(",") + literal("...")) || assigned() || keyword("public") ||
           keyword("protected") || keyword("private") || keyword("readonly") ||
           (type() && push(State::kAssignment));
  }

  bool used() {
    if (take(kPunctuation, one(CharSet(",}"))) || keyword("function") || keyword("const")) {
      return true;
    }
    const std::size_t size = path();
    if (size > 0 && literal("\\{", size) > 0) {
      return take_all({{kNameNamespace, size + 1}, {kPunctuation, 1}});
    }
    // As far as the last part with an underscore before a letter.
    for (std::string_view name = view(size); !name.empty();) {
      const std::size_t slash = name.rfind('\\');
      const std::size_t begin = slash == name.npos ? 0 : slash + 1;
      if (has_inner_underscore(name.substr(begin))) return take(kNameFunction, name.size());
      name = name.substr(0, begin > 0 ? begin - 1 : 0);
    }
    return false;
  }

  static bool has_inner_underscore(std::string_view name) {
    for (std::size_t at = 1; at + 1 < name.size(); ++at) {
      if (name[at] == '_' && !kDigits.has(name[at + 1])) return true;
    }
    return false;
  }

  bool visible() {
    if (keyword("readonly") || keyword("static")) return true;
    if (is_word("abstract") || is_word("const") || is_word("function")) return pop();
    return type() && pop();
  }

  bool is_hack_;
  std::unique_ptr<Lexer> page_;
  // What was looked for in vain in this piece.
  std::size_t no_brace_until_ = 0;
  std::size_t no_bracket_until_ = 0;
  std::size_t no_quote_until_ = 0;
  std::size_t no_tick_until_ = 0;
  bool has_no_heredoc_end_ = false;
};

}  // namespace

std::unique_ptr<Lexer> make_hack() { return std::make_unique<Php>(true); }
std::unique_ptr<Lexer> make_php() { return std::make_unique<Php>(false); }

}  // namespace stet::highlight
