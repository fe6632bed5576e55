#include "api/program/oidc_settings.h"

#include <algorithm>

#include "api/auth/names.h"
#include "api/program/secret_file.h"
#include "storage/base/utf8.h"

namespace stet::program {
namespace {

constexpr std::size_t kIdBytesMax = 32, kNameBytesMax = 60;

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= kIdBytesMax && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

Status take_scopes(const std::vector<std::string>& values, oidc::ProviderSettings& provider) {
  bool has_openid = std::find(values.begin(), values.end(), "openid") != values.end();
  bool is_plain = std::all_of(values.begin(), values.end(), [](const std::string& scope) {
    return !scope.empty() && scope.find_first_of(" \"\\") == scope.npos;
  });
  if (!has_openid || !is_plain) {
    return invalid_input(R"(scopes is a list with "openid" in it: ["openid", "email", "profile"])");
  }
  provider.scopes = values;
  return {};
}

Status take_name(const std::string& value, oidc::ProviderSettings& provider) {
  if (value.empty() || value.size() > kNameBytesMax || printable(value, kNameBytesMax) != value) {
    return invalid_input("name is what stands on a button: 1 to 60 bytes");
  }
  provider.name = value;
  return {};
}

Status take_second_factor(const std::string& value, oidc::ProviderSettings& provider) {
  if (value != "ask" && value != "provider") {
    return invalid_input(
        "second_factor is ask (ours as well) or provider (the provider's is enough)");
  }
  provider.asks_second_factor = value == "ask";
  return {};
}

Status take_key(const std::string& key,
                const std::vector<std::string>& values,
                oidc::ProviderSettings& provider) {
  const std::string value = values.empty() ? "" : values.front();
  if (key == "issuer") {
    provider.issuer = value;
  } else if (key == "client_id") {
    provider.client_id = value;
  } else if (key == "client_secret_file") {
    provider.client_secret = TRY(read_secrets(value)).front();
  } else if (key == "name") {
    TRY(take_name(value, provider));
  } else if (key == "scopes") {
    TRY(take_scopes(values, provider));
  } else if (key == "mail_domains") {
    for (const std::string& domain : values) {
      provider.mail_domains.push_back(auth::lower_case(domain));
    }
  } else if (key == "create_users") {
    provider.created_role = TRY(auth::parse_role(value));
  } else if (key == "second_factor") {
    TRY(take_second_factor(value, provider));
  } else {
    return invalid_input("there is no setting '" + key + "' of a provider");
  }
  return {};
}

}  // namespace

oidc::ProviderSettings& OidcSettings::provider_of(const std::string& id) {
  auto found = std::find_if(
      providers.begin(), providers.end(), [&](const auto& provider) { return provider.id == id; });
  if (found != providers.end()) return *found;
  return providers.emplace_back(oidc::ProviderSettings{
      .id = id, .name = id, .issuer = "", .client_id = "", .client_secret = ""});
}

Status OidcSettings::take(const std::string& provider,
                          const std::string& key,
                          const std::vector<std::string>& values) {
  if (!provider.empty()) {
    if (is_id(provider)) return take_key(key, values, provider_of(provider));
    return invalid_input(
        "a provider is called by 1 to 32 of a-z, 0-9 and '-', as in [oidc.example]");
  }
  if (key != "allowed_networks") {
    return invalid_input("there is no setting 'oidc." + key +
                         "'; a provider has a section of its own, such as [oidc.example]");
  }
  for (const std::string& text : values) {
    allowed_networks.push_back(TRY(storage::Network::parse(text)));
  }
  return {};
}

Status OidcSettings::check() const {
  const storage::AddressFilter filter(allowed_networks);
  for (const oidc::ProviderSettings& provider : providers) {
    const std::string place = "[oidc." + provider.id + "]";
    if (provider.issuer.empty() || provider.client_id.empty()) {
      return invalid_input(place + " needs an issuer and a client_id");
    }
    Status good = oidc::check_address(provider.issuer, filter);
    if (!good) return std::move(good).error().within(place + " issuer");
  }
  return {};
}

}  // namespace stet::program
