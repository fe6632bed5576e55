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
    const auto at = std::lower_bound(
        words_.begin(), words_.end(), word, [](std::string_view one, std::string_view other) {
          return std::lexicographical_compare(
              one.begin(), one.end(), other.begin(), other.end(), [](char a, char b) {
                return static_cast<unsigned char>(a) < static_cast<unsigned char>(lower(b));
              });
        });
    return at != words_.end() &&
           std::equal(at->begin(), at->end(), word.begin(), word.end(), [](char a, char b) {
             return a == lower(b);
           });
  }

 private:
  static constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }

  std::array<std::string_view, kCount> words_;
};

}  // namespace stet::highlight
