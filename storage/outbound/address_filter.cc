#include "storage/outbound/address_filter.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "storage/base/utf8.h"

namespace stet::storage {
namespace {

struct Block {
  std::array<std::uint8_t, 16> bytes;
  std::size_t bits;
};

bool has_prefix(const std::uint8_t* bytes, const std::uint8_t* prefix, std::size_t bits) {
  std::size_t whole = bits / 8, rest = bits % 8;
  if (!std::equal(prefix, prefix + whole, bytes)) return false;
  if (rest == 0) return true;
  auto mask = static_cast<std::uint8_t>(0xff << (8 - rest));
  return (bytes[whole] & mask) == (prefix[whole] & mask);
}

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
    return has_prefix(address.bytes.data(), block.bytes.data(), block.bits);
  });
}

bool is_public(const IpAddress& address) {
  if (address.size == 4) return !is_in(address, kSpecial4);
  bool is_global = has_prefix(address.bytes.data(), kGlobal6.bytes.data(), kGlobal6.bits);
  return address.size == 16 && is_global && !is_in(address, kSpecial6);
}

}  // namespace

Result<IpAddress> IpAddress::parse(std::string_view text) {
  IpAddress address;
  std::string terminated(text);
  if (::inet_pton(AF_INET, terminated.c_str(), address.bytes.data()) == 1) {
    address.size = 4;
  } else if (::inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) {
    address.size = 16;
  } else {
    return invalid_input("'" + printable(text, 60) + "' is no IP address");
  }
  return address;
}

IpAddress IpAddress::of(const ::sockaddr* address) {
  IpAddress found;
  if (address->sa_family == AF_INET) {
    found.size = 4;
    std::memcpy(found.bytes.data(), &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, 4);
  } else if (address->sa_family == AF_INET6) {
    found.size = 16;
    std::memcpy(found.bytes.data(), &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, 16);
  }
  return found;
}

std::string IpAddress::string() const {
  char text[INET6_ADDRSTRLEN] = "";
  ::inet_ntop(size == 4 ? AF_INET : AF_INET6, bytes.data(), text, sizeof text);
  return text;
}

Result<Network> Network::parse(std::string_view text) {
  std::size_t slash = text.find('/');
  Network network;
  network.address = TRY(IpAddress::parse(text.substr(0, slash)));
  network.bits = network.address.size * 8;
  if (slash != text.npos) {
    std::string_view bits = text.substr(slash + 1);
    std::size_t number = 0;
    auto [end, error] = std::from_chars(bits.data(), bits.data() + bits.size(), number);
    bool is_number = error == std::errc() && end == bits.data() + bits.size();
    if (!is_number || number > network.bits) {
      return invalid_input("'" + printable(text, 60) + "' is no network, such as 10.0.0.0/8");
    }
    network.bits = number;
  }
  IpAddress cut;
  cut.size = network.address.size;
  for (std::size_t bit = 0; bit < network.bits; ++bit) {
    cut.bytes[bit / 8] |= network.address.bytes[bit / 8] & (0x80 >> (bit % 8));
  }
  if (cut.bytes != network.address.bytes) {
    return invalid_input("'" + printable(text, 60) + "' has bits behind its prefix; it is " +
                         cut.string() + "/" + std::to_string(network.bits));
  }
  return network;
}

bool Network::contains(const IpAddress& other) const {
  return other.size == address.size && has_prefix(other.bytes.data(), address.bytes.data(), bits);
}

bool AddressFilter::allows(const IpAddress& address) const {
  if (is_public(address)) return true;
  return std::any_of(allowed_.begin(), allowed_.end(), [&](const Network& network) {
    return network.contains(address);
  });
}

}  // namespace stet::storage
