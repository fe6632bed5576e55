#include "cms/search/letters.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "storage/base/utf8.h"

namespace stet::search {
namespace {

struct Span {
  char32_t first, last;
};

template <std::size_t Size>
bool is_in(const std::array<Span, Size>& spans, char32_t character) {
  return std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
    return character >= span.first && character <= span.last;
  });
}

// Marks that readers leave out when they type, of Latin, Greek, Cyrillic, Hebrew and Arabic.
constexpr auto kLightMarks = std::to_array<Span>({{0x0300, 0x036F},
                                                  {0x0483, 0x0487},
                                                  {0x0591, 0x05C7},
                                                  {0x0610, 0x061A},
                                                  {0x064B, 0x065F},
                                                  {0x0670, 0x0670},
                                                  {0x06D6, 0x06ED},
                                                  {0x08D3, 0x08FF},
                                                  {0x1AB0, 0x1AFF},
                                                  {0x1DC0, 0x1DFF},
                                                  {0x20D0, 0x20F0},
                                                  {0xFE20, 0xFE2F}});

// Joiners, direction marks, soft hyphens, the Arabic tatweel, variation selectors.
constexpr auto kJoiners = std::to_array<Span>({{0x00AD, 0x00AD},
                                               {0x061C, 0x061C},
                                               {0x0640, 0x0640},
                                               {0x200C, 0x200F},
                                               {0x202A, 0x202E},
                                               {0x2060, 0x2064},
                                               {0xFE00, 0xFE0F},
                                               {0xFEFF, 0xFEFF},
                                               {0x1F3FB, 0x1F3FF},  // colours of skin
                                               {0xE0100, 0xE01EF}});

constexpr auto kDenseScripts = std::to_array<Span>({{0x0E00, 0x0FFF},  // Thai, Lao, Tibetan
                                                    {0x1000, 0x109F},  // Burmese
                                                    {0x1100, 0x11FF},  // Hangul's parts
                                                    {0x1780, 0x17FF},  // Khmer
                                                    {0x2E80, 0x2FDF},  // radicals
                                                    {0x3005, 0x3007},
                                                    {0x3021, 0x3029},
                                                    {0x3040, 0x31FF},  // kana, Bopomofo
                                                    {0x3400, 0x4DBF},  // Han
                                                    {0x4E00, 0x9FFF},
                                                    {0xA960, 0xA97F},
                                                    {0xAC00, 0xD7FF},  // Hangul
                                                    {0xF900, 0xFAFF},
                                                    {0xFF66, 0xFFDC},  // of half the width
                                                    {0x1B000, 0x1B16F},
                                                    {0x20000, 0x3FFFF}});

// Signs that people write in place of words.
constexpr auto kEmoji = std::to_array<Span>({{0x231A, 0x231B},
                                             {0x23E9, 0x23F3},
                                             {0x25FD, 0x25FE},
                                             {0x2600, 0x27BF},
                                             {0x2B1B, 0x2B1C},
                                             {0x2B50, 0x2B55},
                                             {0x1F000, 0x1F3FA},
                                             {0x1F400, 0x1FAFF}});

// The zeros of decimal digits that compatibility does not make ASCII's.
constexpr auto kZeros = std::to_array<char32_t>({0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50});

struct Replacement {
  char32_t letter;
  std::string_view text;
};

// Letters that Unicode does not take apart, and Arabic ones that are typed for one another.
constexpr auto kReplacements = std::to_array<Replacement>({{0x00E6, "ae"},
                                                           {0x00F0, "d"},
                                                           {0x00F8, "o"},
                                                           {0x00FE, "th"},
                                                           {0x0111, "d"},
                                                           {0x0131, "i"},
                                                           {0x0142, "l"},
                                                           {0x0153, "oe"},
                                                           {0x0629, "\u0647"},
                                                           {0x0643, "\u06A9"},
                                                           {0x0649, "\u06CC"},
                                                           {0x064A, "\u06CC"}});

bool is_letter(utf8proc_category_t category) {
  switch (category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return true;
    default: return false;
  }
}

