#include <memory>

#include "cms/highlight/lexer.h"
#include "cms/highlight/lexers/lexers.h"

namespace stet::highlight {
namespace {

using enum Token;

class Diff final : public Lexer {
 public:
  void reset() override {}

 protected:
  bool step() override { return (at_line_start() && whole_line()) || blank(); }

 private:
  bool whole_line() {
    const std::size_t size = line() + one(kLineFeed, line());
    if (view(line()) == "---") return take(kPunctuation, size);
    switch (peek()) {
      case ' ': return take(kText, size);
      case '+':
      case '>': return take(kGenericInserted, size);
      case '-':
      case '<': return take(kGenericDeleted, size);
      case '!': return take(kGenericStrong, size);
      case '=': return take(kGenericHeading, size);
      case '@': return hunk();
      default: break;
    }
    const std::string_view text = view(size);
    if (text.starts_with("Index") || text.starts_with("index") || text.starts_with("diff")) {
      return take(kGenericHeading, size);
    }
    return is(kWord) && take(kPunctuation, size);
  }

  bool hunk() {
    if (literal("@@") == 0) return false;
    const std::size_t place = 2 + until(CharSet("@"), 2);
    if (literal("@@", place) == 0) return false;
    const std::size_t text = line(place + 2);
    return !ends(place + 2 + text) && take_all({{kPunctuation, place + 2}, {kText, text + 1}});
  }

  // What stands behind a blank belongs to it, even on the line below an empty one.
  bool blank() {
    if (!is(kSpace)) return false;
    const std::size_t end = 1 + line(1);
    return take(kText, end + one(kLineFeed, end));
  }
};

}  // namespace

std::unique_ptr<Lexer> make_diff() { return std::make_unique<Diff>(); }

}  // namespace stet::highlight
