#include <memory>
#include <string_view>

#include "cms/highlight/lexers/c.h"
#include "cms/highlight/lexers/c_words.h"
#include "cms/highlight/lexers/lexers.h"

namespace stet::highlight {
namespace {

using enum Token;

constexpr std::size_t kRawMarkBytesMax = 16;
constexpr std::size_t kRawBytesMax = 4096;

constexpr WordSet kUnits{{"d", "h", "i", "if", "il", "min", "ms", "ns", "s", "us", "y"}};

class Cpp final : public C {
 public:
  explicit Cpp(int nesting) : C(nesting) {}

 protected:
  bool dialect_root() override {
    return take(kKeywordPseudo,
                whole_word("__offload") + whole_word("__outer") + whole_word("__blockingoffload"));
  }

  bool dialect_statement() override {
    if (take(kKeyword, whole_word("class") + whole_word("struct"))) return push(CState::kClassName);
    if (take(kKeyword, whole_word("template"))) return push(CState::kTemplate);
    return number() || take(kNameBuiltin, whole_word("nullptr")) || take(kString, raw_string()) ||
           take(kOperator, literal("::") + literal("<=>")) ||
           take(kPunctuation, one(CharSet("{}")));
  }

  bool dialect_step() override {
    if (state() == CState::kClassName) return class_name();
    return (take(kPunctuation, one(CharSet(">;"))) && pop()) ||
           (take(kKeyword, whole_word("typename")) && push(CState::kClassName)) || statement();
  }

  bool ends_case() const override { return peek() == ':' && peek(1) != ':'; }

  Token kind_of(std::string_view word) const override {
    if (kCppKeywords.has(word)) return kKeyword;
    if (kCTypes.has(word) || word == "bool") return kKeywordType;
    return kCppReserved.has(word) ? kKeywordReserved : kName;
  }

  std::unique_ptr<C> fresh() const override { return std::make_unique<Cpp>(nesting() + 1); }

 private:
  std::size_t raw_string() {
    const std::size_t narrow = literal("u8");
    const std::size_t begin = narrow > 0 ? narrow : one(CharSet("uUL"));
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

  // Digits with quotes between them.
  std::size_t digits(const CharSet& set, std::size_t from) const {
    return grouped(set, '\'', from);
  }

  bool number() {
    const std::size_t whole = digits(kDigits, 0);
    const bool has_point = peek(whole) == '.';
    const std::size_t part = has_point ? digits(kDigits, whole + 1) : 0;
    if (whole + part == 0) return false;
    if (whole > 0) {
      const std::size_t size = part > 0 ? whole + 1 + part : whole;
      const std::size_t unit = run(kWord, size);
      if (kUnits.has(view(unit, size))) return take(kNumberOther, size + unit);
    }
    const std::size_t size = has_point ? whole + 1 + part : whole;
    std::size_t power = exponent(size);
    if (power > 0) power += run(kSuffix, size + power);
    if (power > 0 || has_point) return take(kNumberFloat, size + power);
    const std::size_t hex = literal_any_case("0x") > 0 ? digits(kHexDigits, 2) : 0;
    if (hex > 0) return take(kNumberHex, 2 + hex + run(kSuffix, 2 + hex));
    const std::size_t binary = literal_any_case("0b") > 0 ? digits(CharSet("01"), 2) : 0;
    if (binary > 0) return take(kNumberBinary, 2 + binary);
    const std::size_t octal = peek() == '0' ? digits(kOctalDigits, 1) : 0;
    if (octal > 0) return take(kNumberOctal, 1 + octal + run(kSuffix, 1 + octal));
    return take(kNumberInteger, whole + run(kSuffix, whole));
  }

  bool class_name() {
    const std::size_t size = ascii_word();
    if (size > 0) return take(kNameClass, size) && pop();
    if (whitespace() || take(kOperator, literal("..."))) return true;
    pop();
    return take(kPunctuation, literal(",")) || true;
  }
};

}  // namespace

std::unique_ptr<Lexer> make_cpp() { return std::make_unique<Cpp>(0); }

}  // namespace stet::highlight
