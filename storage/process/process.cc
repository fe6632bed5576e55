#include "storage/process/process.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "storage/base/utf8.h"
#include "storage/process/child.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolders[] = {"/usr/local/bin", "/usr/bin", "/bin"};
constexpr const char* kLimiter = "/usr/bin/prlimit";
constexpr std::size_t kMessageBytesMax = 300;

bool has_nul(const std::string& text) { return text.find('\0') != std::string::npos; }

bool is_program(const fs::path& path) {
  std::error_code failure;
  return fs::is_regular_file(path, failure) && ::access(path.c_str(), X_OK) == 0;
}

Status check(const Command& command) {
  if (command.argv.empty() || command.argv[0].empty()) return invalid_input("no program is named");
  if (std::any_of(command.argv.begin(), command.argv.end(), has_nul) ||
      std::any_of(command.environment.begin(), command.environment.end(), has_nul) ||
      has_nul(command.folder.native())) {
    return invalid_input("an argument of '" + printable(command.argv[0], 60) + "' has a NUL byte");
  }
  std::error_code failure;
  if (!command.folder.empty() && !fs::is_directory(command.folder, failure)) {
    return not_found("there is no folder '" + command.folder.string() + "' to run '" +
                     command.argv[0] + "' in");
  }
  return command.limits.wall_ms > 0 ? Status() : invalid_input("wall_ms must be more than 0");
}

// The limits as prlimit's options; no core dumps, for they would lie about in the repository.
std::vector<std::string> limited(const Command& command, const fs::path& program) {
  std::vector<std::string> argv = {kLimiter, "--core=0"};
  auto limit = [&](const char* option, std::uint64_t value) {
    if (value > 0) argv.push_back(option + std::to_string(value));
  };
  limit("--cpu=", command.limits.cpu_seconds);
  limit("--as=", command.limits.memory_bytes);
  limit("--fsize=", command.limits.written_file_bytes);
  limit("--nofile=", command.limits.open_files);
  argv.push_back("--");
  argv.push_back(program.string());
  argv.insert(argv.end(), command.argv.begin() + 1, command.argv.end());
  return argv;
}

Result<fs::path> program_of(const std::string& name) {
  if (!name.starts_with('/')) return find_program(name);
  if (is_program(name)) return fs::path(name);
  return not_found("there is no program '" + name + "'");
}

}  // namespace

Result<fs::path> find_program(const std::string& name) {
  if (name.find('/') == std::string::npos) {
    for (const char* folder : kFolders) {
      if (is_program(fs::path(folder) / name)) return fs::path(folder) / name;
    }
  }
  return not_found("there is no program '" + printable(name, 60) +
                   "' on this machine; install the package that has it");
}

Result<Finished> run(const Command& command) {
  TRY(check(command));
  const fs::path program = TRY(program_of(command.argv[0]));
  if (!is_program(kLimiter)) {
    return not_found(std::string("there is no program '") + kLimiter +
                     "' on this machine; install util-linux");
  }
  return run_child(command, limited(command, program));
}

Status check_success(const Finished& finished, const std::string& name) {
  using Ending = Finished::Ending;
  if (finished.ending == Ending::kExited && finished.code == 0) return {};
  std::string how;
  switch (finished.ending) {
    case Ending::kExited: how = " failed with status " + std::to_string(finished.code); break;
    case Ending::kSignalled: how = " was ended by signal " + std::to_string(finished.code); break;
    case Ending::kTimedOut: how = " took too long and was ended"; break;
    case Ending::kTooMuchOutput: how = " wrote too much and was ended"; break;
    case Ending::kUnwanted: how = " was ended, for nobody wanted it any more"; break;
  }
  std::string_view said = std::string_view(finished.error).substr(0, finished.error.find('\n'));
  if (!said.empty()) how += ": " + printable(said, kMessageBytesMax);
  bool may_pass = finished.ending == Ending::kTimedOut;
  return may_pass ? unavailable(name + how) : internal(name + how);
}

}  // namespace stet::storage
