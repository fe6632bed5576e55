// The words of a text, as they are compared, and where each stands.
//
// A word is a run of letters and digits, with the signs of "c++" and "c#". Scripts that do not part
// their words give each pair of neighbours as a word, and a single character that stands alone as
// one: so two characters or more are found wherever they stand, as a phrase of pairs; and so are
// emoji. Threads: a reader is one thread's. Time: linear in the text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cms/search/letters.h"

namespace stet::search {

// What is longer is known by its beginning.
inline constexpr std::size_t kWordBytesMax = 64;

struct Word {
  std::string text;
  std::size_t begin = 0, end = 0;  // in the text that it is of
  bool is_dense = false;
};

class WordReader {
 public:
  // `text` is well-formed UTF-8, and outlives the reader.
  explicit WordReader(std::string_view text) : text_(text) {}

  bool next(Word& word);

 private:
  struct Place {
    Letter letter;
    std::size_t begin = 0, end = 0;
  };

  bool peek(Place& place) const;
  bool next_dense(Word& word);
  void add_signs(Word& word);

  std::string_view text_;
  std::size_t at_ = 0;
  Place before_;  // in a run of dense characters, the last one
  bool is_in_run_ = false, has_told_ = false;
};

// The bytes that the first `count` characters take, all where there are no more.
std::size_t bytes_of_characters(std::string_view text, std::size_t count);

}  // namespace stet::search
