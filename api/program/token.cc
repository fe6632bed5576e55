#include <CLI/CLI.hpp>
#include <iostream>

#include "api/auth/tokens.h"
#include "api/program/command.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/git/repository.h"
#include "storage/sqlite/ledger.h"

namespace stet::program {
namespace {

struct TokenFlags {
  std::string repository, state, scope, name = "command line", id;
  std::optional<std::int32_t> days;
};

Result<std::unique_ptr<storage::Ledger>> open_ledger(const TokenFlags& flags) {
  auto repository = TRY(storage::Repository::open(flags.repository));
  auto state = TRY(state_folder(flags.state, repository.path()));
  return storage::Ledger::open(state / "ledger.sqlite");
}

Status create(const TokenFlags& flags) {
  auto ledger = TRY(open_ledger(flags));
  SystemClock clock;
  SystemRandom random;
  auth::Tokens tokens(*ledger, clock, random);
  auth::NewToken request;
  request.name = flags.name;
  request.scopes = TRY(auth::ScopeSet::parse(flags.scope));
  if (flags.days) request.lifetime_seconds = std::int64_t{*flags.days} * 86'400;
  auto created = TRY(tokens.create(request));
  std::cout << created.secret << "\n";
  return {};
}

Status list(const TokenFlags& flags) {
  auto ledger = TRY(open_ledger(flags));
  SystemClock clock;
  SystemRandom random;
  auth::Tokens tokens(*ledger, clock, random);
  for (const auto& token : TRY(tokens.list())) {
    std::cout << token.id << "\t" << token.scopes << "\t" << (token.revoked ? "revoked" : "valid")
              << "\t" << token.name << "\n";
  }
  return {};
}

Status revoke(const TokenFlags& flags) {
  auto ledger = TRY(open_ledger(flags));
  SystemClock clock;
  SystemRandom random;
  return auth::Tokens(*ledger, clock, random).revoke(flags.id);
}

void add_place(CLI::App& command, TokenFlags& flags) {
  command.add_option("--repo", flags.repository, "the repository that is served")
      ->type_name("DIR")
      ->required();
  command.add_option("--state", flags.state, "where the ledger lies (default: <repo>/stet)")
      ->type_name("DIR");
}

}  // namespace

void add_token(CLI::App& program, Run& run) {
  auto flags = std::make_shared<TokenFlags>();
  CLI::App* command = program.add_subcommand("token", "make, list and revoke tokens for the API");
  command->require_subcommand(1);
  CLI::App* make = command->add_subcommand("create", "print a new token, alone; it is shown once");
  add_place(*make, *flags);
  make->add_option(
          "--scope",
          flags->scope,
          "content:read, posts:write, schedule:write, theme:write, admin; several by comma")
      ->required();
  make->add_option("--name", flags->name, "who or what has it; the author of its commits");
  make->add_option("--days", flags->days, "until it expires (default: never)");
  make->callback([flags, &run] { run = [flags] { return create(*flags); }; });
  CLI::App* show = command->add_subcommand("list", "id, scopes, state, name; one a line");
  add_place(*show, *flags);
  show->callback([flags, &run] { run = [flags] { return list(*flags); }; });
  CLI::App* end = command->add_subcommand("revoke", "refuse a token from now on");
  add_place(*end, *flags);
  end->add_option("ID", flags->id, "as list shows it")->required();
  end->callback([flags, &run] { run = [flags] { return revoke(*flags); }; });
}

}  // namespace stet::program
