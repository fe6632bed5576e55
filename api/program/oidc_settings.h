// [oidc.NAME] of the settings: who else vouches for people.
//
// Threads: values.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/oidc/provider.h"
#include "storage/base/result.h"

namespace stet::program {

// What a provider's section may say.
struct OidcKey {
  std::string_view key;
  std::string_view example;  // as a settings file has it
  std::string_view about;    // one line
  bool is_list = false;
};

struct OidcSettings {
  static constexpr std::string_view kSecretFile = "client_secret_file";

  std::vector<Network> allowed_networks;          // on which providers may be
  std::vector<oidc::ProviderSettings> providers;  // in the order of the file

  // By provider; what they hold is read by whoever reads the settings.
  std::map<std::string, std::string, std::less<>> secret_files;

  static std::span<const OidcKey> keys();
  // One `key = values` of [oidc.<provider>]. kInvalidInput names the key and the mend.
  Status take(const std::string& provider,
              const std::string& key,
              const std::vector<std::string>& values);
  // Once all is read: what each provider needs is there.
  Status check() const;
  oidc::ProviderSettings& provider_of(const std::string& id);
  // The sections of all providers, as a settings file has them; of a secret its file.
  std::string show() const;
  // Beside what is shown.
  std::string secrets() const;
};

}  // namespace stet::program
