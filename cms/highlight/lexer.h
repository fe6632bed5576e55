// What lexers are made of: a place in the code, measures of what stands there, and taking it as a
// token.
//
// A lexer is a stack of states, and each state is a list of rules: the first that measures more
// than nothing wins. Measures look at the code from the place on and answer with a number of bytes;
// 0 is "no". Rules are joined with `||`, and what a rule does after taking with `&&`:
//
//     return take(kComment, line_after("#")) || (take(kString, literal("\"")) &&
//     push(State::kQuoted));
//
// A lexer is fed in pieces: templates hand what is between their tags to the lexer of the page,
// which goes on in the state where it was. Nothing of an earlier piece is looked at again.
//
// Threads: one lexer, one thread. Time: linear in the code; measures that look far ahead remember
// where they found something, or that they did not. Any bytes are code: what no rule takes is an
// error token of one character.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "cms/highlight/char_set.h"
#include "cms/highlight/token.h"
#include "cms/highlight/token_writer.h"

namespace stet::highlight {

class Lexer {
 public:
  virtual ~Lexer() = default;

  // Back to the state at the start.
  virtual void reset() = 0;
  void lex(std::string_view code, TokenWriter& writer);

 protected:
  struct Piece {
    Token token;
    std::size_t size;
  };

  // Takes one token or moves between states; false when no rule fits. By default each lexer has
  // states; one that goes by lines has its own read().
  virtual bool step() { return false; }
  virtual void read();

  bool at_end() const { return at_ >= code_.size(); }
  bool at_line_start() const { return at_ == 0 || code_[at_ - 1] == '\n'; }
  // How much of this piece was taken already: what is remembered by it holds until the next piece.
  std::size_t place() const { return at_; }
  char peek(std::size_t from = 0) const {
    return at_ + from < code_.size() ? code_[at_ + from] : '\0';
  }
  std::string_view view(std::size_t size, std::size_t from = 0) const;
  std::string_view rest() const { return code_.substr(at_); }
  bool is(const CharSet& set, std::size_t from = 0) const {
    return at_ + from < code_.size() && set.has(code_[at_ + from]);
  }
  bool ends(std::size_t from = 0) const { return at_ + from >= code_.size(); }
  // At a line feed or the end of the code.
  bool ends_line(std::size_t from = 0) const { return ends(from) || peek(from) == '\n'; }
  // No letter, digit or underscore follows.
  bool ends_word(std::size_t from) const { return !is(kWord | kHigh, from); }

  // Measures, from the place or `from` bytes behind it.
  std::size_t one(const CharSet& set, std::size_t from = 0) const { return is(set, from) ? 1 : 0; }
  std::size_t run(const CharSet& set, std::size_t from = 0) const;
  std::size_t until(const CharSet& set, std::size_t from = 0) const { return run(~set, from); }
  // A run that is looked at from many places within it: its end is remembered by the set's address.
  std::size_t stretch(const CharSet& set);
  // No more than `most`.
  std::size_t run_within(std::size_t most, const CharSet& set, std::size_t from = 0) const;
  std::size_t line(std::size_t from = 0) const { return until(kLineFeed, from); }
  std::size_t literal(std::string_view text, std::size_t from = 0) const;
  // ASCII letters of either case; `text` is in lower case.
  std::size_t literal_any_case(std::string_view text, std::size_t from = 0) const;
  // The words of the text, and no letter behind.
  std::size_t whole_word(std::string_view text, std::size_t from = 0) const;
  std::size_t character(std::size_t from = 0) const;          // one, of UTF-8; 0 at the end
  std::size_t character_in_line(std::size_t from = 0) const;  // nor a line feed
  // Of a set with kHigh: as far as what is beyond ASCII is no punctuation or picture.
  std::size_t letters(const CharSet& set, std::size_t from) const;
  std::size_t head_and(const CharSet& head, const CharSet& tail, std::size_t from = 0) const;
  // From the place to behind the next `needle`, which is a literal of the program: what was found
  // is remembered by its address.
  std::size_t through(std::string_view needle, std::size_t from = 0);
  std::size_t through_in_line(std::string_view needle, std::size_t from = 0);
  // "&amp;": an ampersand and all up to a semicolon, without a blank.
  std::size_t entity() const;
  // The line from where `text` stands here; else 0.
  std::size_t line_after(std::string_view text) const;
  // From one quote to the next that no backslash escapes, lines and all; where there is none, to
  // the last that one does.
  std::size_t quoted(char quote, std::size_t from = 0);
  // The same within the line.
  std::size_t quoted_in_line(char quote);
  // From the quote that stands here to the next that no backslash escapes; 0 where there is none,
  // or where a backslash ends a line.
  std::size_t quoted_strictly(char quote);

  // The first of a list of texts that stands here.
  template <typename Texts>
  std::size_t first_of(const Texts& texts, std::size_t from = 0) const {
    for (const std::string_view text : texts) {
      if (literal(text, from) > 0) return text.size();
    }
    return 0;
  }
  // Digits in groups, parted by one `mark` each: 1_000.
  std::size_t grouped(const CharSet& digits, char mark, std::size_t from = 0) const;
  // "e-10".
  std::size_t exponent(std::size_t from) const;
  // "1.5" or "1.5e10": digits on both sides of a point.
  std::size_t fraction() const;

  bool take(Token token, std::size_t size);
  // Nothing unless the first piece has a size: callers have measured all of them.
  bool take_all(std::initializer_list<Piece> pieces);
  // Hands the next bytes to another lexer, which goes on where it was.
  bool hand(Lexer& other, std::size_t size);

 private:
  struct Found {
    const void* key;
    std::size_t from;
    std::size_t at;
  };

  // What is known of `key` from its first place on; made where nothing is.
  Found& found(const void* key);
  std::size_t find(std::string_view needle, std::size_t from);
  std::size_t quoted_before(const CharSet& stops, char quote, std::size_t from) const;

  std::string_view code_;
  std::size_t at_ = 0;
  TokenWriter* writer_ = nullptr;
  std::vector<Found> found_;
  int idle_steps_ = 0;
};

}  // namespace stet::highlight
