#include <memory>
#include <string_view>

#include "cms/highlight/lexers/erlang_words.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kString, kDirective };

constexpr WordSet kKeywords({"after",
                             "begin",
                             "case",
                             "catch",
                             "cond",
                             "end",
                             "fun",
                             "if",
                             "let",
                             "of",
                             "query",
                             "receive",
                             "try",
                             "when"});
constexpr WordSet kWordOperators({"and",
                                  "andalso",
                                  "band",
                                  "bnot",
                                  "bor",
                                  "bsl",
                                  "bsr",
                                  "bxor",
                                  "div",
                                  "not",
                                  "or",
                                  "orelse",
                                  "rem",
                                  "xor"});

class Erlang final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kString: return string();
      case State::kDirective: return directive() || (take(kNameEntity, atom()) && pop());
    }
    return false;
  }

 private:
  bool root() {
    return take(kText, run(kSpace)) || (peek() == '%' && take(kComment, through("\n"))) || word() ||
           (at_line_start() && take(kPunctuation, literal("-")) && push(State::kDirective)) ||
           take(kOperator, operator_size()) ||
           (take(kString, literal("\"")) && push(State::kString)) || call() || number() ||
           take(kPunctuation, one(CharSet("][:_@.{}()|;,"))) ||
           (is(kUpper) && take(kNameVariable, run(kWord))) || take(kName, atom()) ||
           take(kStringChar, character_literal()) || take(kNameLabel, record());
  }

  bool word() {
    if (!is(kLower)) return false;
    const std::size_t size = run(kWord);
    if (!ends_word(size)) return false;
    const std::string_view word = view(size);
    return take(kKeyword, kKeywords.has(word) ? size : 0) ||
           take(kNameBuiltin, kErlangFunctions.has(word) ? size : 0) ||
           take(kOperatorWord, kWordOperators.has(word) ? size : 0);
  }

  std::size_t operator_size() const {
    static constexpr std::string_view kLong[] = {"=:=", "=/="};
    const std::size_t size = first_of(kLong);
    return size > 0 ? size : one(CharSet("+-*/<>=!?"));
  }

  // A name, or any text of a line between apostrophes.
  std::size_t atom(std::size_t from = 0) const {
    if (is(kLower, from)) return run(kWord, from);
    if (peek(from) != '\'') return 0;
    const std::size_t text = until(CharSet("'\n"), from + 1);
    const std::size_t end = from + 1 + text;
    if (peek(end + 1) == '\'') return text + 3;
    return peek(end) == '\'' && text > 0 && peek(end - 1) != '\\' ? text + 2 : 0;
  }

  std::size_t macro(std::size_t from) const {
    return is(kUpper | "_", from) ? run(kWord, from) : atom(from);
  }

  bool call() {
    const std::size_t name = atom();
    if (name == 0) return false;
    if (peek(name) == ':') return take_all({{kNameNamespace, name}, {kPunctuation, 1}});
    const std::size_t gap = run(kSpace, name);
    return peek(name + gap) == '(' &&
           take_all({{kNameFunction, name}, {kText, gap}, {kPunctuation, 1}});
  }

  bool number() {
    const std::size_t digits = run(kDigits);
    const bool is_base =
        (digits == 1 && is(CharSet("23456789"))) ||
        (digits == 2 && (is(CharSet("12")) || (peek() == '3' && is(CharSet("0123456"), 1))));
    if (is_base && peek(digits) == '#' && is(kLetters | kDigits, digits + 1)) {
      return take(kNumberInteger, digits + 1 + run(kLetters | kDigits, digits + 1));
    }
    return take(kNumberInteger, digits);
  }

  std::size_t escape(std::size_t from) const {
    if (peek(from) != '\\') return 0;
    if (is(CharSet("bdefnrstv'\"\\/"), from + 1)) return 2;
    if (peek(from + 1) == '^' && is(kLetters, from + 2)) return 3;
    const std::size_t digits = run_within(3, kOctalDigits, from + 1);
    return digits > 0 ? 1 + digits : 0;
  }

  std::size_t character_literal() const {
    if (peek() != '$' || ends(1)) return 0;
    const std::size_t escaped = escape(1);
    if (escaped > 0) return 1 + escaped;
    if (peek(1) == '\\') return is(CharSet(" %"), 2) ? 3 : 0;
    return 1 + character(1);
  }

  // #name.field
  std::size_t record() const {
    const std::size_t name = peek() == '#' ? atom(1) : 0;
    if (name == 0) return 0;
    const std::size_t size = 1 + name;
    const std::size_t mark = literal(":", size);
    const std::size_t field = peek(size + mark) == '.' ? atom(size + mark + 1) : 0;
    return field > 0 ? size + mark + 1 + field : size;
  }

  bool string() {
    if (take(kStringEscape, escape(0)) || (take(kString, literal("\"")) && pop())) return true;
    if (peek() == '~') {
      const std::size_t size = 1 + run(kDigits | ".*", 1);
      return take(kStringInterpolation, is(CharSet("~#+bBcdefginpPswWxX"), size) ? size + 1 : 0) ||
             take(kString, 1);
    }
    return take(kString, until(CharSet("\"\\~")));
  }

  bool directive() {
    const std::size_t word = literal("define") + literal("record");
    if (word == 0) return false;
    const std::size_t gap = run(kSpace, word);
    if (peek(word + gap) != '(') return false;
    const Token kind = peek() == 'd' ? kNameConstant : kNameLabel;
    const std::size_t name = macro(word + gap + 1);
    return name > 0 &&
           take_all({{kNameEntity, word}, {kText, gap}, {kPunctuation, 1}, {kind, name}}) && pop();
  }
};

}  // namespace

std::unique_ptr<Lexer> make_erlang() { return std::make_unique<Erlang>(); }

}  // namespace stet::highlight
