#include <memory>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kObject, kArray, kQuoted };

class Json final : public StateLexer<State> {
 public:
  explicit Json(bool is_documented) : is_documented_(is_documented) {}

 protected:
  void read() override {
    no_name_until_ = 0;
    Lexer::read();
  }

  bool step() override {
    switch (state()) {
      case State::kRoot: return key() || value() || take(kPunctuation, one(CharSet("]}")));
      case State::kObject:
        return key() || value() || (take(kPunctuation, literal("}")) && pop()) ||
               take(kPunctuation, literal(","));
      case State::kArray:
        return value() || (take(kPunctuation, literal("]")) && pop()) ||
               take(kPunctuation, literal(","));
      case State::kQuoted:
        return take(kStringDouble, until(CharSet("\\\""))) || take(kStringEscape, escape(0)) ||
               (take(kStringDouble, literal("\"")) && pop());
    }
    return false;
  }

 private:
  std::size_t escape(std::size_t from) const {
    const std::size_t size = peek(from) == '\\' ? character_in_line(from + 1) : 0;
    return size > 0 ? 1 + size : 0;
  }

  // A key without quotes.
  bool bare_key() {
    if (!is_documented_ || place() < no_name_until_) return false;
    const std::size_t size = run(kWord | "$");
    if (size == 0) return false;
    const std::size_t gap = run(kSpace, size);
    if (peek(size + gap) == ':') {
      return take_all({{kNameAttribute, size}, {kText, gap}, {kPunctuation, 1}});
    }
    no_name_until_ = place() + size;
    return false;
  }

  bool comment() {
    if (!is_documented_) return false;
    if (literal("/*") > 0 && take(kComment, through_in_line("*/", 2))) return true;
    return take(kCommentSingle, line_after("//")) || take(kCommentSingle, literal("..."));
  }

  bool key() {
    if (bare_key()) return true;
    if (peek() != '"') return false;
    std::size_t end = 1 + until(CharSet("\\\"\n"), 1);
    while (peek(end) == '\\' && escape(end) > 0) {
      end += escape(end);
      end += until(CharSet("\\\"\n"), end);
    }
    if (peek(end) != '"') return false;
    const std::size_t gap = run(kSpace, ++end);
    return peek(end + gap) == ':' &&
           take_all({{kNameLabel, end}, {kWhitespace, gap}, {kPunctuation, 1}});
  }

  bool value() {
    return comment() || take(kWhitespace, run(kSpace)) || take(kKeywordConstant, literal("true")) ||
           take(kKeywordConstant, literal("false")) || take(kKeywordConstant, literal("null")) ||
           number() || (take(kStringDouble, literal("\"")) && push(State::kQuoted)) ||
           (take(kPunctuation, literal("[")) && push(State::kArray)) ||
           (take(kPunctuation, literal("{")) && push(State::kObject));
  }

  bool number() {
    const std::size_t sign = one(CharSet("-"));
    const std::size_t whole = peek(sign) == '0' ? 1 : run(kDigits, sign);
    if (whole == 0) return false;
    std::size_t size = sign + whole;
    const std::size_t part = peek(size) == '.' ? run(kDigits, size + 1) : 0;
    if (part > 0) size += 1 + part;
    size += exponent(size);
    return take(part > 0 ? kNumberFloat : kNumberInteger, size);
  }

  bool is_documented_;  // comments and bare keys are read
  std::size_t no_name_until_ = 0;
};

}  // namespace

std::unique_ptr<Lexer> make_json() { return std::make_unique<Json>(false); }
std::unique_ptr<Lexer> make_json_doc() { return std::make_unique<Json>(true); }

}  // namespace stet::highlight
