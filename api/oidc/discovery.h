// What a provider says of itself (OpenID Connect Discovery 1.0), and which of its addresses are
// good enough.
//
// Threads: pure functions, values.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/result.h"
#include "storage/outbound/address_filter.h"

namespace stet::oidc {

struct Endpoints {
  std::string authorization, token, keys;
  std::string user;           // "": it tells nothing about users beside the token
  bool tells_issuer = false;  // with its answer (RFC 9207)
  bool posts_secret = false;  // ours, in the body: it knows no Basic
};

// Where the provider of this issuer says it.
std::string discovery_url(std::string_view issuer);

// https; without TLS only this machine and addresses that the settings allow. kInvalidInput.
Status check_address(std::string_view url, const storage::AddressFilter& filter);

// kInvalidInput: it is another issuer's, or names no addresses, or some that are not good enough.
Result<Endpoints> parse_discovery(std::string_view text,
                                  std::string_view issuer,
                                  const storage::AddressFilter& filter);

}  // namespace stet::oidc
