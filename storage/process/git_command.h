// git, run for one repository of this machine.
//
// Nobody's configuration is read but the repository's own and what is given here, nothing asks a
// terminal, nothing is collected behind our back. Threads: a pure function.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "storage/process/process.h"

namespace stet::storage {

// `git ARGUMENTS` with `settings` ("name=value") before those of the repository; limits are the
// caller's to set.
Command git_command(const std::filesystem::path& repository,
                    const std::vector<std::string>& settings,
                    const std::vector<std::string>& arguments);

}  // namespace stet::storage
