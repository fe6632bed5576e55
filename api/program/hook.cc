#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "api/hooks/local_hook.h"
#include "api/program/command.h"

namespace stet::program {
namespace {

constexpr std::chrono::minutes kPatience{2};

struct HookFlags {
  std::string name, state;
};

// git runs hooks in the repository, and says so in GIT_DIR.
std::filesystem::path repository_of_hook() {
  const char* named = std::getenv("GIT_DIR");
  return named ? named : ".";
}

Status post_receive(const HookFlags& flags) {
  std::filesystem::path state =
      flags.state.empty() ? repository_of_hook() / "stet" : std::filesystem::path(flags.state);
  Status told = hooks::announce_push(state, kPatience);
  if (told || told.error().code == ErrorCode::kNotFound) return {};
  std::cerr << "stet: the push is safe, but not live yet: " << told.error().message << "\n";
  return {};
}

Status run_hook(const HookFlags& flags) {
  if (flags.name == "post-receive") return post_receive(flags);
  return invalid_input("there is no hook '" + flags.name + "'; stet answers post-receive");
}

}  // namespace

void add_hook(CLI::App& program, Run& run) {
  auto flags = std::make_shared<HookFlags>();
  CLI::App* command = program.add_subcommand("hook", "called by git; installed by stet init");
  command->add_option("NAME", flags->name, "post-receive")->required();
  command->add_option("--state", flags->state, "of the server (default: <repo>/stet)");
  command->callback([flags, &run] { run = [flags] { return run_hook(*flags); }; });
}

}  // namespace stet::program
