#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "api/program/command.h"
#include "api/program/settings_text.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

constexpr char kFolder[] = "/etc/stet";

// All settings files of this machine.
Result<std::vector<std::string>> installed_files() {
  std::vector<std::string> files;
  std::error_code failure;
  for (auto it = fs::directory_iterator(kFolder, failure);
       !failure && it != fs::directory_iterator();
       it.increment(failure)) {
    if (it->path().extension() == ".toml") files.push_back(it->path().string());
  }
  if (files.empty()) {
    return not_found(std::string("there is no settings file in ") + kFolder + "; name one");
  }
  std::sort(files.begin(), files.end());
  return files;
}

Status check(std::vector<std::string> files) {
  if (files.empty()) files = TRY(installed_files());
  std::size_t faults = 0;
  for (const std::string& file : files) {
    const std::vector<std::string> complaints = TRY(check_settings(file));
    for (const std::string& complaint : complaints) std::cout << complaint << "\n";
    if (complaints.empty()) std::cout << file << ": good\n";
    faults += complaints.size();
  }
  if (faults == 0) return {};
  return invalid_input(faults == 1 ? "1 setting is wrong"
                                   : std::to_string(faults) + " settings are wrong");
}

Status show(const std::string& file) {
  std::cout << show_settings(TRY(read_settings(file, Secrets::kNamed)));
  return {};
}

}  // namespace

void add_config(CLI::App& program, Run& run) {
  auto files = std::make_shared<std::vector<std::string>>();
  auto file = std::make_shared<std::string>();
  CLI::App* command = program.add_subcommand("config", "a server's settings: stet.toml(5)");
  command->require_subcommand(1);
  CLI::App* checks = command->add_subcommand(
      "check", "say what is wrong with settings files: FILE:LINE and the mend");
  checks->add_option("FILE", *files, "one or several (default: /etc/stet/*.toml)");
  checks->callback([files, &run] { run = [files] { return check(*files); }; });
  CLI::App* shows = command->add_subcommand("show", "every setting with its value; no secrets");
  shows->add_option("FILE", *file, "whose (default: what holds without a file)");
  shows->callback([file, &run] { run = [file] { return show(*file); }; });
  CLI::App* example = command->add_subcommand(
      "example", "a settings file to begin with: every setting, its default, what it is for");
  example->callback([&run] {
    run = []() -> Status {
      std::cout << example_settings();
      return {};
    };
  });
}

}  // namespace stet::program
