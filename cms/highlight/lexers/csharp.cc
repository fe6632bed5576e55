#include <memory>
#include <string_view>

#include "cms/highlight/lexers/code.h"
#include "cms/highlight/lexers/csharp_words.h"
#include "cms/highlight/lexers/lexers.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kBraces, kSplicedString, kSplicedLiteral, kClassName, kNamespace };

constexpr CharSet kMarks{"~!%^&*()+=|[]{}:;,.<>/?-"};

class Csharp final : public StateLexer<State, Code> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kBraces:
        return (take(kPunctuation, literal("{")) && push(State::kBraces)) ||
               (take(kPunctuation, literal("}")) && pop()) || root();
      case State::kSplicedString:
        if (peek() == '\\') return take(kString, 1 + character_in_line(1));
        return splice() || (take(kString, one(CharSet("\"\n"))) && pop()) ||
               take(kString, character_in_line());
      case State::kSplicedLiteral:
        return take(kString, literal("\"\"")) || splice() ||
               (take(kString, literal("\"")) && pop()) || take(kString, character_in_line());
      case State::kClassName: return blanks() || (take(kNameClass, identifier()) && pop());
      case State::kNamespace: return name_space();
    }
    return false;
  }

 private:
  bool splice() { return take(kPunctuation, literal("{")) && push(State::kBraces); }

  bool blanks() {
    return take(kText, run(kSpace)) || take(kCommentSingle, line_after("//")) ||
           take(kCommentMultiline, block_comment());
  }

  std::size_t identifier(std::size_t from = 0) const {
    const std::size_t mark = literal("@", from);
    const std::size_t size = ascii_word(from + mark);
    return size > 0 ? mark + size : 0;
  }

  bool name_space() {
    if (blanks()) return true;
    if (peek() == '(') return pop();
    std::size_t size = 0;
    for (;;) {
      const std::size_t more = identifier(size) + run(CharSet("."), size);
      if (more == 0) return take(kNameNamespace, size) && pop();
      size += more;
    }
  }

  bool root() {
    return blanks() || spliced() || quoted_code() || take(kPunctuation, one(kMarks)) ||
           take(kString, doubled_quotes(1)) || take(kString, quoted_to_line_end()) ||
           take(kStringChar, quoted_character()) || take(kNumber, number()) || directive() ||
           name();
  }

  bool spliced() {
    if (peek() != '$') return false;
    const std::size_t mark = 1 + literal("@", 1);
    const std::size_t quote = mark + run(kSpace, mark);
    return peek(quote) == '"' && take(kString, quote + 1) &&
           push(mark == 1 ? State::kSplicedString : State::kSplicedLiteral);
  }

  // <[ ]>, of Nemerle.
  bool quoted_code() {
    if (take(kKeyword, literal("]>"))) return true;
    if (literal("<[") == 0) return false;
    const std::size_t begin = 2 + run(kSpace, 2);
    const std::size_t size = identifier(begin);
    return take(kKeyword, size > 0 && peek(begin + size) == ':' ? begin + size + 1 : begin);
  }

  std::size_t number() const {
    const std::size_t hex = based('x', kHexDigits);
    if (hex > 0) return hex + one(CharSet("luLU"), hex);
    if (!is(kDigits)) return 0;
    std::size_t size = peek(1) == '.' ? 2 + run(kDigits, 2) : 1;
    if (is(CharSet("eE"), size) && is(CharSet("+-"), size + 1)) size += exponent(size);
    return size + one(CharSet("flduFLDU"), size);
  }

  bool directive() {
    if (peek() != '#' || !at_line_start()) return false;
    const std::size_t begin = 1 + run(kBlank, 1);
    const std::size_t size = line();
    return kCsharpDirectives.has(view(run(kWordTail, begin), begin)) && !ends(size) &&
           take(kCommentPreprocessor, size + 1);
  }

  bool name() {
    const std::size_t size = identifier();
    const std::string_view word = view(size);
    if (word == "class" || word == "struct" || word == "interface") {
      return take(kKeyword, size) && push(State::kClassName);
    }
    if (word == "namespace" || word == "using") {
      return take(kKeyword, size) && push(State::kNamespace);
    }
    if (kCsharpKeywords.has(word)) return take(kKeyword, size);
    if (kCsharpTypes.has(word)) return take(kKeywordType, size);
    return take(peek(size + run(kSpace, size)) == '(' ? kNameFunction : kName, size);
  }
};

}  // namespace

std::unique_ptr<Lexer> make_csharp() { return std::make_unique<Csharp>(); }

}  // namespace stet::highlight
