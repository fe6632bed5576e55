#include <memory>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kValue, kQuoted };

constexpr CharSet kNameLetters = kWord | "-.";

// What parts the two formats: settings of Windows, and those of Java.
struct Format {
  CharSet comments;
  CharSet assignments;
  bool has_sections;
};

constexpr Format kIni = {CharSet(";#"), CharSet("="), true};
constexpr Format kJava = {CharSet("!#"), CharSet("=:"), false};

class Ini final : public StateLexer<State> {
 public:
  explicit Ini(const Format& format) : format_(format) {}

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kValue:
        return (take(kText, literal("\n")) && pop()) || blank() ||
               (take(kString, literal("\"")) && push(State::kQuoted)) ||
               (peek() == '\'' && take(kString, through_in_line("'", 1))) ||
               take(kStringEscape, escape()) || take(kString, until(CharSet("\\\n")));
      case State::kQuoted:
        return (take(kString, literal("\"")) && pop()) || take(kStringEscape, escape()) ||
               take(kString, until(CharSet("\\\"")));
    }
    return false;
  }

 private:
  bool root() {
    if (blank()) return true;
    const std::size_t name = run(kNameLetters);
    const std::size_t gap = run(kSpace, name);
    if (name == 0) {
      return format_.has_sections && peek() == '[' && take(kNameNamespace, through_in_line("]", 1));
    }
    if (!is(format_.assignments, name + gap)) return take(kError, name);
    return take_all({{kNameProperty, name}, {kText, gap}, {kPunctuation, 1}}) &&
           push(State::kValue);
  }

  // Comments, which are such only with the line's end, and what parts tokens.
  bool blank() {
    return (is(format_.comments) && take(kComment, through("\n"))) || take(kText, run(kSpace)) ||
           take(kStringEscape, literal("\\\n"));
  }

  std::size_t escape() const {
    if (peek() != '\\' || ends(1)) return 0;
    const bool is_code = &format_ == &kJava && peek(1) == 'u' && run_within(4, kDigits, 2) == 4;
    return is_code ? 6 : 1 + character(1);
  }

  const Format& format_;
};

}  // namespace

std::unique_ptr<Lexer> make_ini() { return std::make_unique<Ini>(kIni); }
std::unique_ptr<Lexer> make_properties() { return std::make_unique<Ini>(kJava); }

}  // namespace stet::highlight
