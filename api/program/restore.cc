#include "storage/backup/restore.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "api/git/hook_files.h"
#include "api/program/command.h"
#include "storage/base/time.h"

namespace stet::program {
namespace {

struct RestoreFlags {
  std::string source;
  storage::RestorePlaces places;
  bool is_check = false;
};

void tell_of(const storage::Chain& chain, const char* what) {
  const storage::Manifest& newest = chain.back().manifest;
  std::cout << what << " " << iso_instant(newest.taken) << ", of " << chain.size()
            << (chain.size() == 1 ? " archive" : " archives") << " to "
            << chain.back().path.filename().string();
  if (!newest.branch.empty()) {
    std::cout << ", " << newest.branch << " at " << newest.commit.substr(0, 12);
  }
  std::cout << "\n";
}

void tell_of_others(const storage::FoundBackup& found, const std::vector<std::string>& faults) {
  for (const std::string& note : found.notes) std::cerr << "note: " << note << "\n";
  for (const std::string& fault : faults) std::cerr << "warning: " << fault << "\n";
}

Status check(const storage::FoundBackup& found) {
  TRY(storage::verify_backup(found.chain));
  tell_of(found.chain, "whole, as the site was at");
  const std::vector<std::string> faults = storage::faults_of_all(found);
  tell_of_others(found, faults);
  if (faults.empty()) return {};
  return invalid_input("not all of its backups can be used: " + faults.back());
}

Status install_hooks(const storage::Restoration& restoration, const std::string& state) {
  auto repository = TRY(storage::Repository::open(restoration.repository()));
  git::HookSettings hooks{.program = own_executable()};
  if (!state.empty()) hooks.state = std::filesystem::absolute(state);
  return git::install_hooks(repository, hooks);
}

Status restore(const RestoreFlags& flags) {
  if (flags.places.repository.empty() && !flags.is_check) {
    return invalid_input("name where to: --repo NEWDIR; or --check");
  }
  storage::FoundBackup found = TRY(storage::find_backup(flags.source, SystemClock().now()));
  const storage::Chain& chain = found.chain;
  if (flags.is_check) return check(found);
  tell_of_others(found, found.faults);
  TRY(storage::check_is_newest(found));
  auto restoration = TRY(storage::Restoration::prepare(chain, flags.places));
  TRY(install_hooks(restoration, flags.places.state));
  TRY(restoration.finish());
  tell_of(chain, "restored the site as it was at");
  for (const std::string& name : restoration.settings_left()) {
    std::cerr << "note: the repository's setting " << name
              << " was not taken; set it again where you want it\n";
  }
  const std::string& state = flags.places.state.string();
  std::cout << "serve it:  stet serve --repo " << flags.places.repository.string()
            << (state.empty() ? "" : " --state " + state) << "\n";
  return {};
}

}  // namespace

void add_restore(CLI::App& program, Run& run) {
  auto flags = std::make_shared<RestoreFlags>();
  CLI::App* command = program.add_subcommand(
      "restore", "put a site back from a backup, whole, in a new place; or not at all");
  command
      ->add_option("SOURCE",
                   flags->source,
                   "an archive, with those that it goes on from beside it; or a folder: the newest")
      ->required();
  command->add_option(
      "--repo", flags->places.repository, "the new repository; must not exist, or be empty");
  command->add_option("--state",
                      flags->places.state,
                      "where the ledger is to lie; likewise (default: <repo>/stet)");
  command->add_flag("--check", flags->is_check, "only look whether the backup is whole");
  command->callback([flags, &run] { run = [flags] { return restore(*flags); }; });
}

}  // namespace stet::program
