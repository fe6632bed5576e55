// Secrets of the server's settings: they stand in files of their own, which the settings name.
//
// Threads: any.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "storage/base/result.h"

namespace stet::program {

// One a line. kInvalidInput: there is none; the message names the file, never what it holds.
Result<std::vector<std::string>> read_secrets(const std::filesystem::path& file);

}  // namespace stet::program
