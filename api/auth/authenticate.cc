#include "api/auth/authenticate.h"

#include <algorithm>

namespace stet::auth {
namespace {

constexpr std::string_view kScheme = "bearer";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_scheme(std::string_view text) {
  return std::equal(text.begin(), text.end(), kScheme.begin(), kScheme.end(), [](char a, char b) {
    return lower(a) == b;
  });
}

}  // namespace

Verdict authenticate(Tokens& tokens, std::optional<std::string_view> header) {
  if (!header) return {Outcome::kMissing, {}, {}, {}};
  std::size_t blank = header->find(' ');
  if (blank == std::string_view::npos || !is_scheme(header->substr(0, blank))) {
    return {Outcome::kMalformed, {}, {}, {}};
  }
  // RFC 9110 11.4: one or more blanks part the scheme from what follows.
  std::size_t begin = header->find_first_not_of(' ', blank);
  return tokens.verify(begin == std::string_view::npos ? "" : header->substr(begin));
}

std::string_view challenge_of(Outcome outcome) {
  if (outcome == Outcome::kMissing) return R"(Bearer realm="stet")";
  return R"(Bearer realm="stet", error="invalid_token", )"
         R"(error_description="the token is not valid")";
}

std::string challenge_of(Scope scope) {
  return R"(Bearer realm="stet", error="insufficient_scope", scope=")" +
         std::string(name_of(scope)) + '"';
}

}  // namespace stet::auth
