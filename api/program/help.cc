#include <CLI/CLI.hpp>
#include <iostream>

#include "api/program/command.h"
#include "api/program/completion.h"
#include "api/program/manual.h"
#include "storage/base/utf8.h"

namespace stet::program {
namespace {

struct HelpFlags {
  std::string command, page, shell;
  bool is_listing_pages = false;
};

Status show_command(const CLI::App& program, const std::string& name) {
  if (name.empty()) {
    std::cout << program.help();
    return {};
  }
  auto named =
      program.get_subcommands([&](const CLI::App* command) { return command->get_name() == name; });
  if (named.empty()) {
    return invalid_input("there is no command '" + printable(name, 60) +
                         "'; `stet help` lists them");
  }
  std::cout << named.front()->help("stet");
  return {};
}

Status show_page(const CLI::App& program, const std::string& name) {
  const std::string page = manual_page(command_tree(program), name, STET_VERSION);
  if (page.empty()) {
    return invalid_input("there is no page '" + printable(name, 60) +
                         "'; `stet help --pages` lists them");
  }
  std::cout << page;
  return {};
}

Status show_completion(const CLI::App& program, const std::string& shell) {
  const std::string script = completion_for(shell, command_tree(program));
  if (script.empty()) {
    return invalid_input("there is no completion for '" + printable(shell, 60) +
                         "'; shells are bash, zsh and fish");
  }
  std::cout << script;
  return {};
}

Status show(const CLI::App& program, const HelpFlags& flags) {
  if (flags.is_listing_pages) {
    for (const std::string& name : manual_names(command_tree(program))) std::cout << name << "\n";
    return {};
  }
  if (!flags.page.empty()) return show_page(program, flags.page);
  if (!flags.shell.empty()) return show_completion(program, flags.shell);
  return show_command(program, flags.command);
}

}  // namespace

void add_help(CLI::App& program, Run& run) {
  auto flags = std::make_shared<HelpFlags>();
  CLI::App* command = program.add_subcommand("help", "what the program does, or one command");
  command->add_option("COMMAND", flags->command, "what to tell about");
  command->add_option("--page", flags->page, "a manual page as roff, such as stet-serve.1")
      ->type_name("NAME");
  command->add_flag("--pages", flags->is_listing_pages, "the names of these pages, one a line");
  command->add_option("--completion", flags->shell, "what completes commands in bash, zsh or fish")
      ->type_name("SHELL");
  command->callback(
      [flags, &program, &run] { run = [flags, &program] { return show(program, *flags); }; });
}

}  // namespace stet::program
