// The remote as git itself fetches it: `git fetch`, as a child process with limits.
//
// Only ever fast-forwards our branch, by git's own compare-and-swap: a commit that was made here is
// never lost. Where ours is ahead of the remote there is nothing to do; where both have moved,
// theirs is kept under refs/stet/upstream/. Nobody's git configuration is read but the repository's
// own, and nothing asks for a password: credentials are the URL's or ssh's own. Threads: one call
// at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "api/hooks/remote_sync.h"

namespace stet::hooks {

struct GitRemoteSettings {
  std::filesystem::path repository;
  std::string url;                         // https, ssh, git or file; must not begin with "-"
  std::string branch;                      // ours
  std::string remote_branch = {};          // theirs; "": of the same name
  std::filesystem::path ssh_key = {};      // "": ssh's own defaults
  std::filesystem::path known_hosts = {};  // likewise
  std::int64_t wall_ms = 120'000;
};

class GitRemote final : public RemoteSync {
 public:
  explicit GitRemote(GitRemoteSettings settings) : settings_(std::move(settings)) {}
  Status fetch() override;

 private:
  const GitRemoteSettings settings_;
};

}  // namespace stet::hooks
