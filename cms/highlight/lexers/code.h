// What lexers of languages in the tradition of C and Java share: measures of comments, numbers,
// literals, and of the heads of functions.
//
// Threads, time, limits: those of Lexer.
#pragma once

#include <cstddef>

#include "cms/highlight/lexer.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {

inline constexpr CharSet kInlineSpace{" \t\r\f\v"};
inline constexpr CharSet kWordHead = kLetters | kHigh | "_";
inline constexpr CharSet kWordTail = kWord | kHigh;
inline constexpr CharSet kAsciiHead = kLetters | "_";

class Code : public Lexer {
 protected:
  // Types and the like, a name, and blanks before a parenthesis; sizes are 0 where there is none.
  struct FunctionHead {
    std::size_t types = 0;
    std::size_t name = 0;
    std::size_t gap = 0;
  };

  void read() override;

  // A word of letters, of ASCII or not, digits and underscores.
  std::size_t word() const { return head_and(kWordHead, kWordTail); }
  std::size_t ascii_word(std::size_t from = 0) const { return head_and(kAsciiHead, kWord, from); }
  std::size_t block_comment() { return literal("/*") > 0 ? through("*/", 2) : 0; }
  // The same, where a backslash may end the line between a slash and a star.
  std::size_t spliced_comment();
  // From `open` to the next `close`.
  std::size_t between(std::string_view open, std::string_view close) {
    return literal(open) > 0 ? through(close, open.size()) : 0;
  }
  // Digits with any number of underscores between them, and none at the end.
  std::size_t spaced(const CharSet& digits, std::size_t from = 0) const;
  // "java.util.*"
  std::size_t imported() const;
  // "0x" or the like in either case, and digits.
  std::size_t based(char letter, const CharSet& digits) const;
  // From one quote to the next in the same line, which a backslash may continue; where there is
  // none, to the last that a backslash escapes.
  std::size_t quoted_in_line(char quote) const;
  // The same for double quotes, where a line feed closes as well.
  std::size_t quoted_to_line_end() const;
  // `@"..."`, where two quotes are one; the mark before it has `mark` bytes.
  std::size_t doubled_quotes(std::size_t mark) const;
  // `'x'`, or with a backslash before x.
  std::size_t quoted_character() const;
  // Blanks, words of `head` and `tail` with blanks behind each, a plain name, blanks, and `(`.
  FunctionHead function_head(const CharSet& head, const CharSet& tail);

 private:
  std::size_t no_head_until_ = 0;
  bool has_no_comment_end_ = false;
};

}  // namespace stet::highlight
