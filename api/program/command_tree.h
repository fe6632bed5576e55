// What the command line says of itself, as values: for manual pages and for shells that complete.
//
// Commands tell what they are and take once, to CLI11 (command.h); this reads it back. Threads:
// values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace stet::program {

struct CommandOption {
  std::vector<std::string> names;  // "-s", "--source", "--no-watch"; of a positional none
  std::string value;               // "DIR", "FILE", "TEXT", "INT"; "": a flag
  std::string positional;          // "DIR"
  std::string about;
  bool is_required = false;
  bool is_repeatable = false;

  bool is_flag() const { return value.empty() && positional.empty(); }
};

struct OptionGroup {
  std::string name;  // "": those of the command as a whole
  std::vector<CommandOption> options;
};

struct Command {
  std::string name;  // "token"; of the program "stet"
  std::string about;
  std::string epilogue;  // of its own, not its parent's
  std::vector<CommandOption> positionals;
  std::vector<OptionGroup> groups;
  std::vector<Command> commands;

  std::vector<CommandOption> options() const;  // of all groups
};

Command command_tree(const CLI::App& program);

// Null: there is none of that name.
const Command* find_command(const Command& program, std::string_view name);

}  // namespace stet::program
