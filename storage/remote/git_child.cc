#include "storage/remote/git_child.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <utility>

#include "storage/base/durable_file.h"
#include "storage/base/utf8.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReasonBytesMax = 300;

std::string quoted(const std::string& text) {
  std::string quoted = "'";
  for (char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string ssh_command(const UpstreamSettings& settings) {
  std::string command = quoted(settings.ssh.string()) +
                        " -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15"
                        " -o ServerAliveCountMax=3";
  if (!settings.ssh_key.empty()) {
    command += " -o IdentitiesOnly=yes -i " + quoted(settings.ssh_key.string());
  }
  if (!settings.known_hosts.empty()) {
    command += " -o UserKnownHostsFile=" + quoted(settings.known_hosts.string());
  }
  return command;
}

// git also tells its helpers to keep what worked and to forget what did not: the file is its
// owner's, and is only read.
std::string reading_helper(const fs::path& file) {
  return "!f() { test \"$1\" = get && git credential-store --file=" + quoted(file.string()) +
         " get; }; f";
}

// Whatever user's name comes with it, a token is a password.
std::string token_helper(const fs::path& file) {
  return "!f() { test \"$1\" = get && echo username=stet && printf 'password=%s\\n' \"$(head -n "
         "1 " +
         quoted(file.string()) + ")\"; }; f";
}

// "https://host:port" of a URL of the web: nobody else is shown the token, wherever a redirect
// leads. "": it is no such URL.
std::string web_origin(const std::string& url) {
  const bool is_web = url.starts_with("http://") || url.starts_with("https://");
  return is_web ? url.substr(0, url.find('/', url.find("://") + 3)) : "";
}

// A URL that git would take for an option or for a program to run, or that has a secret in it.
Status check_url(const std::string& url) {
  std::size_t scheme = url.find("://"), slash = url.find('/');
  if (url.empty() || url.starts_with('-') || url.find("::") < slash || !is_utf8(url) ||
      url.find_first_of("\r\n") != std::string::npos) {
    return invalid_input("'" + printable(redacted(url), 200) +
                         "' is no URL of a remote repository; use https, ssh, git or file");
  }
  bool is_web = url.starts_with("http://") || url.starts_with("https://");
  if (!is_web) return {};
  std::string_view host = std::string_view(url).substr(scheme + 3);
  host = host.substr(0, host.find('/'));
  if (host.find('@') == std::string_view::npos) return {};
  return invalid_input("'" + printable(redacted(url), 200) +
                       "' has a user or a password in it, which every list of processes would "
                       "show; take it out, and name a file that has it: credentials");
}

struct Mend {
  std::string_view said, mend;
};

constexpr std::array kMends = std::to_array<Mend>({
    {"could not read Username", "name a file of credentials, a token, or a credential_helper"},
    {"could not read Password", "name a file of credentials, a token, or a credential_helper"},
    {"Authentication failed", "look at what credentials, token or credential_helper give"},
    {"Host key verification failed", "put the host's key into a file, and name it: known_hosts"},
    {"Permission denied (publickey", "give the site's public key to the remote, and name: ssh_key"},
    {"dubious ownership", "the remote folder belongs to another user"},
});

}  // namespace

Status check_settings(const UpstreamSettings& settings) {
  TRY(check_url(settings.url));
  for (const auto& [file, key] : {std::pair(settings.credentials, "credentials"),
                                  std::pair(settings.token, "token"),
                                  std::pair(settings.ssh_key, "ssh_key")}) {
    if (!file.empty()) TRY(check_secret_file(file, key, settings.systemd_credentials));
  }
  if (settings.credential_helper.find_first_of("\r\n") == std::string::npos) return {};
  return invalid_input("credential_helper is one line");
}

Status check_secret_file(const fs::path& file,
                         std::string_view key,
                         const fs::path& systemd_credentials) {
  const std::string name(key);
  struct stat found;
  if (::stat(file.c_str(), &found) != 0) return error_of_errno("read " + name, file);
  if (!S_ISREG(found.st_mode)) return invalid_input(name + ": '" + file.string() + "' is no file");
  const bool is_systemds =
      !systemd_credentials.empty() &&
      (systemd_credentials / file.filename()).lexically_normal() == file.lexically_normal();
  const unsigned others = is_systemds ? 037 : 077;
  if ((found.st_mode & others) == 0) return {};
  return forbidden(name + ": others may read '" + file.string() +
                   "'; `chmod 600` it, and `chown` it to who serves");
}

Command git_child(const UpstreamSettings& settings, const std::vector<std::string>& arguments) {
  Command command;
  command.argv = {"git", "--git-dir=" + settings.repository.string()};
  auto configure = [&](std::string setting) {
    command.argv.push_back("-c");
    command.argv.push_back(std::move(setting));
  };
  for (const char* setting : {"gc.auto=0",
                              "maintenance.auto=false",
                              "core.hooksPath=/dev/null",
                              "core.fsync=committed",
                              "core.askPass=",
                              "fetch.unpackLimit=1",
                              "fetch.fsckObjects=true",
                              "fetch.writeCommitGraph=false",
                              "http.lowSpeedLimit=1000",
                              "http.lowSpeedTime=60",
                              "pack.threads=1",
                              "pack.windowMemory=64m"}) {
    configure(setting);
  }
  for (std::string_view old : kOldHistory) {
    configure(std::string("fetch.fsck.").append(old).append("=ignore"));
  }
  bool has_helper = !settings.credentials.empty() || !settings.token.empty() ||
                    !settings.credential_helper.empty();
  if (has_helper) configure("credential.helper=");  // none but these
  if (!settings.credentials.empty()) {
    configure("credential.helper=" + reading_helper(settings.credentials));
  }
  const std::string origin = web_origin(settings.url);
  if (!settings.token.empty() && !origin.empty()) {
    configure("credential." + origin + ".helper=" + token_helper(settings.token));
  }
  if (!settings.credential_helper.empty()) {
    configure("credential.helper=" + settings.credential_helper);
  }
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  command.environment = {"PATH=/usr/local/bin:/usr/bin:/bin",
                         "LC_ALL=C",
                         "GIT_CONFIG_NOSYSTEM=1",
                         "GIT_CONFIG_GLOBAL=/dev/null",
                         "GIT_TERMINAL_PROMPT=0",
                         "GIT_ALLOW_PROTOCOL=file:git:http:https:ssh",
                         "GIT_SSH_COMMAND=" + ssh_command(settings)};
  command.limits.wall_ms = settings.wall_ms;
  command.limits.written_file_bytes = settings.fetch_bytes_max;
  return command;
}

std::string redacted(std::string_view text) {
  constexpr std::string_view kScheme = "://";
  std::string safe;
  while (!text.empty()) {
    std::size_t scheme = text.find(kScheme);
    if (scheme == std::string_view::npos) break;
    scheme += kScheme.size();
    safe.append(text.substr(0, scheme));
    text.remove_prefix(scheme);
    std::size_t end = std::min(text.find_first_of("/ \t\r\n'\""), text.size());
    std::size_t at = text.substr(0, end).rfind('@');
    if (at != std::string_view::npos) text.remove_prefix(at + 1);
  }
  return safe.append(text);
}

std::string reason_of(const Finished& finished) {
  using Ending = Finished::Ending;
  if (finished.ending == Ending::kTimedOut) return "it took too long, and was ended";
  if (finished.ending == Ending::kUnwanted) return "the server is stopping";
  std::string_view said;
  for (std::string_view rest = finished.error; !rest.empty();) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    bool is_reason = line.starts_with("fatal: ") || line.starts_with("error: ");
    if (said.empty() || (is_reason && !said.starts_with("fatal: "))) said = line;
  }
  if (said.starts_with("fatal: ") || said.starts_with("error: ")) said.remove_prefix(7);
  std::string reason = printable(redacted(said), kReasonBytesMax);
  if (finished.ending == Ending::kSignalled) reason = "a limit or a signal ended it " + reason;
  if (reason.empty()) reason = "git failed with status " + std::to_string(finished.code);
  for (const Mend& mend : kMends) {
    if (finished.error.find(mend.said) != std::string::npos) {
      return reason.append("; ").append(mend.mend);
    }
  }
  return reason;
}

}  // namespace stet::storage
