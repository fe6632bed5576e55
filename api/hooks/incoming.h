// /hooks/{github,gitea,forgejo,gitlab,bitbucket,generic}, where forges say that something was
// pushed, and /hooks/local for our own git hook.
//
// A delivery is a hint and no more: its signature is checked over the bytes as they came, in
// constant time, by any secret that the settings have; then git is asked what has moved, and
// nothing of the body is believed or even read. What was verified is answered 202 at once; the
// fetch is somebody else's, so the one file on the way is the ledger. A delivery that was seen
// before, an event that moves no branch and a ping are 202 without work. What cannot be verified is
// 403; a header that came twice, or an id longer than any forge's, 400; a form from a forge that
// does not sign its payload, and all but JSON, 415; a provider without a secret in the settings
// 404; GET 405. Threads: any.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "api/hooks/delivery.h"
#include "api/hooks/head_follower.h"
#include "api/http/message.h"
#include "storage/base/clock.h"
#include "storage/sqlite/ledger.h"

namespace stet::hooks {

struct IncomingSettings {
  // By provider: "github", "gitea", "forgejo", "gitlab", "bitbucket", "generic". Several while a
  // secret is being replaced; an empty one is never accepted. For GitLab's and the generic hook a
  // secret "whsec_..." means Standard Webhooks 1.0.0.
  std::map<std::string, std::vector<std::string>, std::less<>> secrets = {};
  std::string local_secret = {};  // of /hooks/local; "": there is no such hook
};

class IncomingHooks {
 public:
  static constexpr std::int64_t kRememberedSeconds = 30 * 86'400;  // ids of deliveries

  // `pushed` is called, from any thread, when a forge says so: it must not take long.
  IncomingHooks(IncomingSettings settings,
                HeadFollower& follower,
                std::function<void()> pushed,
                storage::Ledger& ledger,
                const Clock& clock)
      : settings_(std::move(settings)),
        follower_(follower),
        pushed_(std::move(pushed)),
        ledger_(ledger),
        clock_(clock) {}

  // From the next delivery on.
  void set_secrets(decltype(IncomingSettings::secrets) secrets);

  // For paths that begin with "/hooks/".
  http::Response answer(const http::Request& request) const;

 private:
  http::Response forge(const http::Request& request, std::string_view provider) const;
  http::Response local(const http::Request& request) const;
  bool is_new(const Delivery& delivery) const;

  std::vector<std::string> secrets_of(std::string_view provider) const;

  mutable std::mutex mutex_;   // of settings_.secrets
  IncomingSettings settings_;  // all but the secrets stays as it is
  HeadFollower& follower_;
  const std::function<void()> pushed_;
  storage::Ledger& ledger_;
  const Clock& clock_;
  mutable std::atomic<std::int64_t> swept_{0};  // when old deliveries were last forgotten
};

}  // namespace stet::hooks
