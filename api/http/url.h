// Request targets taken apart, and paths put into URLs (RFC 3986, RFC 9112 3.2).
//
// Pure functions. Decoding comes before normalising, so an escaped dot or slash cannot climb out of
// the root. Threads: any.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/message.h"
#include "storage/base/result.h"

namespace stet::http {

inline constexpr std::size_t kQueryPairsMax = 256;

struct Target {
  std::string path;  // see Request::path
  bool has_utf8_path = true;
  Query query;
  std::string authority;  // of the absolute form; empty in the others
};

// Origin form, absolute form, and "*". kInvalidInput: a broken escape, a NUL, a fragment, too many
// pairs, a form that we don't serve.
Result<Target> parse_target(std::string_view target);

// "?a=b" of a target as it came; "" where it has no query.
std::string_view query_part(std::string_view target);

// None where a '%' is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text);

// "a=1&b" as pairs; '+' and "%20" are blanks. None for a broken escape or more than kQueryPairsMax.
std::optional<Query> parse_query(std::string_view text);

// Without ".", ".." and empty segments; begins with '/'; a slash (or dot segment) at the end leaves
// one.
std::string normalized_path(std::string_view path);

// For a whole path: '/' stays. For one segment or a query's name or value: only unreserved
// characters stay.
std::string percent_encode_path(std::string_view path);
std::string percent_encode(std::string_view text);

}  // namespace stet::http
