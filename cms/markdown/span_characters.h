// Characters as kramdown's patterns class them. `at` counts bytes of UTF-8.
//
// Ruby's \s and \w know ASCII only; its [[:alpha:]], [[:alnum:]] and \b know all of Unicode.
#pragma once

#include <cstddef>
#include <string_view>

namespace stet::markdown {

inline bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
inline bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_ascii_word(char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '_'; }

inline bool is_blank_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_blank(text[at]);
}
inline bool is_ascii_word_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_ascii_word(text[at]);
}

// False at the end of the text.
bool is_letter_at(std::string_view text, std::size_t at);
bool is_letter_or_digit_at(std::string_view text, std::size_t at);
bool is_word_at(std::string_view text, std::size_t at);

// The bytes of the character at `at`, which is in the text.
std::size_t character_size(std::string_view text, std::size_t at);
// Where the character in front of `at`, which isn't 0, begins.
std::size_t character_before(std::string_view text, std::size_t at);

std::string_view without_blanks_around(std::string_view text);

}  // namespace stet::markdown
