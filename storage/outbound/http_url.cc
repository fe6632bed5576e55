#include "storage/outbound/http_url.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "storage/outbound/curl_library.h"

namespace stet::storage {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl().url_cleanup(url); }
};
using UrlHandle = std::unique_ptr<CURLU, FreeUrl>;

// "" where the URL has no such part.
std::string part_of(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl().url_get(url, part, &text, flags) != CURLUE_OK) return "";
  std::string copy(text);
  curl().free(text);
  return copy;
}

// Also of a user without a name. libcurl takes one slash, and three, for two.
bool has_user(std::string_view url) {
  std::size_t begin = url.find_first_not_of('/', std::min(url.find(':'), url.size() - 1) + 1);
  std::string_view authority = url.substr(std::min(begin, url.size()));
  return authority.substr(0, authority.find_first_of("/?#")).find('@') != authority.npos;
}

// 80, 443, and those that any user may listen on.
bool is_port_allowed(unsigned long port) {
  return port == 80 || port == 443 || (port >= 1024 && port <= 65535);
}

}  // namespace

Result<HttpUrl> HttpUrl::parse(std::string_view text, const AddressFilter& filter) {
  if (text.size() > kUrlBytesMax) {
    return invalid_input("a URL has at most " + std::to_string(kUrlBytesMax) + " bytes");
  }
  TRY(load_curl());
  std::string terminated(text);
  UrlHandle url(curl().url());
  bool has_nul = terminated.find('\0') != terminated.npos;
  if (has_nul || curl().url_set(url.get(), CURLUPART_URL, terminated.c_str(), 0) != CURLUE_OK) {
    return invalid_input("this is no URL, such as https://example.org/hooks/stet");
  }
  std::string scheme = part_of(url.get(), CURLUPART_SCHEME);
  if (scheme != "https" && scheme != "http") {
    return invalid_input("a URL begins with https:// or http://");
  }
  if (has_user(text)) {
    return invalid_input("a URL has no user and no password: use a header, or the signature");
  }
  if (!part_of(url.get(), CURLUPART_FRAGMENT).empty()) {
    return invalid_input("a URL that is called has no fragment");
  }
  unsigned long port =
      std::strtoul(part_of(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT).c_str(), nullptr, 10);
  if (!is_port_allowed(port)) {
    return invalid_input("the port is 80, 443, or one from 1024 on");
  }
  HttpUrl parsed{part_of(url.get(), CURLUPART_URL),
                 part_of(url.get(), CURLUPART_HOST),
                 static_cast<std::uint16_t>(port)};
  if (parsed.host.starts_with('[') && parsed.host.ends_with(']')) {
    parsed.host = parsed.host.substr(1, parsed.host.size() - 2);
  }
  auto address = IpAddress::parse(parsed.host);
  if (address && !filter.allows(*address)) {
    return invalid_input("the address " + address->string() +
                         " is of no public network; the server's settings may allow it "
                         "(allowed_networks)");
  }
  return parsed;
}

}  // namespace stet::storage
