#include "cms/liquid/filters/letters.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <memory>

#include "storage/base/utf8.h"

namespace stet::liquid {
namespace {

enum class Case { kLower, kUpper, kTitle };

// Where one character becomes several (Unicode's SpecialCasing.txt), but for Greek with an iota
// below.
struct Expansion {
  char32_t letter;
  std::string_view upper;
  std::string_view title;
};

constexpr Expansion kExpansions[] = {
    // clang-format off
    {0x00DF, "\u0053\u0053", "\u0053\u0073"},
    {0x0149, "\u02BC\u004E", "\u02BC\u004E"},
    {0x01F0, "\u004A\u030C", "\u004A\u030C"},
    {0x0390, "\u0399\u0308\u0301", "\u0399\u0308\u0301"},
    {0x03B0, "\u03A5\u0308\u0301", "\u03A5\u0308\u0301"},
    {0x0587, "\u0535\u0552", "\u0535\u0582"},
    {0x1E96, "\u0048\u0331", "\u0048\u0331"},
    {0x1E97, "\u0054\u0308", "\u0054\u0308"},
    {0x1E98, "\u0057\u030A", "\u0057\u030A"},
    {0x1E99, "\u0059\u030A", "\u0059\u030A"},
    {0x1E9A, "\u0041\u02BE", "\u0041\u02BE"},
    {0x1F50, "\u03A5\u0313", "\u03A5\u0313"},
    {0x1F52, "\u03A5\u0313\u0300", "\u03A5\u0313\u0300"},
    {0x1F54, "\u03A5\u0313\u0301", "\u03A5\u0313\u0301"},
    {0x1F56, "\u03A5\u0313\u0342", "\u03A5\u0313\u0342"},
    {0x1FB2, "\u1FBA\u0399", "\u1FBA\u0345"},
    {0x1FB3, "\u0391\u0399", "\u1FBC"},
    {0x1FB4, "\u0386\u0399", "\u0386\u0345"},
    {0x1FB6, "\u0391\u0342", "\u0391\u0342"},
    {0x1FB7, "\u0391\u0342\u0399", "\u0391\u0342\u0345"},
    {0x1FBC, "\u0391\u0399", "\u1FBC"},
    {0x1FC2, "\u1FCA\u0399", "\u1FCA\u0345"},
    {0x1FC3, "\u0397\u0399", "\u1FCC"},
    {0x1FC4, "\u0389\u0399", "\u0389\u0345"},
    {0x1FC6, "\u0397\u0342", "\u0397\u0342"},
    {0x1FC7, "\u0397\u0342\u0399", "\u0397\u0342\u0345"},
    {0x1FCC, "\u0397\u0399", "\u1FCC"},
    {0x1FD2, "\u0399\u0308\u0300", "\u0399\u0308\u0300"},
    {0x1FD3, "\u0399\u0308\u0301", "\u0399\u0308\u0301"},
    {0x1FD6, "\u0399\u0342", "\u0399\u0342"},
    {0x1FD7, "\u0399\u0308\u0342", "\u0399\u0308\u0342"},
    {0x1FE2, "\u03A5\u0308\u0300", "\u03A5\u0308\u0300"},
    {0x1FE3, "\u03A5\u0308\u0301", "\u03A5\u0308\u0301"},
    {0x1FE4, "\u03A1\u0313", "\u03A1\u0313"},
    {0x1FE6, "\u03A5\u0342", "\u03A5\u0342"},
    {0x1FE7, "\u03A5\u0308\u0342", "\u03A5\u0308\u0342"},
    {0x1FF2, "\u1FFA\u0399", "\u1FFA\u0345"},
    {0x1FF3, "\u03A9\u0399", "\u1FFC"},
    {0x1FF4, "\u038F\u0399", "\u038F\u0345"},
    {0x1FF6, "\u03A9\u0342", "\u03A9\u0342"},
    {0x1FF7, "\u03A9\u0342\u0399", "\u03A9\u0342\u0345"},
    {0x1FFC, "\u03A9\u0399", "\u1FFC"},
    {0xFB00, "\u0046\u0046", "\u0046\u0066"},
    {0xFB01, "\u0046\u0049", "\u0046\u0069"},
    {0xFB02, "\u0046\u004C", "\u0046\u006C"},
    {0xFB03, "\u0046\u0046\u0049", "\u0046\u0066\u0069"},
    {0xFB04, "\u0046\u0046\u004C", "\u0046\u0066\u006C"},
    {0xFB05, "\u0053\u0054", "\u0053\u0074"},
    {0xFB06, "\u0053\u0054", "\u0053\u0074"},
    {0xFB13, "\u0544\u0546", "\u0544\u0576"},
    {0xFB14, "\u0544\u0535", "\u0544\u0565"},
    {0xFB15, "\u0544\u053B", "\u0544\u056B"},
    {0xFB16, "\u054E\u0546", "\u054E\u0576"},
    {0xFB17, "\u0544\u053D", "\u0544\u056D"},
    // clang-format on
};

constexpr char32_t kCapitalIWithDot = 0x130;  // its lower case is i and a dot above

bool is_greek_with_iota(char32_t c) { return c >= 0x1F80 && c <= 0x1FAF; }

// U+1F80 to U+1FAF come in runs of 16, small then capital; the plain capitals lie apart.
char32_t plain_greek_capital(char32_t c) {
  static constexpr char32_t kFirst[] = {0x1F08, 0x1F28, 0x1F68};
  return kFirst[(c - 0x1F80) / 16] + (c & 7);
}

char32_t mapped(char32_t c, Case wanted) {
  auto code = static_cast<utf8proc_int32_t>(c);
  switch (wanted) {
    case Case::kLower: return static_cast<char32_t>(utf8proc_tolower(code));
    case Case::kUpper: return static_cast<char32_t>(utf8proc_toupper(code));
    case Case::kTitle: return static_cast<char32_t>(utf8proc_totitle(code));
  }
  return c;
}

// Georgian capitals are for whole words alone: no title begins with one.
bool is_georgian_capital(char32_t c) { return c >= 0x1C90 && c <= 0x1CBF; }

void append_mapped(std::string& out, char32_t c, Case wanted) {
  if (wanted == Case::kTitle && is_georgian_capital(c)) wanted = Case::kLower;
  if (wanted == Case::kLower) {
    append_code_point(out, c == kCapitalIWithDot ? 'i' : mapped(c, wanted));
    if (c == kCapitalIWithDot) append_code_point(out, 0x307);
    return;
  }
  if (is_greek_with_iota(c) && wanted == Case::kUpper) {
    append_code_point(out, plain_greek_capital(c));
    append_code_point(out, 0x399);
    return;
  }
  auto expansion = std::lower_bound(
      std::begin(kExpansions), std::end(kExpansions), c, [](const Expansion& e, char32_t letter) {
        return e.letter < letter;
      });
  if (expansion != std::end(kExpansions) && expansion->letter == c) {
    out += wanted == Case::kUpper ? expansion->upper : expansion->title;
    return;
  }
  append_code_point(out, mapped(c, wanted));
}

// Appends the first character of `text` mapped, and takes it off; a byte that is not UTF-8 as it
// is.
void take_mapped(std::string& out, std::string_view& text, Case wanted) {
  if (static_cast<unsigned char>(text.front()) < 0x80) {
    char c = text.front();
    bool is_upper = wanted != Case::kLower;
    if (is_upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (!is_upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    out += c;
    text.remove_prefix(1);
  } else if (utf8_length(text) == 0) {
    out += text.front();
    text.remove_prefix(1);
  } else {
    append_mapped(out, take_code_point(text), wanted);
  }
}

std::string map_all(std::string_view text, Case wanted) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) take_mapped(out, text, wanted);
  return out;
}

// Latin letters whose plain form is not the first of their decomposition.
struct Plain {
  char32_t letter;
  std::string_view plain;
};

constexpr Plain kPlain[] = {
    {0xC6, "AE"},  {0xD0, "D"},   {0xD7, "x"},   {0xD8, "O"},   {0xDE, "Th"},  {0xDF, "ss"},
    {0xE6, "ae"},  {0xF0, "d"},   {0xF8, "o"},   {0xFE, "th"},  {0x110, "D"},  {0x111, "d"},
    {0x126, "H"},  {0x127, "h"},  {0x131, "i"},  {0x132, "IJ"}, {0x133, "ij"}, {0x138, "k"},
    {0x13F, "L"},  {0x140, "l"},  {0x141, "L"},  {0x142, "l"},  {0x149, "'n"}, {0x14A, "NG"},
    {0x14B, "ng"}, {0x152, "OE"}, {0x153, "oe"}, {0x166, "T"},  {0x167, "t"},
};

constexpr char32_t kPlainLast = 0x17E;  // what lies beyond Latin Extended-A has no plain form

void append_plain(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  for (const Plain& plain : kPlain) {
    if (plain.letter != c) continue;
    out += plain.plain;
    return;
  }
  std::array<utf8proc_int32_t, 8> parts{};
  int boundary = 0;
  utf8proc_ssize_t count = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(c), parts.data(), parts.size(), UTF8PROC_DECOMPOSE, &boundary);
  bool is_plain = c >= 0xC0 && c <= kPlainLast && count > 1 && parts[0] < 0x80;
  out += is_plain ? static_cast<char>(parts[0]) : '?';
}

}  // namespace

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

