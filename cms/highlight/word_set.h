// A sorted list of words, as the keywords of a language are.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace stet::highlight {

template <std::size_t kCount>
class WordSet {
 public:
  // Refused by the compiler where the words are not sorted by byte.
  consteval explicit WordSet(const std::string_view (&words)[kCount]) {
    for (std::size_t i = 0; i < kCount; ++i) {
      if (i > 0 && !(words[i - 1] < words[i])) throw "the words must be sorted, and each once";
      words_[i] = words[i];
    }
  }

  constexpr bool has(std::string_view word) const {
    return std::binary_search(words_.begin(), words_.end(), word);
  }

 private:
  std::array<std::string_view, kCount> words_;
};

}  // namespace stet::highlight
