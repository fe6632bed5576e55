#include "api/program/oidc_settings.h"

#include <algorithm>

#include "api/auth/names.h"
#include "api/program/toml_text.h"
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

Status take_domains(const std::vector<std::string>& values, oidc::ProviderSettings& provider) {
  for (const std::string& domain : values) {
    provider.mail_domains.push_back(auth::lower_case(domain));
  }
  return {};
}

constexpr OidcKey kKeys[] = {
    {"name", "\"Example\"", "on the button"},
    {"issuer", "\"https://login.example.org\"", "as the provider writes it"},
    {"client_id", "\"stet\"", "as the provider knows this server"},
    {OidcSettings::kSecretFile,
     "\"/etc/stet/example.secret\"",
     "file with the secret; or credential:NAME"},
    {"scopes", R"(["openid", "email", "profile"])", "that are asked for", true},
    {"second_factor", "\"ask\"", "ours as well; provider: theirs is enough"},
    {"mail_domains", "[]", "whose mails are taken from it, such as example.org; else all", true},
    {"create_users",
     "\"author\"",
     "the role of those who have no account yet; without this line they stay out"},
};

Status take_key(const std::string& key,
                const std::vector<std::string>& values,
                oidc::ProviderSettings& provider) {
  if (key == "scopes") return take_scopes(values, provider);
  if (key == "mail_domains") return take_domains(values, provider);
  const std::string& value = values.front();
  if (key == "name") return take_name(value, provider);
  if (key == "second_factor") return take_second_factor(value, provider);
  if (key == "issuer") {
    provider.issuer = value;
  } else if (key == "client_id") {
    provider.client_id = value;
  } else if (key == "create_users") {
    provider.created_role = TRY(auth::parse_role(value));
  }
  return {};
}

Error no_key(const std::string& key) {
  std::string known;
  for (const OidcKey& one : kKeys) known.append(known.empty() ? "" : ", ").append(one.key);
  return invalid_input("there is no setting '" + printable(key, 60) +
                       "' of a provider; there are " + known);
}

}  // namespace

oidc::ProviderSettings& OidcSettings::provider_of(const std::string& id) {
  auto found = std::find_if(
      providers.begin(), providers.end(), [&](const auto& provider) { return provider.id == id; });
  if (found != providers.end()) return *found;
  return providers.emplace_back(oidc::ProviderSettings{
      .id = id, .name = id, .issuer = "", .client_id = "", .client_secret = ""});
}

std::span<const OidcKey> OidcSettings::keys() { return kKeys; }

Status OidcSettings::take(const std::string& provider,
                          const std::string& key,
                          const std::vector<std::string>& values) {
  if (provider.empty()) {
    return invalid_input("there is no setting 'oidc." + printable(key, 60) +
                         "'; a provider has a section of its own, such as [oidc.example]");
  }
  if (!is_id(provider)) {
    return invalid_input(
        "a provider is called by 1 to 32 of a-z, 0-9 and '-', as in [oidc.example]");
  }
  auto known = std::find_if(
      std::begin(kKeys), std::end(kKeys), [&](const OidcKey& one) { return one.key == key; });
  if (known == std::end(kKeys)) return no_key(key);
  if (values.size() != 1 && !known->is_list) return invalid_input("'" + key + "' is one value");
  if (key == kSecretFile) {
    secret_files[provider] = values.front();
    provider_of(provider);
    return {};
  }
  return take_key(key, values, provider_of(provider));
}

std::string OidcSettings::show() const {
  std::string shown;
  for (const oidc::ProviderSettings& one : providers) {
    auto file = secret_files.find(one.id);
    shown += "\n[oidc." + one.id + "]\nname = " + toml(one.name) +
             "\nissuer = " + toml(one.issuer) + "\nclient_id = " + toml(one.client_id) + "\n";
    if (file != secret_files.end()) {
      shown.append(kSecretFile).append(" = " + toml(file->second) + "\n");
    }
    shown += "scopes = " + toml(one.scopes) +
             "\nsecond_factor = " + toml(one.asks_second_factor ? "ask" : "provider") +
             "\nmail_domains = " + toml(one.mail_domains) + "\n";
    if (one.created_role) shown += "create_users = " + toml(name_of(*one.created_role)) + "\n";
  }
  return shown;
}

std::string OidcSettings::secrets() const {
  std::string all;
  for (const oidc::ProviderSettings& one : providers) all += toml(one.client_secret);
  return all;
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
