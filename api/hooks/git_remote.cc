#include "api/hooks/git_remote.h"

#include "storage/process/process.h"

namespace stet::hooks {
namespace {

// A URL that git would take for an option, or for a program to run.
Status check_url(const std::string& url) {
  if (url.empty() || url.starts_with('-') || url.find("::") < url.find('/')) {
    return invalid_input("'" + url + "' is no URL of a remote; use https, ssh, git or file");
  }
  return {};
}

std::string quoted(const std::string& text) {
  std::string quoted = "'";
  for (char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string ssh_command(const GitRemoteSettings& settings) {
  std::string command = "ssh -o BatchMode=yes";
  if (!settings.ssh_key.empty()) {
    command += " -o IdentitiesOnly=yes -i " + quoted(settings.ssh_key.string());
  }
  if (!settings.known_hosts.empty()) {
    command += " -o UserKnownHostsFile=" + quoted(settings.known_hosts.string());
  }
  return command;
}

}  // namespace

Status GitRemote::fetch() {
  TRY(check_url(settings_.url));
  const std::string& theirs =
      settings_.remote_branch.empty() ? settings_.branch : settings_.remote_branch;
  storage::Command command;
  // Without a plus the reference moves forward or not at all.
  command.argv = {"git",
                  "--git-dir=" + settings_.repository.string(),
                  "-c",
                  "gc.auto=0",
                  "-c",
                  "maintenance.auto=false",
                  "fetch",
                  "--quiet",
                  "--no-tags",
                  "--no-write-fetch-head",
                  "--no-recurse-submodules",
                  "--end-of-options",
                  settings_.url,
                  "refs/heads/" + theirs + ":refs/heads/" + settings_.branch};
  command.environment = {"PATH=/usr/local/bin:/usr/bin:/bin",
                         "LC_ALL=C",
                         "GIT_CONFIG_NOSYSTEM=1",
                         "GIT_CONFIG_GLOBAL=/dev/null",
                         "GIT_TERMINAL_PROMPT=0",
                         "GIT_ALLOW_PROTOCOL=file:git:http:https:ssh",
                         "GIT_SSH_COMMAND=" + ssh_command(settings_)};
  command.limits.wall_ms = settings_.wall_ms;
  auto finished = TRY(storage::run(command));
  Status fetched = storage::check_success(finished, "git fetch");
  if (fetched) return {};
  bool has_diverged = finished.error.find("non-fast-forward") != std::string::npos;
  if (has_diverged) {
    return conflict("branch '" + settings_.branch +
                    "' has commits that the remote has not, and the other way round; merge them "
                    "in a clone and push to both");
  }
  return unavailable(fetched.error().message);
}

}  // namespace stet::hooks