LetterKind kind_of(char32_t character) {
  if (is_in(kJoiners, character) || is_in(kLightMarks, character)) return LetterKind::kJoined;
  if (is_in(kEmoji, character)) return LetterKind::kDense;
  if (!is_letter(utf8proc_category(static_cast<utf8proc_int32_t>(character)))) {
    return LetterKind::kNone;
  }
  return is_in(kDenseScripts, character) ? LetterKind::kDense : LetterKind::kWord;
}

void append_folded(std::string& text, char32_t character) {
  for (char32_t zero : kZeros) {
    if (character >= zero && character < zero + 10) {
      text += static_cast<char>('0' + (character - zero));
      return;
    }
  }
  for (const Replacement& replacement : kReplacements) {
    if (replacement.letter == character) {
      text += replacement.text;
      return;
    }
  }
  append_code_point(text, character);
}

std::string folded(char32_t character) {
  std::array<utf8proc_int32_t, 32> parts{};
  const auto kept =
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
  int boundary = 0;
  utf8proc_ssize_t count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(character),
                                                   parts.data(),
                                                   static_cast<utf8proc_ssize_t>(parts.size()),
                                                   kept,
                                                   &boundary);
  count = std::clamp<utf8proc_ssize_t>(count, 0, static_cast<utf8proc_ssize_t>(parts.size()));
  auto end = std::remove_if(parts.begin(), parts.begin() + count, [](utf8proc_int32_t part) {
    char32_t mark = static_cast<char32_t>(part);
    return is_in(kLightMarks, mark) || is_in(kJoiners, mark);
  });
  count = utf8proc_normalize_utf32(parts.data(), end - parts.begin(), UTF8PROC_COMPOSE);
  std::string text;
  for (utf8proc_ssize_t i = 0; i < count; ++i) {
    char32_t part = static_cast<char32_t>(parts[static_cast<std::size_t>(i)]);
    // "½" comes apart into digits with a sign between them.
    if (kind_of(part) != LetterKind::kNone) append_folded(text, part);
  }
  return text;
}

Letter make_letter(char32_t character) {
  Letter letter{.kind = kind_of(character)};
  if (letter.kind == LetterKind::kNone || letter.kind == LetterKind::kJoined) return letter;
  std::string text = folded(character);
  while (text.size() > letter.bytes.size()) {
    do text.pop_back();
    while (!is_utf8(text));
  }
  if (text.empty()) return Letter{.kind = LetterKind::kNone};
  letter.size = static_cast<std::uint8_t>(text.size());
  std::copy(text.begin(), text.end(), letter.bytes.begin());
  return letter;
}

constexpr char32_t kPlaneEnd = 0x10000;

const std::vector<Letter>& first_plane() {
  static const std::vector<Letter> letters = [] {
    std::vector<Letter> made(kPlaneEnd);
    for (char32_t character = 0; character < kPlaneEnd; ++character) {
      bool is_surrogate = character >= 0xD800 && character < 0xE000;
      if (!is_surrogate) made[character] = make_letter(character);
    }
    return made;
  }();
  return letters;
}

// What another character before it may swallow.
bool may_compose(std::string_view text) {
  while (!text.empty()) {
    text.remove_prefix(ascii_prefix(text));
    if (text.empty()) return false;
    char32_t character = take_code_point(text);
    bool is_mark = character >= 0x0300 &&
                   is_letter(utf8proc_category(static_cast<utf8proc_int32_t>(character)));
    if (!is_mark) continue;
    if (utf8proc_get_property(static_cast<utf8proc_int32_t>(character))->combining_class != 0 ||
        (character >= 0x1100 && character <= 0x11FF)) {
      return true;
    }
  }
  return false;
}

}  // namespace

Letter letter_of(char32_t character) {
  return character < kPlaneEnd ? first_plane()[character] : make_letter(character);
}

std::string composed(std::string text) {
  if (!may_compose(text)) return text;
  utf8proc_uint8_t* made = nullptr;
  utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()),
                   &made,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(made, &std::free);
  if (size < 0) return text;
  return std::string(reinterpret_cast<const char*>(made), static_cast<std::size_t>(size));
}

}  // namespace stet::search
