#include <CLI/CLI.hpp>
#include <iostream>

#include "api/program/command.h"
#include "storage/base/utf8.h"

namespace stet::program {
namespace {

Status show_help(const CLI::App& program, const std::string& name) {
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

}  // namespace

void add_help(CLI::App& program, Run& run) {
  auto name = std::make_shared<std::string>();
  CLI::App* command = program.add_subcommand("help", "what the program does, or one command");
  command->add_option("COMMAND", *name, "what to tell about");
  command->callback(
      [name, &program, &run] { run = [name, &program] { return show_help(program, *name); }; });
}

}  // namespace stet::program