std::string downcase(std::string_view text) { return map_all(text, Case::kLower); }
std::string upcase(std::string_view text) { return map_all(text, Case::kUpper); }

std::string capitalize(std::string_view text) {
  std::string out;
  if (!text.empty()) take_mapped(out, text, Case::kTitle);
  return out + downcase(text);
}

std::string transliterate(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) append_plain(out, take_code_point(text));
  return out;
}

std::string normalize_nfkc(std::string_view text) {
  utf8proc_uint8_t* made = nullptr;
  utf8proc_ssize_t size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(text.size()),
      &made,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT));
  std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(made, &std::free);
  if (size < 0) return std::string(text);
  return std::string(reinterpret_cast<const char*>(made), static_cast<std::size_t>(size));
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) {
    text.remove_prefix(std::max<std::size_t>(utf8_length(text), 1));
  }
  return count;
}

std::string_view slice_characters(std::string_view text, std::size_t start, std::size_t count) {
  for (; start > 0 && !text.empty(); --start) {
    text.remove_prefix(std::max<std::size_t>(utf8_length(text), 1));
  }
  std::size_t bytes = 0;
  for (; count > 0 && bytes < text.size(); --count) {
    bytes += std::max<std::size_t>(utf8_length(text.substr(bytes)), 1);
  }
  return text.substr(0, bytes);
}

std::string_view strip_left(std::string_view text) {
  while (!text.empty() && (is_ascii_space(text.front()) || text.front() == 0))
    text.remove_prefix(1);
  return text;
}

std::string_view strip_right(std::string_view text) {
  while (!text.empty() && (is_ascii_space(text.back()) || text.back() == 0)) text.remove_suffix(1);
  return text;
}

std::string_view strip(std::string_view text) { return strip_right(strip_left(text)); }

}  // namespace stet::liquid
