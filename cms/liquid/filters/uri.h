// URLs taken apart and made uniform, as Ruby's Addressable does it for Jekyll's URL filters.
//
// Parts are split as RFC 3986, appendix B does; normalize() follows its section 6: scheme and host
// in small letters, the scheme's usual port dropped, dot segments removed, everything that may not
// stand bare percent-encoded (after NFKC). Host names that are not ASCII become Punycode (RFC
// 3492). Threads: values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace stet::liquid {

struct Uri {
  std::optional<std::string> scheme;
  std::optional<std::string> authority;
  std::string path;
  std::optional<std::string> query;
  std::optional<std::string> fragment;

  // kInvalidInput where the scheme could be none ("1:2").
  static Result<Uri> parse(std::string_view text);

  bool is_absolute() const { return scheme.has_value(); }
  Uri normalized() const;
  std::string text() const;
};

// Jekyll's uri_escape: what is neither reserved nor unreserved in RFC 3986 is percent-encoded.
std::string normalize_component(std::string_view component);

}  // namespace stet::liquid
