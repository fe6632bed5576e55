#include "api/program/command_tree.h"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace stet::program {
namespace {

CommandOption option_of(const CLI::Option& option) {
  CommandOption read;
  for (const std::string& name : option.get_snames()) read.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) read.names.push_back("--" + name);
  if (option.get_positional()) read.positional = option.get_name(true);
  if (option.get_type_size_max() > 0 && option.get_items_expected_max() > 0) {
    const std::string type = option.get_type_name();
    read.value = type.substr(0, type.find(':'));
  }
  read.about = option.get_description();
  read.is_required = option.get_required();
  read.is_repeatable = option.get_items_expected_max() > 1;
  return read;
}

void read_options(const CLI::App& app, Command& command, OptionGroup group) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    // A group has its own, and it is the command's.
    if (!group.name.empty() && option == app.get_help_ptr()) continue;
    CommandOption read = option_of(*option);
    (read.names.empty() ? command.positionals : group.options).push_back(std::move(read));
  }
  if (!group.options.empty()) command.groups.push_back(std::move(group));
}

Command command_of(const CLI::App& app, const std::string& inherited_footer) {
  Command command;
  command.name = app.get_name();
  command.about = app.get_description();
  const std::string footer = app.get_footer();
  if (footer != inherited_footer) command.epilogue = footer;
  read_options(app, command, {});
  for (const CLI::App* inner : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (inner->get_name().empty()) {
      read_options(*inner, command, {.name = inner->get_group(), .options = {}});
    } else if (!inner->get_group().empty()) {
      command.commands.push_back(command_of(*inner, footer));
    }
  }
  return command;
}

}  // namespace

std::vector<CommandOption> Command::options() const {
  std::vector<CommandOption> all;
  for (const OptionGroup& group : groups) {
    all.insert(all.end(), group.options.begin(), group.options.end());
  }
  return all;
}

Command command_tree(const CLI::App& program) { return command_of(program, ""); }

const Command* find_command(const Command& program, std::string_view name) {
  auto found = std::find_if(program.commands.begin(),
                            program.commands.end(),
                            [&](const Command& command) { return command.name == name; });
  return found == program.commands.end() ? nullptr : &*found;
}

}  // namespace stet::program
