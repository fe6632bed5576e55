// Addresses of the internet's two protocols, and networks of them. Threads: values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"

struct sockaddr;

namespace stet {

// IPv4 in 4 bytes, IPv6 in 16, in the network's order.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};
  std::size_t size = 0;

  // kInvalidInput: neither dotted decimal nor IPv6, as inet_pton reads them.
  static Result<IpAddress> parse(std::string_view text);
  // size 0: neither.
  static IpAddress of(const ::sockaddr* address);
  std::string string() const;

  // IPv4 that comes as IPv6 (::ffff:192.0.2.1, RFC 4291 2.5.5.2), as a socket of both has it: IPv4.
  IpAddress unmapped() const;
};

// Whether the first `bits` bits are those of `prefix`.
bool has_prefix(const std::array<std::uint8_t, 16>& bytes,
                const std::array<std::uint8_t, 16>& prefix,
                std::size_t bits);

// How one client is told from another: IPv4 by its address, IPv6 by its /64, of which everybody has
// more addresses than can be counted. A text that is no address: its first sixty bytes.
std::string address_group(std::string_view address);

// "10.0.0.0/8", "fd00::/8", or one address.
struct Network {
  IpAddress address;
  std::size_t bits = 0;

  // kInvalidInput names the mend; bits set behind the prefix are none. Of IPv4 that is written as
  // IPv6: the network of IPv4.
  static Result<Network> parse(std::string_view text);
  bool contains(const IpAddress& other) const;
};

// Whether any of them has the address, unmapped.
bool is_in_any(const std::vector<Network>& networks, std::string_view address);

}  // namespace stet
