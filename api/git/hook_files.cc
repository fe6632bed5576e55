#include "api/git/hook_files.h"

#include <string_view>

#include "storage/base/durable_file.h"
#include "storage/git/settings.h"

namespace stet::git {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "# Installed by stet";
constexpr std::string_view kHooks[] = {"pre-receive", "proc-receive", "post-receive"};
constexpr std::uint64_t kScriptBytesMax = 64 * 1024;

std::string quoted(const std::string& text) {
  std::string quoted = "'";
  for (char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string script_of(std::string_view hook, const HookSettings& settings) {
  std::string program = quoted(settings.program.string());
  std::string script = "#!/bin/sh\n" + std::string(kMark) +
                       "; `stet serve` writes it anew when it starts.\nif ! [ -x " + program +
                       " ]; then\n  echo \"stet is not at \"" + program +
                       "\" any more: to push without it, remove $0\" >&2\n  exit 1\nfi\n";
  script += "exec " + program + " hook " + std::string(hook);
  if (!settings.branch.empty()) script += " --branch " + quoted(settings.branch);
  if (!settings.state.empty()) script += " --state " + quoted(settings.state.string());
  if (hook != "post-receive") script += " --policy " + quoted(settings.policy.string());
  if (hook == "proc-receive") {
    script += " --committer " + quoted(settings.committer_name) + " --email " +
              quoted(settings.committer_email);
  }
  return script + "\n";
}

bool is_ours(const fs::path& path) {
  auto script = read_file(path, kScriptBytesMax);
  return script && script->find(kMark) != std::string::npos;
}

Status write_script(const fs::path& path, const std::string& script) {
  auto there = read_file(path, kScriptBytesMax);
  if (there && *there == script) return {};
  TRY(write_durably(path, script));
  std::error_code failure;
  fs::permissions(path,
                  fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                      fs::perms::others_read | fs::perms::others_exec,
                  failure);
  if (failure) return internal("make '" + path.string() + "' a program: " + failure.message());
  return {};
}

}  // namespace

Status write_hooks(const fs::path& folder, const HookSettings& settings) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  std::string others;
  for (std::string_view hook : kHooks) {
    fs::path path = folder / hook;
    if (fs::exists(fs::symlink_status(path, failure)) && !is_ours(path)) {
      others += (others.empty() ? "'" : "', '") + path.string();
      continue;
    }
    TRY(write_script(path, script_of(hook, settings)));
  }
  if (others.empty()) return {};
  return conflict(others + "' is not stet's and was left alone: pushes go by what it says");
}

Status install_hooks(const storage::Repository& repository, const HookSettings& settings) {
  TRY(write_hooks(repository.path() / "hooks", settings));
  TRY(storage::add_setting(repository, std::string(kMergeSetting), std::string(kMergeValue)));
  return storage::set_default(repository, "receive.advertisePushOptions", "true");
}

bool has_hooks(const fs::path& folder) {
  for (std::string_view hook : kHooks) {
    if (is_ours(folder / hook)) return true;
  }
  return false;
}

}  // namespace stet::git
