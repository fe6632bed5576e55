// A URL that somebody wants us to call: taken apart by the library that will call it, and judged.
//
// Threads: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/result.h"
#include "storage/outbound/address_filter.h"

namespace stet::storage {

inline constexpr std::size_t kUrlBytesMax = 2000;

struct HttpUrl {
  std::string url;   // as the library writes it
  std::string host;  // a name, or an address without brackets
  std::uint16_t port = 0;

  // kInvalidInput: no http or https; a user or a password; a fragment; the port of a service that
  // is known not to be HTTP; an address that the filter refuses. What a name leads to is seen only
  // when it is called.
  static Result<HttpUrl> parse(std::string_view url, const AddressFilter& filter);
};

}  // namespace stet::storage
