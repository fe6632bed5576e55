// The field Forwarded: whatever it says, addresses are addresses or nothing.

#include <arpa/inet.h>

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/http/forwarded.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  auto hops = stet::http::parse_forwarded({reinterpret_cast<const char*>(bytes), size});
  if (!hops) return 0;
  if (hops->size() > stet::http::kForwardedHopsMax) std::abort();
  for (const stet::http::ForwardedHop& hop : *hops) {
    unsigned char address[16];
    const bool is_address = ::inet_pton(AF_INET, hop.address.c_str(), address) == 1 ||
                            ::inet_pton(AF_INET6, hop.address.c_str(), address) == 1;
    if (!is_address && !hop.address.empty()) std::abort();
  }
  return 0;
}
