// The server's settings: a file of the server, never of the repository, so that no push can change
// whom the server trusts or what it runs.
//
// TOML-like, one `key = value` a line under [sections] (settings_lines.h); which there are, what
// each may be and what it is for stands in one table (setting_table.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "api/auth/rate_limiter.h"
#include "api/auth/sessions.h"
#include "api/git/push_policy.h"
#include "api/program/oidc_settings.h"
#include "api/program/repacker.h"
#include "api/program/target_settings.h"
#include "cms/media/rules.h"
#include "storage/base/result.h"
#include "storage/outbound/address_filter.h"

namespace stet::program {

struct Settings {
  struct Http {                         // [http]: the flags of `stet serve` go before
    std::string address = "127.0.0.1";  // to listen on
    std::uint16_t port = 4000, admin_port = 4001;
    std::string url;  // of the public pages: site.url; "": the address
  } http;
  struct Commits {
    std::string name = "stet", email = "stet@localhost";  // of the committer
  } commits;
  struct Remote {                                   // [remote]: the upstream that is followed
    std::string url, branch, ssh_key, known_hosts;  // url "": there is none
    std::string credentials, credential_helper;
    std::int64_t poll_seconds = 300;  // 0: only when a hook says so
    std::int64_t seconds_max = 120;   // of one fetch or push
    std::uint64_t fetch_mib_max = 4096;
    bool is_pushing = true;
    bool is_following_rewrites = true;
  } remote;
  struct Follow {       // [follow]: another server of the same site
    std::string url;    // of the leader's repository; "": this one leads
    std::string token;  // file
    std::string ssh_key, known_hosts;
    std::vector<std::string> peers;  // that a leader looks at
    std::int64_t poll_seconds = 5;   // 0: only when a hook says so
    std::int64_t seconds_max = 600;  // of one fetch
  } follow;
  // By provider ("github", "gitea", "forgejo", "gitlab", "bitbucket", "generic"): the file that
  // holds the secrets, and these.
  std::map<std::string, std::string, std::less<>> hook_files;
  std::map<std::string, std::vector<std::string>, std::less<>> hook_secrets;
  std::vector<Network> trusted_proxies;
  std::vector<std::string> allowed_origins;
  bool has_forwarded = false;  // these proxies write Forwarded, not X-Forwarded-For and -Proto
  std::string admin_url;       // where people reach the admin origin; "": where it listens
  std::vector<std::string> theme_folders;  // of themes, by name
  std::vector<std::string> sass_command;   // Dart Sass's, with arguments of its own; empty: none
  std::uint64_t renditions_mib_max = 256;  // of HTML in memory, beside the site itself
  std::uint64_t texts_mib_max = 256;       // of the site's files in memory, likewise
  std::uint64_t objects_mib_max = 112;     // of git's trees, small files and commits, likewise
  std::uint64_t pages_mib_max = 128;       // of pages, likewise: half rendered, half compressed
  std::uint64_t answers_mib_max = 32;      // of entries' JSON, likewise
  double audit_share = 0.01;               // of one core, in idle time; 0: no audits
  bool is_any_owner_trusted = false;
  bool is_searching = true;  // an index of the site's text is kept beside the ledger
  RepackSettings repack;     // [maintenance]
  git::PushPolicy push;      // [push]: what the gate does with what it finds
  struct Limits {            // [limits]
    std::uint32_t connections = 10'000, connections_per_address = 256;
    std::int64_t header_seconds = 10, body_seconds = 30, idle_seconds = 60, write_seconds = 30;
    auth::RateLimiter::Rates per_minute = {.requests = 1'200'000, .writes = 30'000};  // of a caller
    std::uint64_t repository_mib = 0;                                                 // 0: any size
    std::uint64_t render_steps = 50'000'000;
    std::uint64_t page_mib = 32;
  } limits;
  struct Git {  // [git]: over HTTP
    std::uint64_t push_mib_max = 512;
    std::uint64_t file_mib_max = git::kFileMib;  // of a file that a push brings to a branch
    unsigned concurrent_max = 4;
    unsigned waiting_max = 64;  // for one of those to end
    unsigned waiting_seconds_max = 30;
    std::int64_t seconds_max = 600;
  } git;
  auth::SessionLimits sessions;             // [sessions]
  OidcSettings oidc;                        // [oidc.NAME]: who else vouches for people
  TargetsSettings targets;                  // [targets.NAME]: where the site goes
  struct Webhooks {                         // [webhooks]: outgoing ones
    std::vector<Network> allowed_networks;  // beside the public internet
    std::int64_t disable_days = 5;          // without anything taken
    std::int64_t log_days = 30;             // deliveries that are done are kept
  } webhooks;
  struct Media {                            // [media]
    media::Limits limits;                   // of uploads
    std::uint64_t variants_mib_max = 1024;  // smaller versions of pictures, on disk
  } media;
};

// How much is done about files that hold secrets.
enum class Secrets {
  kRead,       // all are read
  kReachable,  // but not credentials, which systemd hands to the service alone
  kNamed,      // none is looked at
};

// kInvalidInput names file, line and key: the first thing that is wrong, and how many more there
// are. "" is the defaults.
Result<Settings> read_settings(const std::filesystem::path& file, Secrets secrets = Secrets::kRead);

// All that is wrong with the file, each "FILE:LINE: what, and the mend". kNotFound: there is none.
Result<std::vector<std::string>> check_settings(const std::filesystem::path& file);

}  // namespace stet::program
