#include "api/program/remote_parts.h"

#include "api/program/log.h"
#include "api/program/secret_file.h"
#include "api/routes/remote.h"

namespace stet::program {

Result<std::unique_ptr<RemoteParts>> RemoteParts::make(const Settings& settings, World world) {
  const Settings::Remote& remote = settings.remote;
  if (remote.url.empty()) return std::unique_ptr<RemoteParts>();
  if (!remote.branch.empty() && !storage::is_branch_name(remote.branch)) {
    return invalid_input("settings: [remote]: '" + remote.branch + "' is no branch's name");
  }
  auto credentials = secret_path(remote.credentials), key = secret_path(remote.ssh_key),
       hosts = secret_path(remote.known_hosts);
  for (const auto* path : {&credentials, &key, &hosts}) {
    if (!*path) return Error(path->error()).within("settings: [remote]");
  }
  std::unique_ptr<RemoteParts> parts(new RemoteParts(remote, std::move(world)));
  auto upstream = storage::Upstream::open({.repository = parts->world_.repository.path(),
                                           .url = remote.url,
                                           .ssh_key = *key,
                                           .known_hosts = *hosts,
                                           .credentials = *credentials,
                                           .systemd_credentials = systemd_credentials(),
                                           .credential_helper = remote.credential_helper,
                                           .wall_ms = remote.seconds_max * 1000,
                                           .fetch_bytes_max = remote.fetch_mib_max << 20});
  if (!upstream) return std::move(upstream).error().within("settings: [remote]");
  parts->upstream_ = *std::move(upstream);
  parts->sync_ = std::make_unique<remote::UpstreamSync>(
      remote::UpstreamSync::Parts{parts->world_.repository,
                                  parts->world_.committer,
                                  *parts->upstream_,
                                  parts->world_.clock,
                                  parts->world_.moved,
                                  [](std::string_view note) { log_note(note); }},
      remote::SyncOptions{.remote_branch = remote.branch,
                          .is_pushing = remote.is_pushing,
                          .is_following_rewrites = remote.is_following_rewrites,
                          .name = settings.commits.name,
                          .email = settings.commits.email});
  return parts;
}

Status RemoteParts::begin() {
  Status begun = sync_->round();
  if (begun) return {};
  return std::move(begun).error().within("fetch " + upstream_->url());
}

void RemoteParts::start() {
  remote::RetryTimes times;
  times.poll = settings_.poll_seconds * remote::RetryTimes::kSecond;
  follower_ = std::make_unique<remote::UpstreamFollower>(
      remote::UpstreamFollower::Parts{*upstream_, *sync_, world_.clock, world_.random},
      times,
      [this](const remote::RemoteReport& report) { api::tell_remote(world_.events, report); });
}

void RemoteParts::stop() {
  if (follower_) follower_->stop();
}

}  // namespace stet::program
