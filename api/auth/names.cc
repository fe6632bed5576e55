#include "api/auth/names.h"

#include <algorithm>

#include "storage/base/utf8.h"

namespace stet::auth {
namespace {

constexpr std::size_t kCommitNameBytesMax = 100, kUserNameBytesMax = 39, kMailBytesMax = 254;

bool is_forbidden(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '<' || c == '>';
}

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

bool is_commit_name(std::string_view name) {
  return name.size() <= kCommitNameBytesMax && is_utf8(name) &&
         name.find_first_not_of(" .,:;\"'") != std::string_view::npos &&
         std::none_of(name.begin(), name.end(), is_forbidden);
}

Status check_commit_name(std::string_view name) {
  if (is_commit_name(name)) return {};
  return invalid_input(
      "a name for commits has 1 to 100 bytes with a letter or a digit among them, and no control "
      "characters, '<' or '>'");
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
  if (is_good) return {};
  return invalid_input("'" + printable(mail, 60) + "' is no mail address");
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

}  // namespace stet::auth
