#include <memory>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kValue, kQuoted, kQuotedLines, kRaw, kRawLines, kArray, kTable };

constexpr CharSet kSigns{"+-"};
constexpr CharSet kSolid = ~kSpace;

class Toml final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return basic() || (key() && push(State::kValue));
      case State::kValue: return (take(kText, literal("\n")) && pop()) || content();
      case State::kArray: return content() || (take(kPunctuation, literal("]")) && pop());
      case State::kTable: return content() || (take(kPunctuation, literal("}")) && pop());
      case State::kQuoted:
        return (take(kString, literal("\"")) && pop()) || (take(kError, literal("\n")) && pop()) ||
               escape() || take(kString, until(CharSet("\\\"\n")));
      case State::kQuotedLines:
        return (take(kString, literal("\"\"\"")) && pop()) || escape() ||
               take(kString, until(CharSet("\\\""))) || take(kString, literal("\""));
      case State::kRaw:
        return (take(kString, literal("'")) && pop()) || (take(kError, literal("\n")) && pop()) ||
               take(kString, until(CharSet("'\n")));
      case State::kRawLines:
        return (take(kString, literal("'''")) && pop()) || take(kString, until(CharSet("'"))) ||
               take(kString, literal("'"));
    }
    return false;
  }

 private:
  void read() override {
    solid_ = {};
    StateLexer::read();
  }

  bool basic() {
    return take(kText, run(kSpace)) || take(kComment, line_after("#")) ||
           take(kKeywordConstant, literal("true") + literal("false")) || table_start() ||
           take(kNameNamespace, header()) || take(kDate, date()) || number();
  }

  bool content() {
    return basic() || key() || (take(kString, literal("\"\"\"")) && push(State::kQuotedLines)) ||
           (take(kString, literal("\"")) && push(State::kQuoted)) ||
           (take(kString, literal("'''")) && push(State::kRawLines)) ||
           (take(kString, literal("'")) && push(State::kRaw)) || escape() ||
           take(kPunctuation, literal(",")) ||
           (take(kPunctuation, literal("[")) && push(State::kArray));
  }

  bool escape() {
    return peek() == '\\' && is(CharSet("0tn\n \"\\r"), 1) && take(kStringEscape, 2);
  }

  // What stands without a blank here, and the signs in it: places, 0 where there is none.
  struct Solid {
    std::size_t begin = 1;
    std::size_t end = 0;
    std::size_t sign = 0;     // the last "="
    std::size_t table = 0;    // the last "={"
    std::size_t bracket = 0;  // the last "]"
    std::size_t outer = 0;    // the "=" behind it and blanks
    bool is_outer_table = false;
    bool is_last_table = false;  // "= {"
  };

  const Solid& solid() {
    if (solid_.begin <= place() && place() < solid_.end) return solid_;
    const std::size_t size = run(kSolid);
    const std::size_t gap = run(kSpace, size);
    solid_ = {.begin = place(), .end = place() + size};
    for (std::size_t at = 0; at < size; ++at) {
      if (peek(at) == ']') solid_.bracket = place() + at;
      if (peek(at) != '=') continue;
      solid_.sign = place() + at;
      if (peek(at + 1) == '{') solid_.table = place() + at;
    }
    solid_.is_last_table = size > 0 && peek(size - 1) == '=' && peek(size + gap) == '{';
    if (peek(size + gap) == '=') {
      solid_.outer = place() + size + gap;
      solid_.is_outer_table = peek(size + gap + 1 + run(kSpace, size + gap + 1)) == '{';
    }
    return solid_;
  }

  // "name" or 'name', which may have blanks in it.
  std::size_t quoted_name() {
    const std::size_t size = peek() == '"'    ? through("\"", 2)
                             : peek() == '\'' ? through("'", 2)
                                              : 0;
    return size > 2 && !is(CharSet("\"'"), 1) ? size : 0;
  }

  bool key() {
    const Solid& here = solid();
    std::size_t name = 0;
    if (here.outer > 0) {
      name = here.end - place();
    } else if (here.sign > place()) {
      name = here.sign - place();
    } else {
      name = quoted_name();
    }
    const std::size_t gap = run(kSpace, name);
    return name > 0 && peek(name + gap) == '=' &&
           take_all({{kNameProperty, name}, {kText, gap}, {kPunctuation, 1}});
  }

  // name = {
  bool table_start() {
    const Solid& here = solid();
    std::size_t name = 0;
    if (here.outer > 0 && here.is_outer_table) {
      name = here.end - place();
    } else if (here.is_last_table && here.end > place() + 1) {
      name = here.end - 1 - place();
    } else if (here.table > place()) {
      name = here.table - place();
    } else {
      name = quoted_name();
    }
    if (name == 0) return false;
    const std::size_t gap = run(kSpace, name);
    const std::size_t behind = run(kSpace, name + gap + 1);
    return peek(name + gap) == '=' && peek(name + gap + 1 + behind) == '{' &&
           take_all({{kNameNamespace, name},
                     {kText, gap},
                     {kOperator, 1},
                     {kText, behind},
                     {kPunctuation, 1}}) &&
           push(State::kTable);
  }

  std::size_t header() {
    if (peek() != '[') return 0;
    const std::size_t end = solid().bracket;
    return end > place() + 1 ? end + 1 - place() : 0;
  }

  // 2020-01-02T03:04:05Z
  std::size_t date() const {
    constexpr std::string_view kShape = "0000-00-00T00:00:00Z";
    for (std::size_t at = 0; at < kShape.size(); ++at) {
      if (kShape[at] == '0' ? !is(kDigits, at) : peek(at) != kShape[at]) return 0;
    }
    return kShape.size();
  }

  std::size_t power(std::size_t from) const {
    const std::size_t size = exponent(from);
    return size > 0 ? size - run(kDigits, from + size - 1) + grouped(kDigits, '_', from + size - 1)
                    : 0;
  }

  std::size_t based(std::string_view mark, const CharSet& digits) const {
    const std::size_t size = literal(mark) > 0 ? grouped(digits, '_', 2) : 0;
    return size > 0 ? 2 + size : 0;
  }

  bool number() {
    const std::size_t sign = one(kSigns);
    const std::size_t whole = grouped(kDigits, '_', sign);
    const std::size_t point = sign + whole;
    const std::size_t part = peek(point) == '.' ? grouped(kDigits, '_', point + 1) : 0;
    if (whole > 0 && part > 0) {
      return take(kNumberFloat, point + 1 + part + power(point + 1 + part));
    }
    if (whole > 0 && power(point) > 0) return take(kNumberFloat, point + power(point));
    const std::size_t word = literal("nan", sign) + literal("inf", sign);
    if (word > 0) return take(kNumberFloat, sign + word);
    return take(kNumberHex, based("0x", kHexDigits)) ||
           take(kNumberOctal, based("0o", kOctalDigits)) ||
           take(kNumberBinary, based("0b", CharSet("01"))) ||
           (whole > 0 && take(kNumberInteger, point));
  }

  Solid solid_;
};

}  // namespace

std::unique_ptr<Lexer> make_toml() { return std::make_unique<Toml>(); }

}  // namespace stet::highlight
