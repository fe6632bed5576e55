#include "api/oidc/discovery.h"

#include <algorithm>

#include "api/oidc/signed_token.h"
#include "storage/outbound/http_url.h"

namespace stet::oidc {
namespace {

bool lists(const Json& json, std::string_view name, std::string_view value) {
  auto list = json.find(name);
  return list != json.end() && list->is_array() &&
         std::find(list->begin(), list->end(), value) != list->end();
}

Result<std::string> address_of(const Json& json,
                               std::string_view name,
                               const storage::AddressFilter& filter) {
  std::string url = text_of(json, name);
  if (url.empty()) return invalid_input("the provider names no " + std::string(name));
  if (Status good = check_address(url, filter); !good) {
    return std::move(good).error().within(std::string(name));
  }
  return url;
}

}  // namespace

std::string discovery_url(std::string_view issuer) {
  while (issuer.ends_with('/')) issuer.remove_suffix(1);
  return std::string(issuer) + "/.well-known/openid-configuration";
}

Status check_address(std::string_view url, const storage::AddressFilter& filter) {
  auto parsed = TRY(storage::HttpUrl::parse(url, filter));
  if (parsed.url.starts_with("https://") || parsed.host == "localhost") return {};
  auto address = IpAddress::parse(parsed.host);
  bool is_private = address && !storage::AddressFilter().allows(*address);
  if (is_private) return {};  // and allowed, or parse() would have refused it
  return invalid_input("a provider is called by https://");
}

Result<Endpoints> parse_discovery(std::string_view text,
                                  std::string_view issuer,
                                  const storage::AddressFilter& filter) {
  auto json = object_of(text);
  if (!json) return invalid_input("what the provider says of itself is no JSON object");
  if (text_of(*json, "issuer") != issuer) {
    return invalid_input(
        "what the provider says of itself is another issuer's; the setting is to "
        "be written as it writes it");
  }
  Endpoints found;
  found.authorization = TRY(address_of(*json, "authorization_endpoint", filter));
  found.token = TRY(address_of(*json, "token_endpoint", filter));
  found.keys = TRY(address_of(*json, "jwks_uri", filter));
  if (json->contains("userinfo_endpoint")) {
    found.user = TRY(address_of(*json, "userinfo_endpoint", filter));
  }
  auto tells = json->find("authorization_response_iss_parameter_supported");
  found.tells_issuer = tells != json->end() && *tells == Json(true);
  constexpr std::string_view kMethods = "token_endpoint_auth_methods_supported";
  found.posts_secret = lists(*json, kMethods, "client_secret_post") &&
                       !lists(*json, kMethods, "client_secret_basic");
  return found;
}

}  // namespace stet::oidc
