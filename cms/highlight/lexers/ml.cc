#include <memory>
#include <string_view>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/ml_words.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kComment, kString, kDotted };

constexpr CharSet kNameTail = kWord | "'";
constexpr CharSet kSpacedDigits = kDigits | "_";
constexpr CharSet kOperators{";,_!$%&*+./:<=>?@^|~#-"};
constexpr CharSet kBrackets{"(){}[]"};

constexpr WordSet kWordOperators({"and", "asr", "land", "lor", "lsl", "lxor", "mod", "or"});
constexpr WordSet kTypes({"array", "bool", "char", "float", "int", "list", "string", "unit"});
// Operators of F# that are no more than marks.
constexpr WordSet kPlainMarks({"!=", "#",  "&", "&&", "(",  ")",  "*",  ",",  "-",  "-.", "->",
                               ".",  "..", ":", "::", ":=", ":>", ";",  ";;", "<",  "<-", "<>",
                               "<|", "=",  ">", ">]", ">}", "?",  "??", "[",  "[<", "[>", "[|",
                               "]",  "_",  "{", "{<", "|",  "|>", "|]", "}",  "~"});

// OCaml, and F#, which came of it.
class Ml final : public StateLexer<State> {
 public:
  explicit Ml(bool is_fsharp) : is_fsharp_(is_fsharp) {}

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kComment: return nested(kComment, "(*", "*)");
      case State::kString:
        return take(kStringDouble, until(CharSet("\\\""))) || take(kStringEscape, escape()) ||
               take(kStringDouble, literal("\\\n")) ||
               (take(kStringDouble, literal("\"")) && pop());
      case State::kDotted: return dotted();
    }
    return false;
  }

 private:
  bool root() {
    if (take(kText, run(kSpace))) return true;
    static constexpr std::string_view kConstants[] = {"false", "true", "()", "[]"};
    if (take(kNameBuiltinPseudo, first_of(kConstants))) return true;
    if (name_space()) return push(State::kDotted);
    if (!is_fsharp_ && peek() == '`' && take(kNameTag, name_with_mark())) return true;
    if (take(kNameClass, class_name())) return true;
    if (literal("(*") > 0 && peek(2) != ')') return take(kComment, 2) && push(State::kComment);
    if (is_fsharp_ && take(kCommentSingle, line_after("//"))) return true;
    return word() || operators() || number() || quote() ||
           (take(kStringDouble, literal("\"")) && push(State::kString));
  }

  std::size_t class_name() const { return head_and(kUpper, kNameTail); }

  // A module's name, with its point to come.
  bool name_space() {
    const std::size_t size = class_name();
    return size > 0 && peek(size + run(kSpace, size)) == '.' && take(kNameNamespace, size);
  }

  std::size_t name_size() const {
    const std::size_t size = head_and(is_fsharp_ ? kLetters : kLetters | "_", kNameTail);
    if (size > 0 || !is_fsharp_ || literal("``") == 0) return size;
    const std::size_t text = until(CharSet("`\n\r\t"), 2);
    return text > 0 && literal("``", 2 + text) > 0 ? text + 4 : 0;
  }

  std::size_t name_with_mark() const {
    const std::size_t size = head_and(kLetters | "_", kNameTail, 1);
    return size > 0 ? 1 + size : 0;
  }

  bool word() {
    const std::size_t size = name_size();
    const std::string_view word = view(size);
    const bool is_keyword = is_fsharp_ ? kFsharpKeywords.has(word) : kOcamlKeywords.has(word);
    return take(is_keyword                 ? kKeyword
                : kWordOperators.has(word) ? kOperatorWord
                : kTypes.has(word)         ? kKeywordType
                                           : kName,
                size);
  }

  bool operators() {
    if (!is_fsharp_) {
      return take(kPunctuation, run(kBrackets | ";")) || take(kOperator, run(kOperators));
    }
    const std::size_t size = run(kOperators | kBrackets);
    return take(kPlainMarks.has(view(size)) ? kPunctuation : kOperator, size);
  }

  std::size_t power(std::size_t from) const {
    const std::size_t size = exponent(from);
    return size > 0 ? size + run(kSpacedDigits, from + size) : 0;
  }

  bool number() {
    if (!is(kDigits)) return false;
    const std::size_t whole = run(kSpacedDigits);
    const std::size_t point = character_in_line(whole);
    const std::size_t part = whole + point + (point > 0 ? run(kSpacedDigits, whole + point) : 0);
    for (const std::size_t size : {part, whole}) {
      if (power(size) > 0) return take(kNumberFloat, size + power(size));
    }
    return take(kNumberHex, based('x', kHexDigits)) ||
           take(kNumberOctal, based('o', kOctalDigits)) ||
           take(kNumberBinary, based('b', CharSet("01"))) || take(kNumberInteger, whole);
  }

  std::size_t based(char letter, const CharSet& digits) const {
    if (peek() != '0' || (peek(1) | 0x20) != letter || !is(digits, 2)) return 0;
    return 2 + run(digits | CharSet("_"), 2);
  }

  // A character, or the mark of a type's variable.
  bool quote() {
    if (peek() != '\'') return false;
    const std::size_t blank = literal("\\ ", 1);
    const std::size_t size = blank > 0 ? blank : peek(1) == '.' ? 1 : escape(1);
    const bool is_character = size > 0 && peek(1 + size) == '\'';
    return take(is_character ? kStringChar : kKeyword, is_character ? size + 2 : 1);
  }

  std::size_t escape(std::size_t from = 0) const {
    if (peek(from) != '\\') return 0;
    if (is(CharSet("\\\"'ntbr"), from + 1)) return 2;
    if (run_within(3, kDigits, from + 1) == 3) return 4;
    return peek(from + 1) == 'x' && run_within(2, kHexDigits, from + 2) == 2 ? 4 : 0;
  }

  // Behind the name of a module.
  bool dotted() {
    if (take(kText, run(kSpace)) || take(kPunctuation, literal(".")) || name_space()) return true;
    const bool is_open = is_fsharp_ ? peek() == '[' : is(CharSet("({["));
    return (take(kNameClass, class_name()) || take(kName, name_size()) ||
            take(kPunctuation, is_open ? 1 : 0)) &&
           pop();
  }

  bool is_fsharp_;
};

}  // namespace

std::unique_ptr<Lexer> make_fsharp() { return std::make_unique<Ml>(true); }
std::unique_ptr<Lexer> make_ocaml() { return std::make_unique<Ml>(false); }

}  // namespace stet::highlight
