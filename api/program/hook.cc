#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdlib>
#include <iostream>

#include "api/git/hook_files.h"
#include "api/git/proc_receive.h"
#include "api/hooks/local_hook.h"
#include "api/program/command.h"
#include "api/remote/leadership.h"
#include "storage/git/quarantine.h"
#include "storage/git/settings.h"
#include "storage/snapshot/folder_snapshot.h"
#include "storage/sqlite/reviews.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kPatience{30};
constexpr std::chrono::seconds kMovePatience{2};
constexpr std::size_t kInputBytesMax = 4 << 20;

struct HookFlags {
  std::string name, state, branch, policy;
  std::string committer = "stet", email = "stet@localhost";
  std::uint64_t file_mib_max = git::kFileMib;
};

// git runs hooks in the repository, and says so in GIT_DIR.
fs::path repository_of_hook() {
  const char* named = std::getenv("GIT_DIR");
  return named ? named : ".";
}

// What git has put aside until the hooks agree (githooks(5)).
std::vector<fs::path> quarantine_of_hook() {
  const char* named = std::getenv("GIT_QUARANTINE_PATH");
  if (!named || !*named) return {};
  return {fs::path(named)};
}

Result<storage::Repository> open_repository() {
  // git itself has asked whose the repository is.
  auto repository =
      TRY(storage::Repository::open(repository_of_hook(), {.is_any_owner_trusted = true}));
  TRY(storage::add_quarantine(repository, quarantine_of_hook()));
  return repository;
}

Result<std::string> read_input() {
  std::string text;
  std::array<char, 65536> buffer;
  while (std::cin.read(buffer.data(), buffer.size()) || std::cin.gcount() > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(std::cin.gcount()));
    if (text.size() > kInputBytesMax) return invalid_input("the push moves too many references");
  }
  return text;
}

// Of a push over HTTP the server says what its token may; others have a shell, and may everything.
Result<std::optional<auth::Rights>> rights_of_push() {
  const char* scopes = std::getenv("STET_PUSH_SCOPES");
  if (!scopes) return std::optional<auth::Rights>();
  auth::Rights rights{.scopes = TRY(auth::ScopeSet::parse(scopes))};
  const char* role = std::getenv("STET_PUSH_ROLE");
  const char* user = std::getenv("STET_PUSH_USER");
  if (role) rights.role = TRY(auth::parse_role(role));
  if (user) rights.user = user;
  return std::optional(std::move(rights));
}

fs::path state_of(const HookFlags& flags) {
  return flags.state.empty() ? repository_of_hook() / "stet" : fs::path(flags.state);
}

Result<git::GateSettings> gate_settings(const HookFlags& flags,
                                        const storage::Repository& repository) {
  git::GateSettings settings;
  settings.branch = flags.branch.empty() ? TRY(repository.default_branch()) : flags.branch;
  settings.policy = TRY(git::PushPolicy::parse(flags.policy));
  settings.file_bytes_max = flags.file_mib_max << 20;
  // Another user's push may not look into the server's folder, and is judged as a leader's.
  const auto epochs = remote::read_epochs(repository, state_of(flags));
  if (epochs && !epochs->leads()) {
    settings.read_only =
        "this server takes no writes: it follows another, or another leads the "
        "site since epoch " +
        std::to_string(epochs->epoch) + "; push there";
  }
  settings.rights = TRY(rights_of_push());
  if (const char* actor = std::getenv("STET_PUSH_ACTOR")) settings.actor = actor;
  auto theme = storage::open_folder_snapshot(templates_folder() / "default");
  if (theme) settings.theme = *theme;
  settings.is_merging =
      settings.rights ||  // over HTTP the server has told git so
      TRY(storage::has_setting(
          repository, std::string(git::kMergeSetting), std::string(git::kMergeValue)));
  return settings;
}

