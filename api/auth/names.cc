#include "api/auth/names.h"

#include <algorithm>
#include <cstdio>
#include <iterator>

#include "storage/base/utf8.h"

namespace stet::auth {
namespace {

constexpr std::size_t kCommitNameBytesMax = 100, kUserNameBytesMax = 39, kMailBytesMax = 254;

bool is_forbidden(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '<' || c == '>';
}

struct Span {
  char32_t first, last;
};

// Of no width, or turning what stands around them: two names that differ in these look the same.
constexpr Span kInvisible[] = {
    {0x80, 0x9f},
    {0xad, 0xad},
    {0x34f, 0x34f},
    {0x61c, 0x61c},
    {0x115f, 0x1160},
    {0x17b4, 0x17b5},
    {0x180b, 0x180f},
    {0x200b, 0x200f},
    {0x2028, 0x202e},
    {0x2060, 0x206f},
    {0x3164, 0x3164},
    {0xfe00, 0xfe0f},
    {0xfeff, 0xfeff},
    {0xffa0, 0xffa0},
    {0xfff0, 0xfffb},
    {0x1d173, 0x1d17a},
    {0xe0000, 0xe0fff},
};

bool is_in(char32_t letter, Span span) { return letter >= span.first && letter <= span.last; }

// Arabic to Vedic: there a joiner, or what parts letters, makes another letter of them.
bool joins(char32_t letter) { return is_in(letter, {0x620, 0x1cff}); }

// The first code point that nobody sees; 0: there is none.
char32_t invisible_in(std::string_view text) {
  constexpr Span kJoiners{0x200c, 0x200d};
  char32_t before = 0;
  while (!text.empty()) {
    char32_t letter = take_code_point(text);
    std::string_view rest = text;
    char32_t after = rest.empty() ? 0 : take_code_point(rest);
    bool is_letter = is_in(letter, kJoiners) && joins(before) && joins(after);
    bool is_invisible = std::any_of(std::begin(kInvisible), std::end(kInvisible), [&](Span span) {
      return is_in(letter, span);
    });
    if (is_invisible && !is_letter) return letter;
    before = letter;
  }
  return 0;
}

Status check_visible(std::string_view text, const std::string& what) {
  char32_t letter = invisible_in(text);
  if (letter == 0) return {};
  char code[16];
  std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(letter));
  return invalid_input(what + " has the character " + code +
                       ", which nobody sees: two that look the same would be different; leave it "
                       "out");
}

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

bool is_commit_name(std::string_view name) {
  return name.size() <= kCommitNameBytesMax && is_utf8(name) &&
         name.find_first_not_of(" .,:;\"'") != std::string_view::npos &&
         std::none_of(name.begin(), name.end(), is_forbidden) && !name.starts_with(' ') &&
         !name.ends_with(' ') && invisible_in(name) == 0;
}

Status check_commit_name(std::string_view name) {
  if (is_commit_name(name)) return {};
  if (is_utf8(name)) TRY(check_visible(name, "the name for commits"));
  return invalid_input(
      "a name for commits has 1 to 100 bytes with a letter or a digit among them, and no control "
      "characters, '<' or '>'; it begins and ends with no blank");
}

Status check_user_name(std::string_view name) {
  bool is_good = !name.empty() && name.size() <= kUserNameBytesMax &&
                 is_letter_or_digit(name.front()) &&
                 std::all_of(name.begin(), name.end(), [](char c) {
                   return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-';
                 });
  if (is_good) return {};
  return invalid_input(
      "a user's name has 1 to 39 of a-z, 0-9, '.', '_' and '-', and begins with a "
      "letter or a digit; '" +
      printable(name, 60) + "' does not");
}

Status check_mail(std::string_view mail) {
  std::size_t at = mail.find('@');
  bool is_good = mail.size() <= kMailBytesMax && is_utf8(mail) && at != mail.npos && at > 0 &&
                 at + 1 < mail.size() && mail.find('@', at + 1) == mail.npos &&
                 mail.find(' ') == mail.npos &&
                 std::none_of(mail.begin(), mail.end(), is_forbidden);
  if (is_good) return check_visible(mail, "the mail address");
  return invalid_input("'" + printable(mail, 60) + "' is no mail address");
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

}  // namespace stet::auth
