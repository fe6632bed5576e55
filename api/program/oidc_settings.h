// [oidc] and [oidc.NAME] of the settings: who else vouches for people.
//
// Threads: values.
#pragma once

#include <string>
#include <vector>

#include "api/oidc/provider.h"
#include "storage/base/result.h"

namespace stet::program {

struct OidcSettings {
  std::vector<storage::Network> allowed_networks;  // on which providers may be
  std::vector<oidc::ProviderSettings> providers;   // in the order of the file

  // One `key = values` of [oidc] (`provider` ""), or of [oidc.<provider>]. kInvalidInput names the
  // key and the mend.
  Status take(const std::string& provider,
              const std::string& key,
              const std::vector<std::string>& values);
  // Once all is read: what each provider needs is there.
  Status check() const;

 private:
  oidc::ProviderSettings& provider_of(const std::string& id);
};

}  // namespace stet::program
