// One OpenID provider: what the settings say of it, what it says of itself, its keys, and whom it
// says somebody is.
//
// What it says of itself is asked for when it is first needed, and kept for an hour; its keys
// likewise, and anew where a token names one that is not among them, once in kRefetchSeconds. What
// has failed is not tried again for kPauseSeconds. Threads: any; methods wait for the provider, one
// at a time where they ask for what is kept. Limits: of each call ten seconds and 256 KiB. Errors:
// kUnavailable where there was no answer, kForbidden where it refuses, kInvalidInput where what it
// says does not hold; none shows a secret.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/auth/roles.h"
#include "api/oidc/claims.h"
#include "api/oidc/discovery.h"
#include "api/oidc/flows.h"
#include "api/oidc/key_set.h"
#include "storage/outbound/fetch.h"

namespace stet::oidc {

struct ProviderSettings {
  std::string id;                        // in paths, and in the log
  std::string name;                      // for people, on a button
  std::string issuer;                    // as the provider writes it
  std::string client_id, client_secret;  // secret "": a public client
  std::vector<std::string> scopes = {"openid", "email", "profile"};
  std::vector<std::string> mail_domains = {};  // whose mails are taken from it; empty: all
  std::optional<auth::Role> created_role = std::nullopt;  // of new users; none: none are made
  bool asks_second_factor = true;                         // ours, of those who have one
};

// The outside, as providers reach it and are reached.
struct Outside {
  storage::AddressFilter filter = {};
  std::string agent;
  storage::CallLimits limits = {.connect_ms_max = 5'000,
                                .total_ms_max = 10'000,
                                .answer_bytes_kept = 256 * 1024,
                                .answer_bytes_max = 256 * 1024};
};

class Provider {
 public:
  static constexpr std::int64_t kKeptSeconds = 3600, kRefetchSeconds = 30, kPauseSeconds = 5;

  // Both must outlive it.
  Provider(ProviderSettings settings, const Outside& outside, const Clock& clock);

  const ProviderSettings& settings() const { return settings_; }
  bool is_known() const;  // no call is needed for endpoints()
  Result<Endpoints> endpoints();
  // Where a browser is sent to.
  std::string authorization_url(const Endpoints& endpoints, const Flow& flow) const;
  // Who has come back with this code. What the token lacks about the mail of those who are not
  // known yet is asked for.
  using IsKnown = std::function<bool(const Claims&)>;
  Result<Claims> claims_of(const Endpoints& endpoints,
                           const Flow& flow,
                           const std::string& code,
                           const IsKnown& is_person_known);

 private:
  using Keys = std::shared_ptr<const KeySet>;
  struct Tokens {
    std::string id_token, access_token;
  };
  Result<std::string> get(const std::string& url, const std::string& access_token);
  std::optional<Result<Endpoints>> kept_endpoints() const;
  Keys kept_keys(bool is_other_wanted) const;  // null: they are to be asked for
  Result<Keys> keys(const Endpoints& endpoints, bool is_other_wanted);
  Status check_signature(const Endpoints& endpoints, const SignedToken& token);
  Result<Tokens> exchange(const Endpoints& endpoints, const Flow& flow, const std::string& code);
  Status ask_about_user(const Endpoints& endpoints,
                        const std::string& access_token,
                        Claims& claims);

  const ProviderSettings settings_;
  const Outside& outside_;
  const Clock& clock_;
  std::mutex asking_;         // held while what is kept is asked for
  mutable std::mutex mutex_;  // of what follows
  std::optional<Endpoints> endpoints_;
  Keys keys_;
  Instant endpoints_at_, keys_at_, failed_at_;
  std::optional<Error> failure_;  // of the last call for what is kept
};

}  // namespace stet::oidc
