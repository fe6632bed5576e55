#include "cms/highlight/lexers/html.h"

#include <memory>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

constexpr std::size_t kKeyBytesMax = 512;  // of an attribute with a value

enum class State {
  kRoot,
  kComment,
  kTagStart,
  kTagEnd,
  kTagEndRest,
  kTag,
  kAttribute,
  kDoubleQuoted,
  kSingleQuoted,
  kScript,
  kStyle,
};

constexpr CharSet kNameHead = kLetters | kHigh | ":_-";
constexpr CharSet kNameTail = kWord | kHigh | ":.-";
// What frameworks write: [value], (click), *ngIf.
constexpr CharSet kKeyHead = kLetters | kHigh | ":_[]()*.-";
constexpr CharSet kKeyTail = kNameTail | "[]()*";
constexpr CharSet kBareHead = kLetters | kHigh | ":_*#-";
constexpr CharSet kBareTail = kNameTail | "*#";

class Html final : public StateLexer<State, Page> {
 public:
  void end_value() override {
    if (state() == State::kAttribute) pop();
  }

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kComment:
        return take(kComment, until(CharSet("-"))) || (take(kComment, literal("-->")) && pop()) ||
               take(kComment, literal("-"));
      case State::kTagStart:
        return take(kText, run(kSpace)) ||
               (go_to(State::kTag) && (take(kNameTag, head_and(kNameHead, kNameTail)) || true));
      case State::kTagEnd:
        return tag_end() ||
               (take(kNameTag, head_and(kNameHead, kNameTail)) && go_to(State::kTagEndRest));
      case State::kTagEndRest: return tag_end();
      case State::kTag: return tag();
      case State::kAttribute:
        return (take(kString, literal("\"")) && go_to(State::kDoubleQuoted)) ||
               (take(kString, literal("'")) && go_to(State::kSingleQuoted)) ||
               (take(kString, until(kSpace | ">")) && pop());
      case State::kDoubleQuoted:
        return (take(kString, literal("\"")) && pop()) || take(kString, until(CharSet("\"")));
      case State::kSingleQuoted:
        return (take(kString, literal("'")) && pop()) || take(kString, until(CharSet("'")));
      case State::kScript: return embedded("script", *script_);
      case State::kStyle: return embedded("style", *style_);
    }
    return false;
  }

 private:
  bool root() {
    return take(kText, until(CharSet("<&"))) || take(kNameEntity, entity()) ||
           take(kCommentPreprocessor, declaration()) ||
           (take(kComment, literal("<!--")) && push(State::kComment)) ||
           (take(kNameTag, opening("script")) && begin(*script_, State::kScript)) ||
           (take(kNameTag, opening("style")) && begin(*style_, State::kStyle)) ||
           (take(kNameTag, literal("</")) && push(State::kTagEnd)) ||
           (take(kNameTag, literal("<")) && push(State::kTagStart));
  }

  std::size_t declaration() {
    if (literal_any_case("<!doctype ") > 0) return through(">");
    if (literal("<![CDATA[") > 0) return through("]]>", 9);
    return literal("<?") > 0 ? through("?>", 2) : 0;
  }

  std::size_t opening(std::string_view name) const {
    if (peek() != '<') return 0;
    const std::size_t begin = 1 + run(kSpace, 1);
    if (literal(name, begin) == 0) return 0;
    return begin + name.size() + run(kSpace, begin + name.size());
  }

  std::size_t closing(std::string_view name) const {
    if (peek() != '<') return 0;
    std::size_t at = 1 + run(kSpace, 1);
    if (peek(at) != '/') return 0;
    at += 1 + run(kSpace, at + 1);
    if (literal(name, at) == 0) return 0;
    at += name.size();
    at += run(kSpace, at);
    return peek(at) == '>' ? at + 1 : 0;
  }

  bool begin(Lexer& lexer, State content) {
    lexer.reset();
    return push(content) && push(State::kTag);
  }

  bool tag_end() { return take(kText, run(kSpace)) || (take(kNameTag, literal(">")) && pop()); }

  bool tag() {
    if (take(kText, run(kSpace))) return true;
    std::size_t key = is(kKeyHead) ? 1 + run_within(kKeyBytesMax, kKeyTail, 1) : 0;
    if (key > 0) key += run(kSpace, key);
    if (key > 0 && peek(key) == '=') {
      return take(kNameAttribute, key + 1 + run(kSpace, key + 1)) && push(State::kAttribute);
    }
    if (take(kNameAttribute, head_and(kBareHead, kBareTail))) return true;
    std::size_t end = one(CharSet("/"));
    end += run(kSpace, end);
    return peek(end) == '>' && take(kNameTag, end + 1) && pop();
  }

  bool embedded(std::string_view name, Lexer& lexer) {
    return hand(lexer, until(CharSet("<"))) || (take(kNameTag, closing(name)) && pop()) ||
           hand(lexer, 1);
  }

  std::unique_ptr<Lexer> script_ = make_javascript();
  std::unique_ptr<Lexer> style_ = make_css();
};

}  // namespace

std::unique_ptr<Lexer> make_html() { return std::make_unique<Html>(); }
std::unique_ptr<Page> make_page() { return std::make_unique<Html>(); }

}  // namespace stet::highlight
