#include <algorithm>
#include <memory>

#include "cms/highlight/lexers/css_words.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State {
  kRoot,
  kRule,      // in braces: declarations
  kValue,     // behind the colon of a declaration
  kAt,        // behind the name of an at-rule
  kAtRules,   // in its braces: rules
  kAtValues,  // in its braces: declarations
};

constexpr CharSet kHead = kLetters | kHigh | "_-";
constexpr CharSet kTail = kWord | kHigh | "-";
constexpr CharSet kOperators{"~^*!%&[]()<>|+=@:;,./?-"};

constexpr WordSet kUnits({"Hz",   "ch", "cm",   "deg", "dpcm", "dpi",  "dppx", "em", "ex",
                          "grad", "in", "kHz",  "mm",  "ms",   "pc",   "pt",   "px", "rad",
                          "rem",  "s",  "turn", "vh",  "vmax", "vmin", "vw"});

constexpr std::string_view kVendors[] = {"-ah-",
                                         "-atsc-",
                                         "-hp-",
                                         "-khtml-",
                                         "-moz-",
                                         "-ms-",
                                         "-o-",
                                         "-rim-",
                                         "-ro-",
                                         "-tc-",
                                         "-wap-",
                                         "-webkit-",
                                         "-xv-",
                                         "mso-",
                                         "prince-"};

bool is_property(std::string_view name) {
  return kCssProperties.has(name) ||
         std::any_of(std::begin(kVendors), std::end(kVendors), [&](std::string_view vendor) {
           return name.starts_with(vendor);
         });
}

class Css final : public StateLexer<State> {
 protected:
  void read() override {
    failed_until_ = 0;
    StateLexer::read();
  }

  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kRule: return declaration();
      case State::kValue:
        return (take(kPunctuation, literal(";")) && pop()) || (peek() == '}' && pop()) ||
               take(kCommentPreprocessor, important()) ||
               take(kCommentPreprocessor, at_line_start() ? line_after("@") : 0) || value();
      case State::kAt: return at_rule();
      case State::kAtRules: return end_of_at_rule() || root();
      case State::kAtValues: return end_of_at_rule() || declaration();
    }
    return false;
  }

 private:
  std::size_t identifier(std::size_t from = 0) const { return head_and(kHead, kTail, from); }

  bool basics() {
    return take(kText, run(kSpace)) || (literal("/*") > 0 && take(kComment, through("*/", 2)));
  }

  // A mark and a name.
  std::size_t marked(std::string_view mark) const {
    const std::size_t size = literal(mark) > 0 ? identifier(mark.size()) : 0;
    return size > 0 ? mark.size() + size : 0;
  }

  bool root() {
    return basics() || (take(kPunctuation, literal("{")) && push(State::kRule)) ||
           take(kNameDecorator, marked("::")) || take(kNameDecorator, marked(":")) ||
           take(kNameClass, marked(".")) || take(kNameFunction, marked("#")) ||
           (take(kKeyword, marked("@")) && push(State::kAt)) || take(kNameTag, identifier()) ||
           take(kOperator, one(kOperators)) || string();
  }

  bool string() { return take(kStringSingle, quoted('"')) || take(kStringDouble, quoted('\'')); }

  std::size_t number() const {
    const std::size_t sign = one(CharSet("-"));
    const std::size_t whole = run(kDigits, sign);
    const std::size_t part = peek(sign + whole) == '.' ? run(kDigits, sign + whole + 1) : 0;
    if (whole + part == 0) return 0;
    const std::size_t size = sign + whole + (part > 0 ? 1 + part : 0);
    if (peek(size) == '%') return size + 1;
    const std::size_t unit = run(kWord, size);
    return kUnits.has(view(unit, size)) ? size + unit : size;
  }

  bool value() {
    if (basics()) return true;
    if (literal("url(") > 0 && take(kStringOther, through_in_line(")", 4))) return true;
    const std::size_t color = peek() == '#' ? run_within(6, kHexDigits, 1) : 0;
    if (take(kNumber, color > 0 ? 1 + color : 0) || take(kNumber, number()) ||
        take(kPunctuation, one(CharSet("[]():/.,"))) || string()) {
      return true;
    }
    const std::size_t size = identifier();
    const std::string_view word = view(size);
    return take(kCssColors.has(word)   ? kNameConstant
                : kCssValues.has(word) ? kNameBuiltin
                                       : kName,
                size);
  }

  bool at_rule() {
    if (peek() == '{') {
      const std::size_t gap = run(kSpace, 1);
      const std::size_t name = identifier(1 + gap);
      const bool is_declaration =
          name > 0 && peek(1 + gap + name + run(kSpace, 1 + gap + name)) == ':';
      return take(kPunctuation, 1) && push(is_declaration ? State::kAtValues : State::kAtRules);
    }
    return (take(kPunctuation, literal(";")) && pop()) || value();
  }

  bool end_of_at_rule() { return take(kPunctuation, literal("}")) && pop(2); }

  bool declaration() {
    if (basics()) return true;
    if (take(kPunctuation, literal("}"))) return pop();
    if (place() < failed_until_) return false;
    const std::size_t size = identifier();
    const std::size_t gap = run(kSpace, size);
    if (size == 0 || peek(size + gap) != ':') {
      failed_until_ = place() + size;
      return false;
    }
    const Token token = is_property(view(size)) ? kNameLabel : kNameProperty;
    return take_all({{token, size}, {kText, gap}, {kPunctuation, 1}}) && push(State::kValue);
  }

  std::size_t important() const {
    if (peek() != '!') return 0;
    const std::size_t gap = run(kSpace, 1);
    const std::size_t word = whole_word("important", 1 + gap);
    return word > 0 ? 1 + gap + word : 0;
  }

  std::size_t failed_until_ = 0;  // the end of a name that no colon follows
};

}  // namespace

std::unique_ptr<Lexer> make_css() { return std::make_unique<Css>(); }

}  // namespace stet::highlight
