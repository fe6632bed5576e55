// /hooks/{github,gitea,forgejo,gitlab,bitbucket,generic}, where forges say that something was
// pushed, and /hooks/local for our own git hook.
//
// A delivery is a hint and no more: its signature is checked over the bytes as they came, in
// constant time; then the branch is fetched and published by what git says, and nothing of the body
// is believed or even read. Verified deliveries are answered 202 at once, and the work is done by
// the HeadFollower; one that was seen before is 202 without work. What cannot be verified is 403;
// a provider without a secret in the settings is 404; GET is 405. Threads: any.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

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
  static constexpr std::uint64_t kBodyBytesMax = std::uint64_t{25} << 20;  // as GitHub caps them
  static constexpr std::int64_t kToleranceSeconds = 5 * 60;  // of Standard Webhooks' timestamps

  IncomingHooks(IncomingSettings settings,
                HeadFollower& follower,
                storage::Ledger& ledger,
                const Clock& clock)
      : settings_(std::move(settings)), follower_(follower), ledger_(ledger), clock_(clock) {}

  // For paths that begin with "/hooks/".
  http::Response answer(const http::Request& request) const;

 private:
  http::Response forge(const http::Request& request, std::string_view provider) const;
  http::Response local(const http::Request& request) const;

  const IncomingSettings settings_;
  HeadFollower& follower_;
  storage::Ledger& ledger_;
  const Clock& clock_;
};

}  // namespace stet::hooks
