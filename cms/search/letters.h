// What a character is worth to a search: nothing, a letter of a word, or a word's worth by itself.
//
// Case, accents, width and the like make no difference: "É", "é" and "e" are one, so are "ß" and
// "ss", Arabic letters with and without their signs, and the Persian and Arabic forms of kaf and
// yeh. Marks that are vowels (Devanagari's) or make another letter (kana's) stay. Threads: pure
// functions.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace stet::search {

enum class LetterKind : std::uint8_t {
  kNone,    // stands between words
  kJoined,  // leaves no trace, and ends no word: accents, joiners, soft hyphens
  kWord,
  kDense,  // of a script that does not part its words: Han, kana, Hangul, Thai ...; emoji
};

struct Letter {
  LetterKind kind = LetterKind::kNone;
  std::uint8_t size = 0;
  std::array<char, 14> bytes{};  // as it is compared, UTF-8; what is longer is cut

  std::string_view text() const { return {bytes.data(), size}; }
};

Letter letter_of(char32_t character);

// Well-formed UTF-8 in which a letter and its marks are one character where Unicode has one.
std::string composed(std::string text);

}  // namespace stet::search
