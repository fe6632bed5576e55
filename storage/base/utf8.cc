#include "storage/base/utf8.h"

#include <cstring>

namespace stet {
namespace {

bool is_tail(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  if (text.empty()) return 0;
  auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = at(0);
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (!is_tail(text, 1)) return 0;
  if (lead < 0xe0) return 2;
  if ((lead == 0xe0 && at(1) < 0xa0) || (lead == 0xed && at(1) > 0x9f)) return 0;
  if ((lead == 0xf0 && at(1) < 0x90) || (lead == 0xf4 && at(1) > 0x8f)) return 0;
  if (!is_tail(text, 2)) return 0;
  if (lead < 0xf0) return 3;
  return is_tail(text, 3) ? 4 : 0;
}

std::size_t ascii_prefix(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if (word & kHighBits) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

std::size_t utf8_prefix(std::string_view text) {
  std::size_t at = ascii_prefix(text);
  while (at < text.size()) {
    std::size_t length = utf8_length(text.substr(at));
    if (length == 0) break;
    at += length;
    at += ascii_prefix(text.substr(at));
  }
  return at;
}

bool is_utf8(std::string_view text) { return utf8_prefix(text) == text.size(); }

char32_t take_code_point(std::string_view& text) {
  std::size_t length = utf8_length(text);
  if (length == 0) {
    text.remove_prefix(1);
    return U'\ufffd';
  }
  auto lead = static_cast<unsigned char>(text[0]);
  static constexpr unsigned char kMask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
  char32_t code_point = lead & kMask[length];
  for (std::size_t i = 1; i < length; ++i) {
    code_point = code_point << 6 | (static_cast<unsigned char>(text[i]) & 0x3f);
  }
  text.remove_prefix(length);
  return code_point;
}

void append_code_point(std::string& text, char32_t c) {
  auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xc0 | c >> 6), put(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    put(0xe0 | c >> 12), put(0x80 | (c >> 6 & 0x3f)), put(0x80 | (c & 0x3f));
  } else {
    put(0xf0 | c >> 18), put(0x80 | (c >> 12 & 0x3f));
    put(0x80 | (c >> 6 & 0x3f)), put(0x80 | (c & 0x3f));
  }
}

std::string printable(std::string_view text, std::size_t bytes_max) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string shown;
  while (!text.empty()) {
    std::size_t length = utf8_length(text);
    auto lead = static_cast<unsigned char>(text[0]);
    bool is_plain = length > 0 && lead >= 0x20 && lead != 0x7f;
    std::size_t width = is_plain ? length : 4;
    if (shown.size() + width > bytes_max) return shown + "...";
    if (is_plain) {
      shown += text.substr(0, length);
    } else {
      shown += {'\\', 'x', kDigits[lead >> 4], kDigits[lead & 15]};
      length = 1;
    }
    text.remove_prefix(length);
  }
  return shown;
}

}  // namespace stet
