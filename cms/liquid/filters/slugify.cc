#include "cms/liquid/filters/slugify.h"

#include <utf8proc.h>

#include "cms/liquid/filters/letters.h"
#include "storage/base/utf8.h"

namespace stet::liquid {
namespace {

using Keeps = bool (*)(char32_t);

bool is_ascii_alphanumeric(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool keeps_ascii(char32_t c) { return is_ascii_alphanumeric(c); }

bool keeps_words(char32_t c) {
  if (c < 0x80) return is_ascii_alphanumeric(c);
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND: return true;
    default: return false;
  }
}

bool keeps_pretty(char32_t c) {
  constexpr std::string_view kMarks = "._~!$&'()+,;=@";
  if (c < 0x80 && kMarks.find(static_cast<char>(c)) != kMarks.npos) return true;
  return keeps_words(c);
}

bool keeps_raw(char32_t c) { return c >= 0x80 || !is_ascii_space(static_cast<char>(c)); }

struct Mode {
  std::string_view name;
  Keeps keeps;
};

constexpr Mode kModes[] = {{"ascii", keeps_ascii},
                           {"default", keeps_words},
                           {"latin", keeps_words},
                           {"pretty", keeps_pretty},
                           {"raw", keeps_raw}};

std::string hyphenate(std::string_view text, Keeps keeps) {
  std::string out;
  bool is_in_run = false;
  while (!text.empty()) {
    std::string_view rest = text;
    char32_t c = take_code_point(rest);
    bool is_kept = utf8_length(text) > 0 && keeps(c);
    if (is_kept) out += text.substr(0, text.size() - rest.size());
    if (!is_kept && !is_in_run) out += '-';
    is_in_run = !is_kept;
    text = rest;
  }
  return out;
}

}  // namespace

std::string slugify(std::string_view text, std::string_view mode, bool keeps_case) {
  for (const Mode& known : kModes) {
    if (known.name != mode) continue;
    std::string plain = mode == "latin" ? transliterate(text) : std::string(text);
    std::string slug = hyphenate(plain, known.keeps);
    if (slug.starts_with('-')) slug.erase(0, 1);
    if (slug.ends_with('-')) slug.pop_back();
    return keeps_case ? slug : downcase(slug);
  }
  return keeps_case ? std::string(text) : downcase(text);
}

}  // namespace stet::liquid
