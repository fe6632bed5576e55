#include "api/auth/password_rules.h"

#include <algorithm>
#include <set>
#include <string>

#include "api/auth/names.h"
#include "storage/base/utf8.h"

namespace stet::auth {
namespace {

constexpr std::size_t kDifferentMin = 5;  // letters
constexpr std::size_t kOwnMin = 6;        // beside a name, or a word that everybody tries

// What lists of stolen passwords begin with; digits and signs around it do not help.
constexpr std::string_view kCommon[] = {"password",
                                        "passwort",
                                        "qwertyuiop",
                                        "asdfghjkl",
                                        "letmein",
                                        "iloveyou",
                                        "welcome",
                                        "administrator",
                                        "changeme",
                                        "sunshine",
                                        "princess",
                                        "football"};

std::size_t letters_of(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) take_code_point(text);
  return count;
}

std::size_t different_letters(std::string_view text) {
  std::set<char32_t> seen;
  while (!text.empty()) seen.insert(take_code_point(text));
  return seen.size();
}

// "1234567890", "jihgfedcba": each letter is the one before it, and one more or less.
bool is_sequence(std::string_view text) {
  int step = text.size() > 1 && text[1] < text[0] ? -1 : 1;
  for (std::size_t i = 1; i < text.size(); ++i) {
    bool wraps = text[i - 1] == '9' && text[i] == '0';
    if (text[i] - text[i - 1] != step && !wraps) return false;
  }
  return true;
}

bool is_little_more_than(std::string_view password, std::string_view word) {
  return word.size() >= 3 && password.find(word) != std::string_view::npos &&
         password.size() < word.size() + kOwnMin;
}

}  // namespace

Status check_password(std::string_view password, std::string_view name, std::string_view mail) {
  if (!is_utf8(password)) return invalid_input("a password is UTF-8");
  if (letters_of(password) < kPasswordLettersMin) {
    return invalid_input("a password has 10 characters at least; a few words make a good one");
  }
  if (password.size() > kPasswordBytesMax) {
    return invalid_input("a password has 1024 bytes at most");
  }
  std::string lower = lower_case(password);
  if (different_letters(lower) < kDifferentMin || is_sequence(lower)) {
    return invalid_input("this password is the same over and over, or a row of keys");
  }
  std::string mailbox = lower_case(mail.substr(0, mail.find('@')));
  bool is_name = is_little_more_than(lower, lower_case(name)) ||
                 is_little_more_than(lower, mailbox) ||
                 is_little_more_than(lower, lower_case(mail));
  if (is_name) return invalid_input("this password is little more than the name");
  bool is_common = std::any_of(std::begin(kCommon), std::end(kCommon), [&](std::string_view word) {
    return is_little_more_than(lower, word);
  });
  if (is_common) return invalid_input("this password is among the first that others would try");
  return {};
}

}  // namespace stet::auth
