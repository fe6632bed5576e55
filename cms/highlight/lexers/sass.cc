#include <memory>
#include <string>

#include "cms/highlight/lexers/css_words.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

constexpr std::size_t kFunctionBytesMax = 512;  // of a function's name

enum class State {
  kRoot,
  kContent,  // of a line, in the indented syntax
  kSingleComment,
  kMultilineComment,
  kImport,
  kOldAttribute,  // :color red
  kAttribute,
  kValue,
  kFor,
  kSelector,
  kPseudoClass,
  kClass,
  kId,
  kPlaceholder,
  kInterpolation,
  kDoubleQuoted,
  kSingleQuoted,
  kUrl,
};

constexpr CharSet kNameBytes = kWord | "-";
constexpr CharSet kValueOperators{"~^*!&%<>|+=@:,./?-"};
constexpr CharSet kSelectorOperators{"~^*!&[]()<>|+=@:;,./?-"};

// Rules that are followed by a value, and not told from longer names.
constexpr std::string_view kValueRules[] = {
    "@debug", "@warn", "@if", "@each", "@while", "@else", "@return", "@media"};

// SCSS, and the syntax that is indented: both or either.
class Sass final : public StateLexer<State> {
 public:
  explicit Sass(bool is_indented) : is_indented_(is_indented) {}

