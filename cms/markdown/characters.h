// Characters as kramdown's patterns class them. `at` counts bytes of UTF-8.
//
// Ruby's \s and \w know ASCII only; its [[:alpha:]], [[:alnum:]] and \b know all of Unicode.
#pragma once

#include <cstddef>
#include <string_view>

namespace stet::markdown {

inline bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
inline bool is_space_or_tab(char c) { return c == ' ' || c == '\t'; }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool is_word(char c) { return is_ascii_letter(c) || is_digit(c) || c == '_'; }
inline bool is_name_part(char c) { return is_word(c) || c == '-'; }  // of kramdown's names

inline bool is_space_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_space(text[at]);
}
inline bool is_word_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_word(text[at]);
}

bool is_unicode_word(char32_t c);

// False at the end of the text.
bool is_letter_at(std::string_view text, std::size_t at);
bool is_letter_or_digit_at(std::string_view text, std::size_t at);
bool is_unicode_word_at(std::string_view text, std::size_t at);

// The bytes of the character at `at`, which is in the text.
std::size_t character_size(std::string_view text, std::size_t at);
// Where the character in front of `at`, which isn't 0, begins.
std::size_t character_before(std::string_view text, std::size_t at);

std::string_view trimmed_left(std::string_view text);
std::string_view trimmed_right(std::string_view text);
std::string_view trimmed(std::string_view text);

}  // namespace stet::markdown
