// Which machines we may call when somebody else has said whom: those of the public internet.
//
// An address of a private network, of this machine, of a link, or of a cloud's metadata is refused,
// and so is every form that leads to one of them through another protocol: IPv4 mapped into IPv6,
// NAT64, 6to4, Teredo. An operator may allow networks by name. Threads: values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"

struct sockaddr;

namespace stet::storage {

// IPv4 in 4 bytes, IPv6 in 16, in the network's order.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};
  std::size_t size = 0;

  // kInvalidInput: neither dotted decimal nor IPv6, as inet_pton reads them.
  static Result<IpAddress> parse(std::string_view text);
  // size 0: neither.
  static IpAddress of(const ::sockaddr* address);
  std::string string() const;
};

// "10.0.0.0/8", "fd00::/8", or one address.
struct Network {
  IpAddress address;
  std::size_t bits = 0;

  // kInvalidInput names the mend; bits set behind the prefix are none.
  static Result<Network> parse(std::string_view text);
  bool contains(const IpAddress& other) const;
};

class AddressFilter {
 public:
  AddressFilter() = default;
  explicit AddressFilter(std::vector<Network> allowed) : allowed_(std::move(allowed)) {}

  bool allows(const IpAddress& address) const;

 private:
  std::vector<Network> allowed_;  // beside the public internet
};

}  // namespace stet::storage
