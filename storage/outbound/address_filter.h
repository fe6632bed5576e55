// Which machines we may call when somebody else has said whom: those of the public internet.
//
// An address of a private network, of this machine, of a link, or of a cloud's metadata is refused,
// and so is every form that leads to one of them through another protocol: IPv4 mapped into IPv6,
// NAT64, 6to4, Teredo. An operator may allow networks by name. Threads: values.
#pragma once

#include <vector>

#include "storage/base/ip_address.h"

namespace stet::storage {

class AddressFilter {
 public:
  AddressFilter() = default;
  explicit AddressFilter(std::vector<Network> allowed) : allowed_(std::move(allowed)) {}

  bool allows(const IpAddress& address) const;

 private:
  std::vector<Network> allowed_;  // beside the public internet
};

}  // namespace stet::storage
