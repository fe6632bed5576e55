#include "storage/base/ip_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <span>

#include "storage/base/hex.h"
#include "storage/base/utf8.h"

namespace stet {

bool has_prefix(const std::array<std::uint8_t, 16>& bytes,
                const std::array<std::uint8_t, 16>& prefix,
                std::size_t bits) {
  const std::size_t whole = bits / 8, rest = bits % 8;
  if (!std::equal(prefix.begin(), prefix.begin() + whole, bytes.begin())) return false;
  if (rest == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xff << (8 - rest));
  return (bytes[whole] & mask) == (prefix[whole] & mask);
}

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

IpAddress IpAddress::unmapped() const {
  constexpr std::array<std::uint8_t, 16> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (size != 16 || !has_prefix(bytes, kMapped, 96)) return *this;
  IpAddress address;
  address.size = 4;
  std::copy(bytes.begin() + 12, bytes.end(), address.bytes.begin());
  return address;
}

std::string address_group(std::string_view text) {
  auto address = IpAddress::parse(text);
  if (!address) return std::string(text.substr(0, 60));
  const IpAddress own = address->unmapped();
  if (own.size == 4) return own.string();
  return encode_hex(std::span(own.bytes).first<8>()) + "/64";
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
  constexpr std::size_t kMappedBits = 96;
  const IpAddress own = network.address.unmapped();
  if (own.size != network.address.size && network.bits >= kMappedBits) {
    return Network{own, network.bits - kMappedBits};
  }
  return network;
}

bool Network::contains(const IpAddress& other) const {
  return other.size == address.size && has_prefix(other.bytes, address.bytes, bits);
}

bool is_in_any(const std::vector<Network>& networks, std::string_view text) {
  if (networks.empty()) return false;
  auto address = IpAddress::parse(text);
  return address && std::any_of(networks.begin(), networks.end(), [&](const Network& network) {
           return network.contains(address->unmapped());
         });
}

}  // namespace stet
