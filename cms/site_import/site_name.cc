#include "cms/site_import/site_name.h"

#include <algorithm>

#include "cms/schedule_import/markup.h"

namespace stet::site_import {
namespace {

constexpr std::string_view kWww = "www.";

std::string_view past_scheme(std::string_view address) {
  std::size_t at = address.find("://");
  if (at != address.npos) return address.substr(at + 3);
  return address.starts_with("//") ? address.substr(2) : address;
}

}  // namespace

std::string host_name(std::string_view address) {
  std::string_view rest = past_scheme(address);
  std::string host = schedule_import::lower_ascii(rest.substr(0, rest.find_first_of("/?#")));
  if (host.starts_with(kWww)) host.erase(0, kWww.size());
  for (std::string_view port : {":80", ":443"}) {
    if (host.ends_with(port)) host.resize(host.size() - port.size());
  }
  return host;
}

std::string address_key(std::string_view address) {
  std::string key = host_name(address);
  std::string_view rest = past_scheme(address);
  rest.remove_prefix(std::min(rest.find_first_of("/?#"), rest.size()));
  for (char c : rest) {
    if (c != '/' || !key.ends_with('/')) key += c;
  }
  return key;
}

std::string site_name(std::string_view address) {
  std::string name = address_key(address.substr(0, address.find_first_of("?#")));
  while (name.ends_with('/')) name.pop_back();
  return name;
}

}  // namespace stet::site_import
