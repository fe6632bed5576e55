#include "api/auth/authenticate.h"

#include <algorithm>

#include "storage/base/base64.h"

namespace stet::auth {
namespace {

constexpr std::string_view kBearer = "bearer";
constexpr std::string_view kBasic = "basic";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// What follows the scheme, or none where the header has another one.
std::optional<std::string_view> after_scheme(std::string_view header, std::string_view scheme) {
  std::string_view named = header.substr(0, header.find(' '));
  bool is_it =
      std::equal(named.begin(), named.end(), scheme.begin(), scheme.end(), [](char a, char b) {
        return lower(a) == b;
      });
  if (!is_it || named.size() == header.size()) return std::nullopt;
  // RFC 9110 11.4: one or more blanks part the scheme from what follows.
  std::size_t begin = header.find_first_not_of(' ', named.size());
  return begin == std::string_view::npos ? "" : header.substr(begin);
}

}  // namespace

Verdict authenticate(Tokens& tokens, std::optional<std::string_view> header) {
  if (!header) return {Outcome::kMissing, {}, {}, {}};
  auto token = after_scheme(*header, kBearer);
  return token ? tokens.verify(*token) : Verdict{Outcome::kMalformed, {}, {}, {}};
}

Verdict look_again(Tokens& tokens, std::string_view header) {
  auto token = after_scheme(header, kBearer);
  return token ? tokens.look_at(*token) : Verdict{Outcome::kMalformed, {}, {}, {}};
}

Verdict authenticate_basic(Tokens& tokens, std::optional<std::string_view> header) {
  auto credentials = header ? after_scheme(*header, kBasic) : std::nullopt;
  if (!credentials) return authenticate(tokens, header);
  auto plain = decode_base64(*credentials);
  std::size_t colon = plain ? plain->find(':') : std::string::npos;
  if (colon == std::string::npos) return {Outcome::kMalformed, {}, {}, {}};
  return tokens.verify(std::string_view(*plain).substr(colon + 1));
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
