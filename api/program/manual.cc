#include "api/program/manual.h"

#include <algorithm>
#include <cctype>

#include "api/program/roff.h"
#include "api/program/settings_text.h"

namespace stet::program {
namespace {

constexpr std::string_view kProgramPage = "stet.1", kSettingsPage = "stet.toml.5";

constexpr std::string_view kFiles = R"(.SH FILES
.TP
.I /etc/stet/NAME.toml
settings of the server that stet@NAME.service is; see stet.toml(5)
.TP
.I /var/lib/stet/NAME.git
its repository; in the folder
.I stet
of it the ledger (people, tokens, webhooks), published pages, caches
)";

constexpr std::string_view kExitStatus = R"(.SH EXIT STATUS
.TP
.B 0
done
.TP
.B 1
what was asked for is wrong; standard error says what, and how to mend it
.TP
.B 2
it could not be done; standard error says why
.TP
.B above 100
the command line is wrong
)";

constexpr std::string_view kSettingsText = R"(.SH NAME
stet.toml \- settings of a stet server
.SH SYNOPSIS
.B stet serve \-\-repo
.I DIR
.B \-\-settings
.I FILE
.br
.I /etc/stet/NAME.toml
of
.B stet@NAME.service
.SH DESCRIPTION
One
.I key = value
a line, below its
.IR [section] .
A value is a number, a word, "text", or a list, ["a", "b"]; what stands behind '#' is a comment.
What is not in the file has its default.
.B stet config check
says what is wrong with a file, by line, and
.B stet config show
what holds.
.PP
.B systemctl reload stet@NAME
(the signal HUP) has the file read again.
What is said below to be taken up by a reload then holds at once; of other changes the log says
that they wait for a restart.
A file that is wrong changes nothing, and the log says what is wrong.
.PP
Secrets stand in files of their own.
Where such a file is named, "credential:NAME" is the one that systemd hands over by
LoadCredential=NAME:FILE of the unit.
)";

std::string upper_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

// .TH STET-SERVE 1 "" "stet 0.1.0" "stet"; words are not parted, for many are to be typed.
std::string heading(std::string_view page, std::string_view version) {
  const std::size_t dot = page.rfind('.');
  return ".TH " + roff(upper_case(std::string(page.substr(0, dot)))) + " " +
         std::string(page.substr(dot + 1)) + " \"\" \"stet " + roff(version) +
         "\" \"stet\"\n.nr HY 0\n.hy 0\n.ad l\n";
}

std::string value_of(const CommandOption& option) {
  return "\\fI" + roff(option.value) + "\\fR" + (option.is_repeatable ? " ..." : "");
}

std::string names_of(const CommandOption& option) {
  std::string names;
  for (const std::string& name : option.names) {
    names += (names.empty() ? "" : ", ") + std::string("\\fB") + roff(name) + "\\fR";
  }
  return names + (option.is_flag() ? "" : " " + value_of(option));
}

// stet token create [OPTIONS] NAME
std::string synopsis(const Command& command, const std::string& path) {
  std::string line = "\\fB" + roff(path) + "\\fR";
  for (const CommandOption& option : command.options()) {
    if (!option.is_required) continue;
    line += " \\fB" + roff(option.names.back()) + "\\fR " + value_of(option);
  }
  if (!command.groups.empty()) line += " [\\fIOPTIONS\\fR]";
  for (const CommandOption& one : command.positionals) {
    std::string name = "\\fI" + roff(one.positional) + "\\fR";
    line += one.is_required ? " " + name : " [" + name + "]";
  }
  return line + (command.commands.empty() ? "" : " \\fICOMMAND\\fR") + "\n";
}

std::string entries_of(const std::vector<CommandOption>& options) {
  std::string text;
  for (const CommandOption& option : options) {
    text += ".TP\n" +
            (option.names.empty() ? "\\fI" + roff(option.positional) + "\\fR" : names_of(option)) +
            "\n" + roff(option.about) + (option.is_required ? "; required" : "") + "\n";
  }
  return text;
}

std::string options_of(const Command& command) {
  std::string text = entries_of(command.positionals);
  for (const OptionGroup& group : command.groups) {
    if (!group.name.empty()) text += ".PP\n" + roff(group.name) + ":\n";
    text += entries_of(group.options);
  }
  return text;
}

std::string commands_of(const Command& command, const std::string& path) {
  std::string text;
  for (const Command& one : command.commands) {
    text += ".SS " + roff(path + " " + one.name) + "\n" + synopsis(one, path + " " + one.name) +
            ".PP\n" + roff(one.about) + "\n" + options_of(one) + roff_paragraphs(one.epilogue);
  }
  return text;
}

// .BR stet-serve (1), for each page but this one.
std::string see_also(const Command& program, std::string_view self) {
  std::string text;
  for (const std::string& page : manual_names(program)) {
    if (page == self) continue;
    const std::size_t dot = page.rfind('.');
    text += (text.empty() ? "" : ",\n") + std::string(".BR ") + roff(page.substr(0, dot)) + " (" +
            page.substr(dot + 1) + ")";
  }
  return ".SH SEE ALSO\n" + text + "\n";
}

std::string page_of(const Command& command, const std::string& path, const Command& program) {
  const bool is_program = &command == &program;
  std::string dashed = path;
  std::replace(dashed.begin(), dashed.end(), ' ', '-');
  std::string text =
      ".SH NAME\n" + roff(dashed) + " \\- " +
      roff(is_program ? command.about.substr(command.about.find(':') + 2) : command.about) +
      "\n.SH SYNOPSIS\n" + synopsis(command, path);
  if (!command.epilogue.empty()) text += ".SH DESCRIPTION\n" + roff_paragraphs(command.epilogue);
  text += ".SH OPTIONS\n" + options_of(command);
  if (command.commands.empty()) return text;
  text += ".SH COMMANDS\n";
  if (!is_program) return text + commands_of(command, path);
  for (const Command& one : command.commands) {
    text += ".TP\n.BR stet\\- " + roff(one.name) + " (1)\n" + roff(one.about) + "\n";
  }
  return text;
}

}  // namespace

std::vector<std::string> manual_names(const Command& program) {
  std::vector<std::string> names = {std::string(kProgramPage)};
  for (const Command& command : program.commands) names.push_back("stet-" + command.name + ".1");
  names.emplace_back(kSettingsPage);
  return names;
}

std::string manual_page(const Command& program, std::string_view name, std::string_view version) {
  const std::string head = heading(name, version), also = see_also(program, name);
  if (name == kSettingsPage) {
    return head + std::string(kSettingsText) + settings_in_roff() + also;
  }
  if (name == kProgramPage) {
    return head + page_of(program, "stet", program) + std::string(kFiles) +
           std::string(kExitStatus) + also;
  }
  const std::size_t dash = name.find('-'), dot = name.rfind('.');
  if (dash == name.npos || dot == name.npos || name.substr(dot) != ".1") return "";
  const Command* command = find_command(program, name.substr(dash + 1, dot - dash - 1));
  if (!command) return "";
  return head + page_of(*command, "stet " + command->name, program) + also;
}

}  // namespace stet::program
