#include <memory>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

constexpr std::size_t kKeyBytesMax = 512;  // of an attribute

enum class State { kRoot, kComment, kTag, kAttribute };

constexpr CharSet kNameHead = kLetters | kHigh | ":_";
constexpr CharSet kNameTail = kWord | kHigh | ":.-";

class Xml final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kComment:
        return take(kComment, until(CharSet("-"))) || (take(kComment, literal("-->")) && pop()) ||
               take(kComment, literal("-"));
      case State::kTag: return tag();
      case State::kAttribute: return take(kText, run(kSpace)) || (take(kString, value()) && pop());
    }
    return false;
  }

 private:
  bool root() {
    return take(kText, until(CharSet("<&"))) || take(kNameEntity, entity()) ||
           take(kCommentPreprocessor, section()) ||
           (take(kComment, literal("<!--")) && push(State::kComment)) ||
           take(kCommentPreprocessor, declaration()) ||
           (take(kNameTag, opening()) && push(State::kTag)) || take(kNameTag, closing());
  }

  std::size_t section() { return literal("<![CDATA[") > 0 ? through_in_line("]]>", 9) : 0; }

  std::size_t declaration() {
    if (literal("<?") > 0) return through_in_line("?>", 2);
    return literal("<!") > 0 ? through(">") : 0;
  }

  std::size_t opening() const {
    if (peek() != '<') return 0;
    const std::size_t begin = 1 + run(kSpace, 1);
    const std::size_t name = head_and(kNameHead, kNameTail, begin);
    return name > 0 ? begin + name : 0;
  }

  std::size_t closing() const {
    if (peek() != '<') return 0;
    std::size_t at = 1 + run(kSpace, 1);
    if (peek(at) != '/') return 0;
    at += 1 + run(kSpace, at + 1);
    const std::size_t name = head_and(kNameHead, kNameTail, at);
    at += name + run(kSpace, at + name);
    return name > 0 && peek(at) == '>' ? at + 1 : 0;
  }

  bool tag() {
    if (take(kText, run(kSpace))) return true;
    std::size_t key = is(kNameHead) ? 1 + run_within(kKeyBytesMax, kNameTail, 1) : 0;
    if (key > 0) key += run(kSpace, key);
    if (key > 0 && peek(key) == '=') {
      return take(kNameAttribute, key + 1) && push(State::kAttribute);
    }
    std::size_t end = one(CharSet("/"));
    end += run(kSpace, end);
    return peek(end) == '>' && take(kNameTag, end + 1) && pop();
  }

  std::size_t value() {
    const std::size_t quotes = peek() == '"'    ? through("\"", 1)
                               : peek() == '\'' ? through("'", 1)
                                                : 0;
    return quotes > 0 ? quotes : until(kSpace | ">");
  }
};

}  // namespace

std::unique_ptr<Lexer> make_xml() { return std::make_unique<Xml>(); }

}  // namespace stet::highlight
