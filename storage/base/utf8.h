// UTF-8 (RFC 3629): is it, where does it break, and how to show what is not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace stet {

bool is_utf8(std::string_view text);

// How many bytes at the start are ASCII; well-formed. The size of `text` if all are.
std::size_t ascii_prefix(std::string_view text);
std::size_t utf8_prefix(std::string_view text);

// Bytes of the well-formed sequence at the start of `text`, 0 if there is none there.
std::size_t utf8_length(std::string_view text);

// Takes the first code point off `text`; a broken byte is taken alone, as U+FFFD. `text` not empty.
char32_t take_code_point(std::string_view& text);
void append_code_point(std::string& text, char32_t code_point);

// For messages: at most `bytes_max` bytes, whole characters, bad and control bytes as \xNN.
std::string printable(std::string_view text, std::size_t bytes_max);

}  // namespace stet
