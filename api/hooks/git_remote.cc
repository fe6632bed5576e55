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

// Where the remote's branch is looked at that ours cannot simply follow.
std::string upstream_ref(const std::string& branch) { return "refs/stet/upstream/" + branch; }

storage::Command git(const GitRemoteSettings& settings, std::vector<std::string> arguments) {
  storage::Command command;
  command.argv = {"git",
                  "--git-dir=" + settings.repository.string(),
                  "-c",
                  "gc.auto=0",
                  "-c",
                  "maintenance.auto=false"};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  command.environment = {"PATH=/usr/local/bin:/usr/bin:/bin",
                         "LC_ALL=C",
                         "GIT_CONFIG_NOSYSTEM=1",
                         "GIT_CONFIG_GLOBAL=/dev/null",
                         "GIT_TERMINAL_PROMPT=0",
                         "GIT_ALLOW_PROTOCOL=file:git:http:https:ssh",
                         "GIT_SSH_COMMAND=" + ssh_command(settings)};
  command.limits.wall_ms = settings.wall_ms;
  return command;
}

Result<storage::Finished> fetch_into(const GitRemoteSettings& settings, const std::string& target) {
  const std::string& theirs =
      settings.remote_branch.empty() ? settings.branch : settings.remote_branch;
  std::string from = "refs/heads/" + theirs;
  // With a plus the reference moves wherever the remote is; without one, forward or not at all.
  bool is_ours = target.starts_with("refs/heads/");
  return storage::run(git(settings,
                          {"fetch",
                           "--no-tags",
                           "--no-write-fetch-head",
                           "--no-recurse-submodules",
                           "--end-of-options",
                           settings.url,
                           (is_ours ? "" : "+") + from + ":" + target}));
}

// Ours has all that theirs has, and more; or both have moved.
Status check_ahead(const GitRemoteSettings& settings) {
  std::string upstream = upstream_ref(settings.branch);
  auto fetched = TRY(fetch_into(settings, upstream));
  Status status = storage::check_success(fetched, "git fetch");
  if (!status) return unavailable(status.error().message);
  auto compared = TRY(storage::run(
      git(settings, {"merge-base", "--is-ancestor", upstream, "refs/heads/" + settings.branch})));
  if (storage::check_success(compared, "git merge-base")) return {};
  return conflict("branch '" + settings.branch +
                  "' has commits that the remote has not, and the other way round; merge them in "
                  "a clone and push to both");
}

}  // namespace

Status GitRemote::fetch() {
  TRY(check_url(settings_.url));
  auto finished = TRY(fetch_into(settings_, "refs/heads/" + settings_.branch));
  Status fetched = storage::check_success(finished, "git fetch");
  if (fetched) return {};
  bool is_rejected = finished.error.find("non-fast-forward") != std::string::npos;
  return is_rejected ? check_ahead(settings_) : unavailable(fetched.error().message);
}

}  // namespace stet::hooks
