#include <CLI/CLI.hpp>
#include <array>
#include <iostream>

#include "api/program/command.h"
#include "api/remote/leadership.h"
#include "storage/base/random.h"

namespace stet::program {
namespace {

struct PromoteFlags {
  std::string repository, state;
};

Status promote(const PromoteFlags& flags) {
  auto repository = TRY(storage::Repository::open(flags.repository));
  const auto state = TRY(state_folder(flags.state, repository.path()));
  // Two servers that do not see each other may be promoted from one epoch; of the two that they are
  // in then, one is to be the later.
  constexpr std::uint64_t kBeyondMax = 1000;
  SystemRandom random;
  std::array<std::uint8_t, 2> bytes;
  random.fill(bytes);
  const std::uint64_t beyond = (bytes[0] * 256U + bytes[1]) % kBeyondMax;
  const std::uint64_t epoch = TRY(remote::promote(repository, state, beyond));
  std::cout << "it leads from now on, in epoch " << epoch
            << ": a server that runs here takes writes within a few seconds, one that does not as "
               "soon as it is started\n"
            << "the former leader takes writes until it hears of that: see that it is down, or "
               "that this server reaches it\n";
  return {};
}

}  // namespace

void add_promote(CLI::App& program, Run& run) {
  auto flags = std::make_shared<PromoteFlags>();
  CLI::App* command = program.add_subcommand(
      "promote", "make a follower the leader of its site, from the next epoch on");
  command->add_option("--repo", flags->repository, "the follower's repository")
      ->required()
      ->type_name("DIR");
  command->add_option("--state", flags->state, "of its server (default: <repo>/stet)")
      ->type_name("DIR");
  command->callback([flags, &run] { run = [flags] { return promote(*flags); }; });
}

}  // namespace stet::program
