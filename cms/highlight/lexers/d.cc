#include <memory>
#include <string_view>

#include "cms/highlight/lexers/code.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

// Of a string in one line between marks of its own.
constexpr std::size_t kDelimitedBytesMax = 1024;

enum class State {
  kRoot,
  kComment,
  kTokens,
  kBraces,  // in tokens
  kDelimited,
  kDelimitedInside,
};

constexpr CharSet kMarks{"/.&|-+<>!()[]{}?,;:$=*%^~"};
constexpr CharSet kGrouped = kDigits | "_";
constexpr CharSet kEscaped{"'\"?\\abfnrtv"};

// clang-format off
constexpr WordSet kKeywords{{
    "__gshared", "__parameters", "__traits", "__vector", "abstract", "alias", "align", "asm",
    "assert", "auto", "body", "break", "case", "cast", "catch", "class", "const", "continue",
    "debug", "default", "delegate", "delete", "deprecated", "do", "else", "enum", "export",
    "extern", "final", "finally", "for", "foreach", "foreach_reverse", "function", "goto", "if",
    "immutable", "import", "in", "inout", "interface", "invariant", "is", "lazy", "mixin", "module",
    "new", "nothrow", "out", "override", "package", "pragma", "private", "protected", "public",
    "pure", "ref", "return", "scope", "shared", "static", "struct", "super", "switch",
    "synchronized", "template", "this", "throw", "try", "typedef", "typeid", "typeof", "union",
    "unittest", "version", "volatile", "while", "with",
}};

constexpr WordSet kTypes{{
    "bool", "byte", "cdouble", "cent", "cfloat", "char", "creal", "dchar", "double", "float",
    "idouble", "ifloat", "int", "ireal", "long", "real", "short", "ubyte", "ucent", "uint", "ulong",
    "ushort", "void", "wchar",
}};

constexpr WordSet kPseudo{{
    "__DATE__", "__EOF__", "__FILE_FULL_PATH__", "__FILE__", "__FUNCTION__", "__LINE__",
    "__MODULE__", "__PRETTY_FUNCTION__", "__TIMESTAMP__", "__TIME__", "__VENDOR__", "__VERSION__",
}};

constexpr WordSet kAliases{{"dstring", "ptrdiff_t", "size_t", "string", "wstring"}};
// clang-format on

