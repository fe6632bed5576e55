// Upper and lower case, accents and character counts, as Ruby's strings have them.
//
// Ruby maps each character on its own by Unicode's full mappings ("ß" becomes "SS"), whatever the
// language. Bytes that are not UTF-8 stay as they are. Threads: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stet::liquid {

std::string lower_ascii(std::string_view text);
std::string upper_ascii(std::string_view text);

std::string downcase(std::string_view text);
std::string upcase(std::string_view text);
std::string capitalize(std::string_view text);  // the first character in title case, the rest lower

// Latin letters with accents as plain ones, any other character that is not ASCII as "?".
std::string transliterate(std::string_view text);

std::string normalize_nfkc(std::string_view text);  // what is not UTF-8 comes back as it is

// Of characters; a byte that is not UTF-8 counts as one.
std::size_t count_characters(std::string_view text);
// At most `count` characters from position `start`; "" where there are none.
std::string_view slice_characters(std::string_view text, std::size_t start, std::size_t count);

// What Ruby's String#strip takes off: ASCII whitespace and NULs.
std::string_view strip_left(std::string_view text);
std::string_view strip_right(std::string_view text);
std::string_view strip(std::string_view text);

constexpr bool is_ascii_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
constexpr bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace stet::liquid
