#include "cms/liquid/filters/words.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "cms/liquid/filters/letters.h"
#include "storage/base/utf8.h"

namespace stet::liquid {
namespace {

struct CodePoints {
  char32_t first, last;
};

// Unicode's scripts Han, Hiragana, Katakana and Hangul.
constexpr CodePoints kCjk[] = {
    // clang-format off
    {0x1100, 0x11FF}, {0x2E80, 0x2E99}, {0x2E9B, 0x2EF3}, {0x2F00, 0x2FD5}, {0x3005, 0x3005},
    {0x3007, 0x3007}, {0x3021, 0x3029}, {0x302E, 0x302F}, {0x3038, 0x303B}, {0x3041, 0x3096},
    {0x309D, 0x309F}, {0x30A1, 0x30FA}, {0x30FD, 0x30FF}, {0x3131, 0x318E}, {0x31F0, 0x321E},
    {0x3260, 0x327E}, {0x32D0, 0x32FE}, {0x3300, 0x3357}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFC},
    {0xA960, 0xA97C}, {0xAC00, 0xD7A3}, {0xD7B0, 0xD7C6}, {0xD7CB, 0xD7FB}, {0xF900, 0xFA6D},
    {0xFA70, 0xFAD9}, {0xFF66, 0xFF6F}, {0xFF71, 0xFF9D}, {0xFFA0, 0xFFBE}, {0xFFC2, 0xFFC7},
    {0xFFCA, 0xFFCF}, {0xFFD2, 0xFFD7}, {0xFFDA, 0xFFDC}, {0x16FF0, 0x16FF1}, {0x1B000, 0x1B11E},
    {0x1B150, 0x1B152}, {0x1B164, 0x1B167}, {0x1F200, 0x1F200}, {0x20000, 0x2A6DD},
    {0x2A700, 0x2B734}, {0x2B740, 0x2B81D}, {0x2B820, 0x2CEA1}, {0x2CEB0, 0x2EBE0},
    {0x2F800, 0x2FA1D}, {0x30000, 0x3134A},
    // clang-format on
};

bool is_cjk(char32_t c) {
  auto range = std::lower_bound(
      std::begin(kCjk), std::end(kCjk), c, [](const CodePoints& r, char32_t code_point) {
        return r.last < code_point;
      });
  return range != std::end(kCjk) && range->first <= c;
}

// The high bit of each byte of `word` that is a blank; bytes of other characters than ASCII's are
// none.
std::uint64_t blanks_of(std::uint64_t word) {
  constexpr std::uint64_t kEach = 0x0101010101010101;
  constexpr std::uint64_t kHigh = 0x80 * kEach;
  const std::uint64_t low = word & ~kHigh;  // so that no sum carries into the next byte
  const std::uint64_t is_no_space = (low ^ (' ' * kEach)) + 0x7f * kEach;
  const std::uint64_t is_tab_or_more = low + (0x80 - '\t') * kEach;
  const std::uint64_t is_behind_return = low + (0x80 - ('\r' + 1)) * kEach;
  return (~is_no_space | (is_tab_or_more ^ is_behind_return)) & ~word & kHigh;
}

std::size_t count_between_blanks(std::string_view text) {
  static_assert(std::endian::native == std::endian::little);
  std::size_t count = 0;
  std::uint64_t was_word = 0;  // of the byte before: 0x80 or 0
  std::uint64_t word = 0;
  for (; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
    std::memcpy(&word, text.data(), sizeof word);
    const std::uint64_t in_word = ~blanks_of(word) & 0x8080808080808080;
    const std::uint64_t begins = in_word & ~(in_word << 8 | was_word);
    count += (begins >> 7) * 0x0101010101010101 >> 56;  // their sum: there are at most eight
    was_word = in_word >> 56;
  }
  bool is_in_word = was_word != 0;
  for (char c : text) {
    bool is_word = !is_ascii_space(c);
    count += is_word && !is_in_word;
    is_in_word = is_word;
  }
  return count;
}

}  // namespace

std::vector<std::string_view> split_words(std::string_view text, std::size_t count_max) {
  std::vector<std::string_view> words;
  while (words.size() < count_max) {
    while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
    if (text.empty()) break;
    auto end = std::find_if(text.begin(), text.end(), is_ascii_space);
    auto size = static_cast<std::size_t>(end - text.begin());
    words.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return words;
}

std::vector<std::string_view> split(std::string_view text,
                                    std::string_view pattern,
                                    std::size_t count_max) {
  if (pattern == " ") return split_words(text, count_max);
  std::vector<std::string_view> pieces;
  while (!text.empty() && pieces.size() < count_max) {
    std::size_t size = pattern.empty() ? std::max<std::size_t>(utf8_length(text), 1)
                                       : std::min(text.find(pattern), text.size());
    pieces.push_back(text.substr(0, size));
    text.remove_prefix(std::min(size + pattern.size(), text.size()));
  }
  while (!pieces.empty() && pieces.back().empty()) pieces.pop_back();
  return pieces;
}

std::size_t count_words(std::string_view text, WordMode mode) {
  bool is_ascii = mode == WordMode::kBlanks || ascii_prefix(text) == text.size();
  if (is_ascii) return count_between_blanks(text);
  std::size_t cjk = 0;
  std::size_t runs = 0;
  bool is_in_run = false;
  for (std::string_view rest = text; !rest.empty();) {
    char32_t c = take_code_point(rest);
    bool is_blank = c < 0x80 && is_ascii_space(static_cast<char>(c));
    bool is_one = is_cjk(c);
    bool is_other = !is_blank && !is_one;
    cjk += is_one ? 1 : 0;
    runs += is_other && !is_in_run ? 1 : 0;
    is_in_run = is_other;
  }
  if (mode == WordMode::kAuto && cjk == 0) return count_between_blanks(text);
  return cjk + runs;
}

}  // namespace stet::liquid
