#include "cms/markdown/characters.h"

#include <utf8proc.h>

#include <algorithm>

#include "storage/base/utf8.h"

namespace stet::markdown {
namespace {

char32_t code_point_at(std::string_view text, std::size_t at) {
  std::string_view rest = text.substr(at);
  return take_code_point(rest);
}

bool is_in_ascii(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]) < 0x80;
}

// Letters in circles and squares are symbols by their category, and letters none the less.
bool is_enclosed_letter(char32_t c) {
  return (c >= 0x24B6 && c <= 0x24E9) || (c >= 0x1F130 && c <= 0x1F149) ||
         (c >= 0x1F150 && c <= 0x1F169) || (c >= 0x1F170 && c <= 0x1F189);
}

// Signs for vowels are letters; accents, tones and what takes a vowel away are none. Where a mark
// is put tells them apart, but for Arabic, whose signs stand where accents do.
bool is_vowel_sign(char32_t c) {
  const auto is_within = [](auto value, auto first, auto last) {
    return value >= first && value <= last;
  };
  if (is_within(c, U'\u0610', U'\u06ED')) return true;
  const int place = utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->combining_class;
  constexpr int kThaiTone = 107;
  constexpr int kLaoTone = 122;
  if (place == 0) return !is_within(c, U'\uFE00', U'\uFE0F');  // which form of a picture is meant
  return is_within(place, 10, 36) ||
         (is_within(place, 84, 132) && place != kThaiTone && place != kLaoTone);
}

bool is_letter(char32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_NL: return true;
    case UTF8PROC_CATEGORY_MN: return is_vowel_sign(c);
    default: return is_enclosed_letter(c);
  }
}

}  // namespace

bool is_unicode_word(char32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC: return true;
    default: return is_letter(c);
  }
}

bool is_letter_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  return is_in_ascii(text, at) ? is_ascii_letter(text[at]) : is_letter(code_point_at(text, at));
}

bool is_letter_or_digit_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  if (is_in_ascii(text, at)) return is_ascii_letter(text[at]) || is_digit(text[at]);
  const char32_t c = code_point_at(text, at);
  return is_letter(c) ||
         utf8proc_category(static_cast<utf8proc_int32_t>(c)) == UTF8PROC_CATEGORY_ND;
}

bool is_unicode_word_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  return is_in_ascii(text, at) ? is_word(text[at]) : is_unicode_word(code_point_at(text, at));
}

std::size_t character_size(std::string_view text, std::size_t at) {
  if (is_in_ascii(text, at)) return 1;
  return std::max<std::size_t>(utf8_length(text.substr(at)), 1);
}

std::size_t character_before(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 4;
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < kLongest &&
         (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) {
    --begin;
  }
  return begin + character_size(text, begin) == at ? begin : at - 1;
}

std::string_view trimmed_left(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  return text;
}

std::string_view trimmed_right(std::string_view text) {
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view trimmed(std::string_view text) { return trimmed_left(trimmed_right(text)); }

}  // namespace stet::markdown
