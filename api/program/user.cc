#include <CLI/CLI.hpp>
#include <iostream>

#include "api/auth/door.h"
#include "api/auth/password_rules.h"
#include "api/program/command.h"
#include "api/program/typed_password.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/base/time.h"
#include "storage/git/repository.h"
#include "storage/sqlite/ledger.h"

namespace stet::program {
namespace {

const auth::Actor kActor{"command line", ""};

struct UserFlags {
  std::string repository, state, name, mail, role = "reader", commit_name, commit_mail;
  std::string identity;
  bool has_no_password = false;
  bool is_revoking_tokens = false;
};

// The ledger, and what works on it; a server may run beside it.
struct Opened {
  SystemClock clock;
  SystemRandom random;
  std::unique_ptr<storage::Ledger> ledger;
  std::unique_ptr<storage::People> people;
  std::unique_ptr<auth::Door> door;
};

Result<std::unique_ptr<Opened>> open(const UserFlags& flags) {
  auto repository = TRY(storage::Repository::open(flags.repository));
  auto state = TRY(state_folder(flags.state, repository.path()));
  auto opened = std::make_unique<Opened>();
  opened->ledger = TRY(storage::Ledger::open(state / "ledger.sqlite"));
  opened->people = TRY(storage::People::open(state / "ledger.sqlite"));
  opened->door = std::make_unique<auth::Door>(*opened->people, opened->clock, opened->random);
  return opened;
}

Result<storage::UserRow> find(Opened& opened, const std::string& name) {
  auto user = opened.people->find_login(name);
  if (user || user.error().code != ErrorCode::kNotFound) return user;
  return not_found("there is no user '" + name + "'; `stet user list` shows who there is");
}

Status add(const UserFlags& flags) {
  auto opened = TRY(open(flags));
  auth::NewUser user{.name = flags.name,
                     .mail = flags.mail,
                     .role = TRY(auth::parse_role(flags.role)),
                     .commit_name = flags.commit_name,
                     .commit_mail = flags.commit_mail};
  if (flags.has_no_password) {
    TRY(opened->door->accounts.create(user, kActor));
    return {};
  }
  std::string password = TRY(read_password());
  TRY(auth::check_password(password, user.name, user.mail));
  auto created = TRY(opened->door->accounts.create(user, kActor));
  return opened->door->accounts.set_password(created, password, "", kActor);
}

Status list(const UserFlags& flags) {
  auto opened = TRY(open(flags));
  for (const storage::UserRow& user : TRY(opened->people->users())) {
    std::cout << user.name << "\t" << user.role << "\t" << (user.disabled ? "disabled" : "enabled")
              << "\t" << user.mail << "\t"
              << (user.last_sign_in ? iso_instant(*user.last_sign_in) : "never") << "\n";
  }
  return {};
}

// Who has set a new password may not know what else lets in whoever knew the old one.
Status list_tokens_of(const Opened& opened, const storage::UserRow& user) {
  std::vector<storage::TokenRow> valid;
  for (storage::TokenRow& token : TRY(opened.ledger->tokens_of(user.id))) {
    bool has_ended = token.expires && *token.expires <= opened.clock.now();
    if (!token.revoked && !has_ended) valid.push_back(std::move(token));
  }
  if (valid.empty()) return {};
  std::cerr << "these tokens of " << user.name
            << " are still good; --revoke-tokens, or `stet token revoke ID`, ends them:\n";
  for (const storage::TokenRow& token : valid) {
    std::cerr << token.id << "\t" << token.scopes << "\t" << token.name << "\n";
  }
  return {};
}

Status set_password(const UserFlags& flags) {
  auto opened = TRY(open(flags));
  auto user = TRY(find(*opened, flags.name));
  using Tokens = auth::Accounts::Tokens;
  Tokens tokens = flags.is_revoking_tokens ? Tokens::kEnd : Tokens::kStay;
  TRY(opened->door->accounts.set_password(user, TRY(read_password()), "", kActor, tokens));
  return list_tokens_of(*opened, user);
}

Status remove(const UserFlags& flags) {
  auto opened = TRY(open(flags));
  return opened->door->accounts.remove(TRY(find(*opened, flags.name)), kActor);
}

Status change(const UserFlags& flags, const auth::UserChange& change) {
  auto opened = TRY(open(flags));
  auto user = TRY(find(*opened, flags.name));
  TRY(opened->door->accounts.change(user, change, kActor));
  return {};
}

Status list_identities(const UserFlags& flags) {
  auto opened = TRY(open(flags));
  auto user = TRY(find(*opened, flags.name));
  for (const storage::IdentityRow& one : TRY(opened->people->identities(user.id))) {
    std::cout << one.id << "\t" << one.provider << "\t" << one.issuer << "\t" << one.subject << "\t"
              << one.mail << "\t" << iso_instant(one.last_used) << "\n";
  }
  return {};
}

Status unbind(const UserFlags& flags) {
  auto opened = TRY(open(flags));
  auto user = TRY(find(*opened, flags.name));
  TRY(opened->people->unbind_identity(user.id, flags.identity, ""));
  return opened->door->accounts.note("identity-unbound", kActor, user.name, flags.identity);
}

using Do = std::function<Status(const UserFlags&)>;

// A command about one user, or about all.
CLI::App* add_one(CLI::App& parent,
                  const std::string& name,
                  const std::string& about,
                  const std::shared_ptr<UserFlags>& flags,
                  std::pair<Run*, Do> run) {
  CLI::App* command = parent.add_subcommand(name, about);
  command->add_option("--repo", flags->repository, "the repository that is served")
      ->type_name("DIR")
      ->required();
  command->add_option("--state", flags->state, "where the ledger lies (default: <repo>/stet)")
      ->type_name("DIR");
  if (name != "list") command->add_option("NAME", flags->name, "of the user")->required();
  command->callback([flags, run] { *run.first = [flags, run] { return run.second(*flags); }; });
  return command;
}

}  // namespace

void add_user(CLI::App& program, Run& run) {
  auto flags = std::make_shared<UserFlags>();
  CLI::App* command = program.add_subcommand("user", "people who may sign in, and what they may");
  command->require_subcommand(1);
  constexpr char kRoles[] = "reader, author, editor, maintainer or admin (default: reader)";
  CLI::App* make = add_one(*command,
                           "add",
                           "a new user; the password is typed, or a line of standard input",
                           flags,
                           {&run, add});
  make->add_option("--mail", flags->mail, "by which they may sign in as well")->required();
  make->add_option("--role", flags->role, kRoles);
  make->add_option("--commit-name", flags->commit_name, "author of their commits (default: NAME)");
  make->add_option("--commit-mail", flags->commit_mail, "of that author (default: --mail)");
  make->add_flag("--no-password", flags->has_no_password, "they set one by an admin's link");
  add_one(
      *command, "list", "name, role, state, mail, last sign-in; one a line", flags, {&run, list});
  CLI::App* password = add_one(*command,
                               "password",
                               "another password, typed or a line of standard input; signs out "
                               "everywhere, and names the tokens that stay",
                               flags,
                               {&run, set_password});
  password->add_flag("--revoke-tokens", flags->is_revoking_tokens, "the user's tokens end too");
  add_one(*command,
          "delete",
          "for good, with sessions, tokens and identities; nobody else is ever called so",
          flags,
          {&run, remove});
  add_one(*command,
          "disable",
          "signs them out; their tokens are worthless",
          flags,
          {&run, [](const UserFlags& named) { return change(named, {.is_disabled = true}); }});
  add_one(*command, "enable", "again", flags, {&run, [](const UserFlags& named) {
                                                 return change(named, {.is_disabled = false});
                                               }});
  add_one(
      *command,
      "identities",
      "as whom providers know a user: id, provider, issuer, subject, mail, last use; one a line",
      flags,
      {&run, list_identities});
  CLI::App* free = add_one(*command,
                           "unbind",
                           "frees a user from a provider's identity; signs them out",
                           flags,
                           {&run, unbind});
  free->add_option("ID", flags->identity, "of the identity")->required();
  CLI::App* role = add_one(
      *command, "role", "another role", flags, {&run, [](const UserFlags& named) -> Status {
                                                  return change(
                                                      named,
                                                      {.role = TRY(auth::parse_role(named.role))});
                                                }});
  role->add_option("ROLE", flags->role, kRoles)->required();
}

}  // namespace stet::program
