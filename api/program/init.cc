#include <CLI/CLI.hpp>
#include <iostream>

#include "api/git/hook_files.h"
#include "api/program/command.h"
#include "storage/base/durable_file.h"
#include "storage/commit/committer.h"
#include "storage/snapshot/folder_snapshot.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

struct InitFlags {
  std::string folder, from, branch = "main";
  bool has_theme = false, has_example = false;
};

Status add_folder(const fs::path& folder, std::map<RepoPath, std::string>& files) {
  auto snapshot = TRY(storage::open_folder_snapshot(folder));
  return snapshot->walk("", [&](const storage::SnapshotEntry& entry) -> Status {
    if (is_readable(entry.kind)) files[entry.path] = TRY(snapshot->read(entry.blob));
    return {};
  });
}

Status init(const InitFlags& flags) {
  std::map<RepoPath, std::string> files;
  if (!flags.from.empty()) {
    TRY(add_folder(flags.from, files));
  } else {
    TRY(add_folder(templates_folder() / (flags.has_example ? "example" : "starter"), files));
  }
  if (flags.has_theme) TRY(add_folder(templates_folder() / "default", files));
  auto repository = TRY(storage::Repository::create(flags.folder, flags.branch));
  TRY(git::install_hooks(repository, {.program = own_executable()}));
  SystemClock clock;
  storage::CommitterSettings settings;
  settings.branch = flags.branch;
  settings.name = "stet";
  settings.email = "stet@localhost";
  settings.limits.edits_max = 1'000'000;  // a whole site at once, from somebody who may anyway
  settings.limits.change_set_bytes_max = std::uint64_t{8} << 30;
  auto committer = TRY(storage::Committer::open(repository, settings, clock));
  storage::ChangeSet changes;
  changes.author = {"stet", "stet@localhost", Time{.seconds = clock.now().seconds}};
  changes.message = "A new site";
  for (auto& [path, bytes] : files) changes.edits.push_back({path, std::move(bytes)});
  TRY(committer->commit(std::move(changes)));
  std::cout << "made " << repository.path().string() << "\n"
            << "serve it:  stet serve --repo " << flags.folder << "\n"
            << "clone it:  git clone " << flags.folder << "\n";
  return {};
}

}  // namespace

void add_init(CLI::App& program, Run& run) {
  auto flags = std::make_shared<InitFlags>();
  CLI::App* command =
      program.add_subcommand("init", "make a new bare repository with a first site");
  command->add_option("DIR", flags->folder, "where; must not exist, or be empty")->required();
  command->add_flag("--theme", flags->has_theme, "the default theme's files too, to change them");
  command->add_flag("--example", flags->has_example, "the example site: a small meeting");
  command->add_option("--from", flags->from, "the files of this folder instead")->type_name("DIR");
  command->add_option("--branch", flags->branch, "name of the first branch (default: main)");
  command->callback([flags, &run] { run = [flags] { return init(*flags); }; });
}

}  // namespace stet::program