// Who has pushed to a change has written to it, whatever their commits say.
Status note_pusher(const fs::path& state,
                   const std::string& actor,
                   const std::vector<git::RefUpdate>& updates) {
  if (actor.empty()) return {};
  std::unique_ptr<storage::Reviews> reviews;
  for (const git::RefUpdate& update : updates) {
    std::string id = git::change_of(update);
    if (id.empty() || !update.after) continue;
    if (!reviews) reviews = TRY(storage::Reviews::open(state / "ledger.sqlite"));
    TRY(reviews->note_pusher({id, actor, update.after->hex()}));
  }
  return {};
}

Status pre_receive(const HookFlags& flags) {
  auto repository = TRY(open_repository());
  auto settings = TRY(gate_settings(flags, repository));
  auto updates = TRY(git::parse_updates(TRY(read_input())));
  git::Judgement judgement = TRY(git::judge(repository, settings, updates));
  for (const std::string& line : judgement.lines) std::cerr << line << "\n";
  if (judgement.is_refused) return forbidden(judgement.summary);
  return note_pusher(state_of(flags), settings.actor, updates);
}

// Of `git push -o message=...`.
std::string message_in(const std::vector<std::string>& options) {
  constexpr std::string_view kMessage = "message=";
  for (const std::string& option : options) {
    if (option.starts_with(kMessage)) return option.substr(kMessage.size());
  }
  return "";
}

Status proc_receive(const HookFlags& flags) {
  auto repository = TRY(open_repository());
  auto gate = TRY(gate_settings(flags, repository));
  SystemClock clock;
  auto land = [&](const git::RefUpdate& update, const std::vector<std::string>& options) {
    git::LandSettings settings{message_in(options), flags.committer, flags.email};
    auto landed = git::land(repository, gate, settings, update, clock);
    if (landed) {
      for (const std::string& line : landed->judgement.lines) std::cerr << line << "\n";
    }
    return landed;
  };
  return git::converse(STDIN_FILENO, STDOUT_FILENO, land);
}

Status post_receive(const HookFlags& flags) {
  fs::path state = state_of(flags);
  Status told = hooks::announce_push(state, kPatience);
  if (told || told.error().code == ErrorCode::kNotFound) return {};
  std::cerr << "stet: the push is safe, but not live yet: " << told.error().message << "\n";
  return {};
}

// Whoever moved the reference has nothing to do with us, and is told of no failure.
Status reference_transaction(const HookFlags& flags) {
  fs::path state = state_of(flags);
  static_cast<void>(hooks::announce_move(state, kMovePatience));
  return {};
}

Status run_hook(const HookFlags& flags) {
  if (flags.name == "pre-receive") return pre_receive(flags);
  if (flags.name == "proc-receive") return proc_receive(flags);
  if (flags.name == "post-receive") return post_receive(flags);
  if (flags.name == "reference-transaction") return reference_transaction(flags);
  return invalid_input("there is no hook '" + flags.name +
                       "'; stet answers pre-receive, proc-receive, post-receive and "
                       "reference-transaction");
}

}  // namespace

void add_hook(CLI::App& program, Run& run) {
  auto flags = std::make_shared<HookFlags>();
  CLI::App* command =
      program.add_subcommand("hook", "called by git; installed by stet init and stet serve");
  command->add_option("NAME", flags->name, "as git calls it: pre-receive, ...")->required();
  command->add_option("--state", flags->state, "of the server (default: <repo>/stet)")
      ->type_name("DIR");
  command->add_option("--branch", flags->branch, "that is served (default: HEAD's)");
  command->add_option("--policy",
                      flags->policy,
                      "what is refused: documents=refuse,links=warn,... (default: see [push])");
  command->add_option("--file-mib", flags->file_mib_max, "of the largest file (default: 100)")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{65'536}));
  command->add_option("--committer", flags->committer, "of merges (default: stet)");
  command->add_option("--email", flags->email, "of that committer");
  command->callback([flags, &run] { run = [flags] { return run_hook(*flags); }; });
}

}  // namespace stet::program
