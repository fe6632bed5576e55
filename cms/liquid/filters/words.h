// Words of a text, as Ruby's String#split and Jekyll's number_of_words find them.
//
// Threads: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace stet::liquid {

// Between runs of ASCII whitespace; none are empty. At most `count_max` of them.
std::vector<std::string_view> split_words(std::string_view text, std::size_t count_max = SIZE_MAX);

// String#split with that pattern: " " as split_words, "" into characters; empty ones at the end are
// left out. At most `count_max` pieces, what follows is lost.
std::vector<std::string_view> split(std::string_view text,
                                    std::string_view pattern,
                                    std::size_t count_max = SIZE_MAX);

enum class WordMode {
  kBlanks,  // what stands between whitespace
  kCjk,     // each Chinese, Japanese and Korean character is a word, and each run of others
  kAuto,    // as kCjk where there is such a character, else as kBlanks
};

std::size_t count_words(std::string_view text, WordMode mode);

}  // namespace stet::liquid