  void reset() override {
    StateLexer::reset();
    block_ = State::kRoot;
    block_indent_.clear();
    last_indent_.clear();
  }

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return is_indented_ ? indentation() : root();
      case State::kContent: return content();
      case State::kSingleComment: return pop() && (take(kCommentSingle, line()) || true);
      case State::kMultilineComment: return multiline_comment();
      case State::kImport:
        return take(kText, run(kBlank)) || take(kString, until(kSpace)) ||
               (take(kText, literal("\n")) && pop());
      case State::kOldAttribute: return attribute_name() || (pop() && push(State::kValue));
      case State::kAttribute: return attribute_name() || colon();
      case State::kValue: return value();
      case State::kFor:
        return take(kOperatorWord, literal("from") + literal("through")) ||
               take(kOperatorWord, literal("to")) || value();
      case State::kSelector: return selector();
      case State::kPseudoClass: return piece(kNameDecorator);
      case State::kClass: return piece(kNameClass);
      case State::kId: return piece(kNameNamespace);
      case State::kPlaceholder: return piece(kNameVariable);
      case State::kInterpolation:
        return (take(kStringInterpolation, literal("}")) && pop()) || value();
      case State::kDoubleQuoted: return quoted_by('"', kStringDouble);
      case State::kSingleQuoted: return quoted_by('\'', kStringSingle);
      case State::kUrl: return quoted_by(')', kStringOther);
    }
    return false;
  }

 private:
  bool root() {
    if (take(kText, run(kSpace)) || take(kCommentSingle, line_after("//")) ||
        (literal("/*") > 0 && take(kCommentMultiline, through("*/", 2)))) {
      return true;
    }
    if (take(kKeyword, whole_word("@import"))) return push(State::kValue);
    if (statement()) return true;
    const bool is_single = !is(CharSet(";{}")) && is(CharSet(";}"), character());
    const std::size_t name = until(CharSet(";{}:["));
    const bool is_attribute =
        name > 0 && peek(name) == ':' && !ends(name + 1) && !is(kLower, name + 1);
    return push(is_single || is_attribute ? State::kAttribute : State::kSelector);
  }

  // A line that is indented deeper than a comment's first belongs to it.
  bool indentation() {
    const std::size_t gap = run(kBlank);
    if (peek(gap) == '\n') return take(kText, gap + 1);
    last_indent_ = view(gap);
    take(kText, gap);
    if (block_ != State::kRoot && last_indent_.size() > block_indent_.size() &&
        last_indent_.starts_with(block_indent_)) {
      return push(block_);
    }
    block_ = State::kRoot;
    return push(State::kContent);
  }

  bool begin_block(State block) {
    block_ = block;
    block_indent_ = last_indent_;
    return pop();
  }

  bool multiline_comment() {
    const std::size_t size = line();
    return !ends(size) && take(kCommentMultiline, size + 1) && pop();
  }

  bool content() {
    if (take(kCommentSingle, line_after("//"))) return begin_block(State::kSingleComment);
    if (literal("/*") > 0 && !ends(line())) {
      return take(kCommentMultiline, line() + 1) && begin_block(State::kMultilineComment);
    }
    if (take(kKeyword, whole_word("@import"))) return push(State::kImport);
    if (statement()) return true;
    const std::size_t name = run(kNameBytes, 1);
    if (name > 0 && take(kNameFunction, peek() == '=' ? 1 + name : 0)) return push(State::kValue);
    if (name > 0 && take(kNameDecorator, peek() == '+' ? 1 + name : 0)) return push(State::kValue);
    if (take(kNameAttribute, literal(":"))) return push(State::kOldAttribute);
    return push(has_attribute() ? State::kAttribute : State::kSelector);
  }

  bool has_attribute() const {
    std::size_t at = until(CharSet("[\n:"));
    if (at == 0 && peek() != ':') return false;
    if (at == 0) at = 1 + until(CharSet("[\n:"), 1);
    while (peek(at) == ':') {
      if (!is(kLower, at + 1)) return true;
      at += 1 + until(CharSet("[\n:"), at + 1);
    }
    return false;
  }

  // @mixin name, and its like.
  bool named(std::string_view rule, Token token) {
    const std::size_t size = literal(rule);
    const std::size_t gap = size > 0 ? run(kSpace, size) : 0;
    const std::size_t name = run(kNameBytes, size + gap);
    return gap > 0 && name > 0 && take_all({{kKeyword, size}, {kText, gap}, {token, name}}) &&
           push(State::kValue);
  }

  bool statement() {
    if (peek() == '@') {
      if (take(kKeyword, whole_word("@for"))) return push(State::kFor);
      for (const std::string_view rule : kValueRules) {
        if (take(kKeyword, literal(rule))) return push(State::kValue);
      }
      if (named("@mixin", kNameFunction) || named("@function", kNameFunction)) return true;
      if (take(kKeyword, whole_word("@extend"))) return push(State::kSelector);
      if (named("@include", kNameDecorator)) return true;
      const std::size_t name = run(kNameBytes, 1);
      return take(kKeyword, name > 0 ? 1 + name : 0) && push(State::kSelector);
    }
    if (take(kKeyword, literal("&"))) return push(State::kSelector);
    const std::size_t name = peek() == '$' ? run(kNameBytes, 1) : 0;
    const std::size_t gap = run(kBlank, 1 + name);
    return name > 0 && peek(1 + name + gap) == ':' &&
           take_all({{kNameVariable, 1 + name}, {kText, gap}, {kPunctuation, 1}}) &&
           push(State::kValue);
  }

  bool end() {
    if (peek() == '\n') return take(kText, 1) && (!is_indented_ || to_root());
    return !is_indented_ && take(kPunctuation, one(CharSet(";{}"))) && to_root();
  }

  bool string() {
    return (take(kStringDouble, literal("\"")) && push(State::kDoubleQuoted)) ||
           (take(kStringSingle, literal("'")) && push(State::kSingleQuoted));
  }

  bool interpolation() {
    return take(kStringInterpolation, literal("#{")) && push(State::kInterpolation);
  }

  bool attribute_name() {
    const std::size_t size = run(kNameBytes);
    return interpolation() ||
           take(kCssProperties.has(view(size)) ? kNameLabel : kNameAttribute, size);
  }

  bool colon() {
    const std::size_t gap = run(kBlank);
    if (peek(gap) != ':') return false;
    take(kText, gap);
    return take(kPunctuation, 1) && push(State::kValue);
  }

  bool number() {
    const std::size_t sign = one(CharSet("-"));
    const std::size_t whole = run(kDigits, sign);
    const std::size_t part = whole == 0 && peek(sign) == '.' ? run(kDigits, sign + 1) : 0;
    if (whole + part == 0) return false;
    const std::size_t size = sign + whole + (part > 0 ? 1 + part : 0);
    const std::size_t unit = peek(size) == '%' ? 1 : run(kLower, size);
    return take(part > 0 ? kNumberInteger : kNumber, size + unit);
  }

  std::size_t marked(char mark) const {
    const std::size_t size = peek() == mark ? run(kNameBytes, 1) : 0;
    return size > 0 ? 1 + size : 0;
  }

  bool value() {
    if (end() || take(kText, run(kBlank)) || take(kNameVariable, marked('$'))) return true;
    if (take(kStringOther, literal("url("))) return push(State::kUrl);
    const std::size_t function = run_within(kFunctionBytesMax, kNameBytes);
    if (function > 0 && peek(function + run(kSpace, function)) == '(') {
      return take(kNameFunction, function);
    }
    const std::size_t color = peek() == '#' ? run_within(6, kLetters | kDigits, 1) : 0;
    if (take(kNameDecorator, marked('%')) ||
        take(kNameBuiltinPseudo, whole_word("true") + whole_word("false")) ||
        take(kOperatorWord, whole_word("and") + whole_word("or") + whole_word("not")) ||
        take(kNumberHex, color > 0 ? 1 + color : 0) || number() || string() || interpolation() ||
        take(kOperator, run(kValueOperators)) || take(kPunctuation, run(CharSet("[]()")))) {
      return true;
    }
    const std::size_t size = run(kNameBytes);
    const std::string_view name = view(size);
    return take(kCssValues.has(name)   ? kNameBuiltin
                : kCssColors.has(name) ? kNameConstant
                                       : kName,
                size);
  }

  bool selector() {
    return end() || string() || interpolation() || take(kText, run(kBlank)) ||
           (take(kNameDecorator, literal(":")) && push(State::kPseudoClass)) ||
           (take(kNameClass, literal(".")) && push(State::kClass)) ||
           (take(kNameNamespace, literal("#")) && push(State::kId)) ||
           (take(kNameVariable, literal("%")) && push(State::kPlaceholder)) ||
           take(kNameTag, run(kNameBytes)) || take(kKeyword, literal("&")) ||
           take(kOperator, one(kSelectorOperators));
  }

  bool piece(Token token) { return take(token, run(kNameBytes)) || interpolation() || pop(); }

  bool quoted_by(char quote, Token token) {
    if (peek() == quote) return take(token, 1) && pop();
    std::size_t size = 0;
    while (!ends_line(size) && peek(size) != quote && literal("#{", size) == 0) {
      size += peek(size) == '\\' && !ends_line(size + 1) ? 2 : 1;
    }
    return take(token, size) || interpolation();
  }

  bool is_indented_;
  State block_ = State::kRoot;  // of the comment that deeper lines belong to; kRoot: none
  std::string block_indent_;
  std::string last_indent_;
};

}  // namespace

std::unique_ptr<Lexer> make_sass() { return std::make_unique<Sass>(true); }
std::unique_ptr<Lexer> make_scss() { return std::make_unique<Sass>(false); }

}  // namespace stet::highlight
