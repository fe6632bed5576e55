#include "storage/process/git_command.h"

namespace stet::storage {

Command git_command(const std::filesystem::path& repository,
                    const std::vector<std::string>& settings,
                    const std::vector<std::string>& arguments) {
  std::vector<std::string> all = {
      "gc.auto=0",
      "maintenance.auto=false",
      "safe.directory=*",
      // Packs are mapped in windows, so that a limit of memory holds whatever their size.
      "core.packedGitWindowSize=64m",
      "core.packedGitLimit=1g"};
  all.insert(all.end(), settings.begin(), settings.end());
  Command command;
  command.argv = {"git", "--git-dir=" + repository.string()};
  for (const std::string& setting : all) {
    command.argv.push_back("-c");
    command.argv.push_back(setting);
  }
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  command.environment = {"PATH=/usr/local/bin:/usr/bin:/bin",
                         "LC_ALL=C",
                         "GIT_CONFIG_NOSYSTEM=1",
                         "GIT_CONFIG_GLOBAL=/dev/null",
                         "GIT_TERMINAL_PROMPT=0"};
  return command;
}

}  // namespace stet::storage
