#include "api/program/completion.h"

#include <algorithm>
#include <functional>

namespace stet::program {
namespace {

enum class Completed { kNothing, kFolder, kFile, kCommand };

// By what the help calls the value.
Completed completed(const CommandOption& option) {
  const std::string& word = option.names.empty() ? option.positional : option.value;
  if (word == "DIR") return Completed::kFolder;
  if (word == "FILE" || word == "BASE" || word == "OURS" || word == "THEIRS") {
    return Completed::kFile;
  }
  return word == "COMMAND" ? Completed::kCommand : Completed::kNothing;
}

void add_word(std::string& words, std::string_view word) {
  words.append(words.empty() ? "" : " ").append(word);
}

std::string names_of_commands(const Command& command) {
  std::string names;
  for (const Command& one : command.commands) add_word(names, one.name);
  return names;
}

// In 'quotes' of any of the shells.
std::string in_quotes(std::string_view text, std::string_view escaped_quote) {
  std::string quoted = "'";
  for (char c : text) {
    if (c == '\'') {
      quoted += escaped_quote;
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

using Visit = std::function<void(const Command& command, const std::string& path)>;

// The command and all below it, by their paths: "stet token create".
void each_command(const Command& command, const std::string& path, const Visit& visit) {
  visit(command, path);
  for (const Command& one : command.commands) each_command(one, path + " " + one.name, visit);
}

// ---- bash

constexpr std::string_view kBashEnd = R"(  case " $folders " in
    *" $previous "*) mapfile -t COMPREPLY < <(compgen -d -- "$current"); is_path=1 ;;
  esac
  case " $files " in
    *" $previous "*) mapfile -t COMPREPLY < <(compgen -f -- "$current"); is_path=1 ;;
  esac
  if [ -n "$is_path" ]; then
    compopt -o filenames 2>/dev/null
    return 0
  fi
  case " $values " in *" $previous "*) return 0 ;; esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
  elif [ -n "$commands" ]; then
    mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
  elif [ -n "$positional" ]; then
    mapfile -t COMPREPLY < <(compgen "$positional" -- "$current")
    compopt -o filenames 2>/dev/null
  fi
  return 0
}
complete -F _stet stet
)";

std::string bash_case(const Command& command, const std::string& path, const Command& program) {
  std::string options, folders, files, values, positional;
  std::string commands = names_of_commands(command);
  for (const CommandOption& option : command.options()) {
    for (const std::string& name : option.names) {
      add_word(options, name);
      if (option.is_flag()) continue;
      const Completed kind = completed(option);
      add_word(kind == Completed::kFolder ? folders
               : kind == Completed::kFile ? files
                                          : values,
               name);
    }
  }
  for (const CommandOption& option : command.positionals) {
    const Completed kind = completed(option);
    if (kind == Completed::kFolder) positional = "-d";
    if (kind == Completed::kFile) positional = "-f";
    if (kind == Completed::kCommand) commands = names_of_commands(program);
  }
  return "    '" + path + "')\n      commands='" + commands + "' options='" + options +
         "'\n      folders='" + folders + "' files='" + files + "' values='" + values +
         "' positional='" + positional + "' ;;\n";
}

std::string bash(const Command& program) {
  std::string paths, cases;
  each_command(program, program.name, [&](const Command& command, const std::string& path) {
    if (path != program.name) paths += (paths.empty() ? "'" : " | '") + path + "'";
    cases += bash_case(command, path, program);
  });
  return "# Completion of stet for bash: made of its command line.\n"
         "_stet() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
         "  local path=stet commands='' options='' folders='' files='' values='' positional='' i "
         "is_path=''\n"
         "  COMPREPLY=()\n"
         "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "    case \"$path ${COMP_WORDS[i]}\" in\n      " +
         paths +
         ")\n        path=\"$path ${COMP_WORDS[i]}\" ;;\n"
         "    esac\n  done\n  case $path in\n" +
         cases + "  esac\n" + std::string(kBashEnd);
}

// ---- zsh

