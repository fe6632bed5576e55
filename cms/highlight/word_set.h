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
  // Whatever the case of the word's ASCII letters; the words of the set are in lower case.
  constexpr bool has_any_case(std::string_view word) const {
    const auto at = std::lower_bound(words_.begin(), words_.end(), word, [](auto one, auto other) {
      return compare(one, other) < 0;
    });
    return at != words_.end() && compare(*at, word) == 0;
  }

 private:
  static constexpr int compare(std::string_view one, std::string_view other) {
    const std::size_t size = std::min(one.size(), other.size());
    for (std::size_t i = 0; i < size; ++i) {
      if (lower(one[i]) != lower(other[i])) return lower(one[i]) - lower(other[i]);
    }
    return static_cast<int>(one.size() > size) - static_cast<int>(other.size() > size);
  }
  static constexpr int lower(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte;
  }

  std::array<std::string_view, kCount> words_;
};

}  // namespace stet::highlight