class D final : public StateLexer<State, Code> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kComment: return nested(kCommentMultiline, "/+", "+/");
      case State::kTokens:
        return (take(kPunctuation, literal("{")) && push(State::kBraces)) ||
               (take(kString, literal("}")) && pop()) || root();
      case State::kBraces:
        return (take(kPunctuation, literal("{")) && push(State::kBraces)) ||
               (take(kPunctuation, literal("}")) && pop()) || root();
      case State::kDelimited:
        if (peek() == open_) return take(kString, 1) && push(State::kDelimitedInside);
        if (peek() == close_) return peek(1) == '"' && take(kString, 2) && pop();
        return take(kString, until(delimiters()));
      case State::kDelimitedInside:
        if (peek() == open_) return take(kString, 1) && push(State::kDelimitedInside);
        if (peek() == close_) return take(kString, 1) && pop();
        return take(kString, until(delimiters()));
    }
    return false;
  }

 private:
  CharSet delimiters() const {
    const char marks[] = {open_, close_};
    return CharSet::of({marks, sizeof marks});
  }

  bool root() {
    return take(kText, run(kSpace)) || take(kCommentSingle, line_after("//")) ||
           take(kCommentMultiline, spliced_comment()) ||
           (take(kCommentMultiline, literal("/+")) && push(State::kComment)) || word() ||
           number() || take(kStringChar, character_literal()) || string() ||
           (peek() == '@' && take(kNameDecorator, 1 + ascii_word(1))) || mark() ||
           take(kName, ascii_word()) || line_directive();
  }

  bool mark() {
    const std::size_t dots = run_within(3, CharSet("."));
    return take(kPunctuation, dots > 1 ? dots : one(kMarks));
  }

  bool line_directive() {
    const std::size_t size = literal("#line") > 0 && is(kSpace, 5) ? 6 + line(6) : 0;
    return size > 0 && !ends(size) && take(kCommentSpecial, size + 1);
  }

  bool word() {
    const std::size_t size = ascii_word();
    if (size == 0 || letters(kHigh, size) > 0) return false;
    const std::string_view word = view(size);
    if (kKeywords.has(word)) return take(kKeyword, size);
    if (kTypes.has(word)) return take(kKeywordType, size);
    if (word == "false" || word == "true" || word == "null") return take(kKeywordConstant, size);
    if (kPseudo.has(word)) return take(kKeywordPseudo, size);
    if (word == "macro") return take(kKeywordReserved, size);
    return kAliases.has(word) && take(kNameBuiltin, size);
  }

  // Behind `e` or `p`.
  std::size_t power(const CharSet& letters, std::size_t from) const {
    if (!is(letters, from)) return 0;
    const std::size_t sign = 1 + one(CharSet("+-"), from + 1);
    const std::size_t size = run(kGrouped, from + sign);
    return size > 0 ? sign + size : 0;
  }

  bool real(std::size_t size) {
    size += one(CharSet("fFL"), size);
    return take(kNumberFloat, size + literal("i", size));
  }

  bool hexadecimal() {
    if (literal_any_case("0x") == 0) return false;
    constexpr CharSet kHex = kHexDigits | "_";
    const std::size_t whole = 2 + run(kHex, 2);
    const std::size_t part = peek(whole) == '.' ? run(kHex, whole + 1) : 0;
    const std::size_t size = part > 0 ? whole + 1 + part : whole;
    const std::size_t exponent = size > 2 ? power(CharSet("pP"), size) : 0;
    if (exponent > 0) return real(size + exponent);
    return whole > 2 && take(kNumberHex, whole);
  }

  bool number() {
    if (!is(kGrouped | ".")) return false;
    if (is(kDigits) && hexadecimal()) return true;
    const std::size_t whole = run(kGrouped);
    const std::size_t part = peek(whole) == '.' ? run(kGrouped, whole + 1) : 0;
    if (whole > 0 && peek(whole) == '.') {
      const std::size_t size = whole + 1 + part;
      return real(size + (part > 0 ? power(CharSet("eE"), size) : 0));
    }
    if (whole > 0 && power(CharSet("eE"), whole) > 0) {
      return real(whole + power(CharSet("eE"), whole));
    }
    if (whole == 0 && is(kDigits, 1)) {
      const std::size_t size = peek(1) == '0' ? 2 : 1 + part;
      return real(size + power(CharSet("eE"), size));
    }
    return is(kDigits) && integer(whole);
  }

  bool integer(std::size_t whole) {
    if (literal_any_case("0b") > 0 && is(CharSet("01_"), 2)) {
      return take(kNumberBinary, 2 + run(CharSet("01_"), 2));
    }
    if (peek() == '0' && is(kOctalDigits | "_", 1)) {
      return take(kNumberOctal, 1 + run(kOctalDigits | "_", 1));
    }
    const std::size_t size = peek() == '0' ? 1 : whole;
    return take(kNumberInteger, size + one(CharSet("LUu"), size));
  }

  std::size_t escape(std::size_t from) const {
    if (peek(from) != '\\') return 0;
    if (is(kEscaped, from + 1)) return 2;
    const std::size_t digits = peek(from + 1) == 'x'   ? 2
                               : peek(from + 1) == 'u' ? 4
                               : peek(from + 1) == 'U' ? 8
                                                       : 0;
    if (digits > 0) return run_within(digits, kHexDigits, from + 2) == digits ? 2 + digits : 0;
    if (is(kOctalDigits, from + 1)) return 1 + run_within(3, kOctalDigits, from + 1);
    const std::size_t name = peek(from + 1) == '&' ? run(kWord, from + 2) : 0;
    return name > 0 && peek(from + 2 + name) == ';' ? name + 3 : 0;
  }

  std::size_t character_literal() const {
    if (peek() != '\'') return 0;
    const std::size_t escaped = escape(1);
    const std::size_t size = escaped > 0 ? escaped : character_in_line(1);
    return size > 0 && peek(1 + size) == '\'' ? size + 2 : 0;
  }

  bool suffixed(std::size_t size) {
    return size > 0 && take(kString, size + one(CharSet("cwd"), size));
  }

  bool string() {
    if (suffixed(between("r\"", "\"")) || suffixed(between("`", "`")) || suffixed(quoted('"')) ||
        take(kString, escape(0))) {
      return true;
    }
    const std::size_t hex = literal("x\"") > 0 ? 2 + run(kHexDigits | kSpace | "_", 2) : 0;
    if (hex > 0 && peek(hex) == '"') return suffixed(hex + 1);
    if (take(kString, literal("q{"))) return push(State::kTokens);
    return literal("q\"") > 0 && delimited();
  }

  bool delimited() {
    constexpr std::string_view kOpenings = "[(<{";
    constexpr std::string_view kClosings = "])>}";
    const std::size_t pair = kOpenings.find(peek(2));
    if (pair != kOpenings.npos) {
      open_ = kOpenings[pair];
      close_ = kClosings[pair];
      return take(kString, 3) && push(State::kDelimited);
    }
    const std::size_t name = ascii_word(2);
    if (name > 0 && peek(2 + name) == '\n') {
      const std::size_t end = 3 + name + line(3 + name) + 1;
      if (view(name, end) == view(name, 2) && peek(end + name) == '"') {
        return take(kString, end + name + 1);
      }
    }
    const std::size_t mark = character_in_line(2);
    const std::string_view text = view(run_within(kDelimitedBytesMax, ~kLineFeed)).substr(2 + mark);
    for (std::size_t end = text.find('"'); end != text.npos; end = text.find('"', end + 1)) {
      if (end >= mark && text.substr(end - mark, mark) == view(mark, 2)) {
        return take(kString, 2 + mark + end + 1);
      }
    }
    return false;
  }

  // Of the delimited string that is open.
  char open_ = '\0';
  char close_ = '\0';
};

}  // namespace

std::unique_ptr<Lexer> make_d() { return std::make_unique<D>(); }

}  // namespace stet::highlight
