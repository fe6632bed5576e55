#include "api/git/hook_files.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "storage/base/durable_file.h"
#include "storage/git/settings.h"

namespace stet::git {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "# Installed by stet";
constexpr std::string_view kTeller = "reference-transaction";
constexpr std::string_view kHooks[] = {"pre-receive", "proc-receive", "post-receive", kTeller};
constexpr std::uint64_t kScriptBytesMax = 64 * 1024;

std::string quoted(const std::string& text) {
  std::string quoted = "'";
  for (char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

// git calls it in the middle of its work: it must be quick, wait for nobody, and never fail. So a
// program is started for our branch alone, while a server runs, and in the background.
std::string teller(const HookSettings& settings) {
  std::string program = quoted(settings.program.string());
  std::string state =
      settings.state.empty() ? "\"${GIT_DIR:-.}/stet\"" : quoted(settings.state.string());
  std::string name =
      settings.branch.empty() ? "refs/heads/*" : quoted("refs/heads/" + settings.branch);
  return "#!/bin/sh\n" + std::string(kMark) +
         "; `stet serve` writes it anew when it starts.\n"
         "[ \"$1\" = committed ] && [ -x " +
         program + " ] && [ -e " + state +
         "/local-hook ] || exit 0\nwhile read -r old new name; do\n  case $name in " + name +
         ")\n    " + program + " hook " + std::string(kTeller) + " --state " + state +
         " </dev/null >/dev/null 2>&1 &\n    exit 0 ;;\n  esac\ndone\nexit 0\n";
}

std::string script_of(std::string_view hook, const HookSettings& settings) {
  if (hook == kTeller) return teller(settings);
  std::string program = quoted(settings.program.string());
  std::string script = "#!/bin/sh\n" + std::string(kMark) +
                       "; `stet serve` writes it anew when it starts.\nif ! [ -x " + program +
                       " ]; then\n  echo \"stet is not at \"" + program +
                       "\" any more: to push without it, remove $0\" >&2\n  exit 1\nfi\n";
  script += "exec " + program + " hook " + std::string(hook);
  if (!settings.branch.empty()) script += " --branch " + quoted(settings.branch);
  if (!settings.state.empty()) script += " --state " + quoted(settings.state.string());
  if (hook != "post-receive") {
    script += " --policy " + quoted(settings.policy.string()) + " --file-mib " +
              std::to_string(settings.file_mib_max);
  }
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

// git passes over a hook that is no program: then nothing would look at a push.
bool is_program(const fs::path& path) {
  std::error_code failure;
  auto mode = fs::status(path, failure).permissions();
  return !failure && (mode & fs::perms::all) == static_cast<fs::perms>(0755);
}

Status write_script(const fs::path& path, const std::string& script) {
  auto there = read_file(path, kScriptBytesMax);
  if (there && *there == script && is_program(path)) return {};
  return write_program(path, script);
}

// Out of "[ -x 'PROGRAM' ]", which each of ours has.
fs::path program_in(std::string_view script) {
  constexpr std::string_view kTest = "[ -x '";
  std::size_t begin = script.find(kTest);
  if (begin == script.npos) return {};
  std::string program;
  for (script.remove_prefix(begin + kTest.size()); !script.empty(); script.remove_prefix(1)) {
    constexpr std::string_view kQuote = "'\\''";
    if (script.starts_with(kQuote)) {
      program += '\'';
      script.remove_prefix(kQuote.size() - 1);
    } else if (script.front() == '\'') {
      break;
    } else {
      program += script.front();
    }
  }
  return program;
}

}  // namespace

std::vector<HookFile> list_hooks(const fs::path& folder) {
  std::vector<HookFile> hooks;
  std::error_code failure;
  for (const auto& file : fs::directory_iterator(folder, failure)) {
    if (file.path().extension() == ".sample" || !file.is_regular_file(failure)) continue;
    HookFile hook{.name = file.path().filename()};
    auto script = read_file(file.path(), kScriptBytesMax);
    hook.is_ours = script && script->find(kMark) != std::string::npos;
    hook.is_program = (file.status(failure).permissions() & fs::perms::owner_exec) != fs::perms();
    if (hook.is_ours) hook.program = program_in(*script);
    hooks.push_back(std::move(hook));
  }
  std::sort(hooks.begin(), hooks.end(), [](const HookFile& a, const HookFile& b) {
    return a.name < b.name;
  });
  return hooks;
}

std::vector<std::string> own_hooks() { return {std::begin(kHooks), std::end(kHooks)}; }

Status write_hooks(const fs::path& folder, const HookSettings& settings) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  std::string others;
  for (std::string_view hook : kHooks) {
    if (hook == kTeller && !settings.tells_moves) continue;
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
  HookSettings own = settings;
  own.tells_moves = true;
  TRY(write_hooks(repository.path() / "hooks", own));
  TRY(storage::add_setting(repository, std::string(kMergeSetting), std::string(kMergeValue)));
  // What a push brings must be on the disk before a branch names it: by itself git syncs packs, and
  // leaves a small push in files that it does not sync.
  TRY(storage::set_default(repository, "core.fsync", "committed"));
  TRY(storage::set_default(repository, "receive.unpackLimit", "1"));
  return storage::set_default(repository, "receive.advertisePushOptions", "true");
}

bool has_hooks(const fs::path& folder) {
  for (std::string_view hook : kHooks) {
    if (is_ours(folder / hook)) return true;
  }
  return false;
}

}  // namespace stet::git