// Of what stands between the brackets of _arguments, and behind the colons of _describe.
std::string zsh_text(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string zsh_action(const CommandOption& option) {
  switch (completed(option)) {
    case Completed::kFolder: return "_files -/";
    case Completed::kFile: return "_files";
    case Completed::kCommand: return "->of_program";
    case Completed::kNothing: break;
  }
  return "";
}

std::string zsh_option(const CommandOption& option) {
  std::string all, text;
  for (const std::string& name : option.names) add_word(all, name);
  for (const std::string& name : option.names) {
    std::string spec =
        (option.is_repeatable ? "*" : "(" + all + ")") + name + "[" + zsh_text(option.about) + "]";
    if (!option.is_flag()) spec += ":" + zsh_text(option.value) + ":" + zsh_action(option);
    text += " \\\n    " + in_quotes(spec, "'\\''");
  }
  return text;
}

std::string zsh_function(std::string path) {
  for (char& c : path) {
    if (c == ' ' || c == '-') c = '_';
  }
  return "_" + path;
}

std::string zsh_descriptions(const Command& command) {
  std::string text;
  for (const Command& one : command.commands) {
    text += "    " + in_quotes(one.name + ":" + zsh_text(one.about), "'\\''") + "\n";
  }
  return text;
}

std::string zsh_body(const Command& command, const std::string& path, const Command& program) {
  std::string body = "  local curcontext=$curcontext state line\n  typeset -A opt_args\n";
  body += "  _arguments -C";
  for (const CommandOption& option : command.options()) body += zsh_option(option);
  for (const CommandOption& one : command.positionals) {
    body += " \\\n    " + in_quotes((one.is_repeatable ? "*:" : ":") + zsh_text(one.positional) +
                                        ":" + zsh_action(one),
                                    "'\\''");
  }
  if (!command.commands.empty()) body += " \\\n    '1: :->command' \\\n    '*:: :->rest'";
  body += "\n";
  if (!command.commands.empty()) {
    body += "  case $state in\n    command)\n      local -a commands=(\n" +
            zsh_descriptions(command) +
            "      )\n      _describe command commands ;;\n    rest)\n      case $words[1] in\n";
    for (const Command& one : command.commands) {
      body += "        " + one.name + ") " + zsh_function(path + " " + one.name) + " ;;\n";
    }
    body += "      esac ;;\n  esac\n";
  }
  const bool is_of_program = std::any_of(
      command.positionals.begin(), command.positionals.end(), [](const CommandOption& one) {
        return completed(one) == Completed::kCommand;
      });
  if (is_of_program) {
    body += "  [ $state = of_program ] && compadd " + names_of_commands(program) + "\n";
  }
  return body;
}

std::string zsh(const Command& program) {
  std::string text = "#compdef stet\n# Completion of stet for zsh: made of its command line.\n";
  each_command(program, program.name, [&](const Command& command, const std::string& path) {
    text += zsh_function(path) + "() {\n" + zsh_body(command, path, program) + "}\n";
  });
  return text + "_stet \"$@\"\n";
}

// ---- fish

std::string fish_option(const CommandOption& option) {
  std::string text;
  for (const std::string& name : option.names) {
    text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  if (!option.is_flag()) {
    switch (completed(option)) {
      case Completed::kFolder: text += " -x -a '(__fish_complete_directories)'"; break;
      case Completed::kFile: text += " -r -F"; break;
      default: text += " -x"; break;
    }
  }
  return text + " -d " + in_quotes(option.about, "\\'");
}

// When words after "stet token" are this command's.
std::string fish_condition(const std::string& path) {
  std::string condition;
  for (std::size_t at = path.find(' '); at != path.npos; at = path.find(' ', at + 1)) {
    const std::string word = path.substr(at + 1, path.find(' ', at + 1) - at - 1);
    condition +=
        (condition.empty() ? "" : "; and ") + std::string("__fish_seen_subcommand_from ") + word;
  }
  return condition;
}

std::string fish(const Command& program) {
  std::string text =
      "# Completion of stet for fish: made of its command line.\ncomplete -c stet -f\n";
  each_command(program, program.name, [&](const Command& command, const std::string& path) {
    const std::string inside = fish_condition(path);
    const std::string names = names_of_commands(command);
    std::string outside = "__fish_use_subcommand";
    if (!inside.empty()) outside = inside + "; and not __fish_seen_subcommand_from " + names;
    for (const Command& one : command.commands) {
      text += "complete -c stet -n '" + outside + "' -a " + one.name + " -d " +
              in_quotes(one.about, "\\'") + "\n";
    }
    const std::string when = " -n '" + (inside.empty() ? outside : inside) + "'";
    for (const CommandOption& option : command.options()) {
      text += "complete -c stet" + when + fish_option(option) + "\n";
    }
    for (const CommandOption& one : command.positionals) {
      const Completed kind = completed(one);
      if (kind == Completed::kCommand) {
        text += "complete -c stet" + when + " -a '" + names_of_commands(program) + "'\n";
      } else if (kind != Completed::kNothing) {
        text += "complete -c stet" + when + " -F\n";
      }
    }
  });
  return text;
}

}  // namespace

std::string completion_for(std::string_view shell, const Command& program) {
  if (shell == "bash") return bash(program);
  if (shell == "zsh") return zsh(program);
  return shell == "fish" ? fish(program) : "";
}

}  // namespace stet::program
