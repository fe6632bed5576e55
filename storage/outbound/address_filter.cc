#include "storage/outbound/address_filter.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace stet::storage {
namespace {

struct Block {
  std::array<std::uint8_t, 16> bytes;
  std::size_t bits;
};

// What IANA's registry of special-purpose addresses does not call globally reachable (RFC 6890 and
// its successors), and multicast.
constexpr Block kSpecial4[] = {
    {{0}, 8},             // this network
    {{10}, 8},            // private
    {{100, 64}, 10},      // carriers' NAT
    {{127}, 8},           // loopback
    {{169, 254}, 16},     // the link; metadata of clouds
    {{172, 16}, 12},      // private
    {{192, 0, 0}, 24},    // protocols
    {{192, 0, 2}, 24},    // documentation
    {{192, 88, 99}, 24},  // 6to4 relays
    {{192, 168}, 16},     // private
    {{198, 18}, 15},      // benchmarks
    {{198, 51, 100}, 24},
    {{203, 0, 113}, 24},
    {{224}, 4},  // multicast
    {{240}, 4},  // reserved, broadcast
};

// Global unicast is 2000::/3. All else is refused: loopback, link-local, unique local (fc00::/7),
// IPv4-mapped (::ffff:0:0/96), NAT64 (64:ff9b::/96, 64:ff9b:1::/48).
constexpr Block kGlobal6 = {{0x20}, 3};
constexpr Block kSpecial6[] = {
    {{0x20, 0x01, 0x00}, 23},        // protocols: Teredo, ORCHID
    {{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    {{0x20, 0x02}, 16},              // 6to4
    {{0x3f, 0xff}, 20},              // documentation
};

template <std::size_t Size>
bool is_in(const IpAddress& address, const Block (&blocks)[Size]) {
  return std::any_of(std::begin(blocks), std::end(blocks), [&](const Block& block) {
    return has_prefix(address.bytes, block.bytes, block.bits);
  });
}

bool is_public(const IpAddress& address) {
  if (address.size == 4) return !is_in(address, kSpecial4);
  bool is_global = has_prefix(address.bytes, kGlobal6.bytes, kGlobal6.bits);
  return address.size == 16 && is_global && !is_in(address, kSpecial6);
}

}  // namespace

bool AddressFilter::allows(const IpAddress& address) const {
  if (is_public(address)) return true;
  return std::any_of(allowed_.begin(), allowed_.end(), [&](const Network& network) {
    return network.contains(address);
  });
}

}  // namespace stet::storage
