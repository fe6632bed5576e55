#include <CLI/CLI.hpp>

#include "api/git/hook_files.h"
#include "api/program/command.h"
#include "api/program/first_commit.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

struct InitFlags {
  std::string folder, from, branch = "main";
  bool has_theme = false, has_example = false;
};

Status init(const InitFlags& flags) {
  std::map<RepoPath, std::string> files;
  if (!flags.from.empty()) {
    TRY(add_files(flags.from, files));
  } else {
    TRY(add_files(templates_folder() / (flags.has_example ? "example" : "starter"), files));
  }
  if (flags.has_theme) TRY(add_files(templates_folder() / "default", files));
  auto repository = TRY(storage::Repository::create(flags.folder, flags.branch));
  TRY(git::install_hooks(repository, {.program = own_executable()}));
  TRY(commit_first(repository, flags.branch, std::move(files), "A new site"));
  print_made(repository, flags.folder);
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
