#include "storage/backup/backup.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "api/git/hook_files.h"
#include "api/program/command.h"

namespace stet::program {
namespace {

struct BackupFlags {
  std::string repository, state, file, folder;
  storage::ShelfRules rules;
};

Status check_flags(const BackupFlags& flags) {
  if (flags.file.empty() == flags.folder.empty()) {
    return invalid_input("name where to: a FILE, or --to FOLDER");
  }
  bool has_rules = flags.rules.is_full || flags.rules.keep > 0;
  if (has_rules && flags.folder.empty()) {
    return invalid_input("--full and --keep are for backups --to FOLDER");
  }
  return {};
}

// What is a program of somebody else is not ours to carry.
void tell_of_other_hooks(const storage::Repository& repository) {
  for (const git::HookFile& hook : git::list_hooks(repository.path() / "hooks")) {
    if (hook.is_ours || !hook.is_program) continue;
    std::cerr << "note: hooks/" << hook.name << " is not stet's, and is not in the backup\n";
  }
}

void tell(const storage::BackupReport& report) {
  const storage::Manifest& manifest = report.manifest;
  std::cout << report.path.string() << ": " << (manifest.is_full() ? "whole" : "what is new")
            << ", " << report.bytes << " bytes, " << report.refs << " references";
  if (!manifest.branch.empty()) {
    std::cout << ", " << manifest.branch << " at " << manifest.commit.substr(0, 12);
  }
  std::cout << "\n";
  for (const auto& path : report.removed) std::cout << "removed " << path.string() << "\n";
  for (const std::string& note : report.notes) std::cerr << "note: " << note << "\n";
}

Status back_up(const BackupFlags& flags) {
  TRY(check_flags(flags));
  auto repository = TRY(storage::Repository::open(flags.repository));
  SystemClock clock;
  storage::BackupSource source{
      .repository = repository,
      .ledger = state_place(flags.state, repository.path()) / "ledger.sqlite",
      .version = STET_VERSION,
      .clock = clock};
  std::error_code failure;
  if (!std::filesystem::exists(source.ledger, failure)) {
    return not_found("there is no ledger '" + source.ledger.string() +
                     "': name --state as `stet serve` has it; a site that was never served is "
                     "its repository, which `git clone --mirror` copies");
  }
  auto report =
      TRY(flags.folder.empty() ? storage::back_up_to_file(source, flags.file)
                               : storage::back_up_to_folder(source, flags.folder, flags.rules));
  tell_of_other_hooks(repository);
  tell(report);
  return {};
}

}  // namespace

void add_backup(CLI::App& program, Run& run) {
  auto flags = std::make_shared<BackupFlags>();
  CLI::App* command = program.add_subcommand(
      "backup", "keep a site, while it is served: repository, ledger, objects of Git LFS");
  command->add_option("--repo", flags->repository, "the repository that is served")->required();
  command->add_option("--state", flags->state, "where the ledger lies (default: <repo>/stet)");
  command->add_option(
      "FILE", flags->file, "a new archive, whole by itself (a tar; it holds secrets)");
  command->add_option("--to",
                      flags->folder,
                      "a folder of archives instead: whole ones, and what is new since the last");
  command->add_flag("--full", flags->rules.is_full, "--to: a whole one now");
  command
      ->add_option("--full-days",
                   flags->rules.full_days,
                   "--to: a whole one when the last is as old (default: 7)")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{36'500}));
  command
      ->add_option("--keep",
                   flags->rules.keep,
                   "--to: so many whole ones, with what goes on from them; older ones go "
                   "(default: all stay)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}));
  command->callback([flags, &run] { run = [flags] { return back_up(*flags); }; });
}

}  // namespace stet::program
