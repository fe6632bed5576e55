// Secrets of the server's settings: they stand in files of their own, which the settings name.
//
// "credential:NAME" is the file that systemd hands to the service by that name: LoadCredential= of
// the unit, $CREDENTIALS_DIRECTORY (systemd.exec(5)). Threads: any.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"

namespace stet::program {

bool is_credential(std::string_view named);

// $CREDENTIALS_DIRECTORY; "": systemd has handed out none.
std::filesystem::path systemd_credentials();

// Where it lies. kInvalidInput: a credential, and systemd has handed out none, or no such one.
Result<std::filesystem::path> secret_path(const std::string& named);

// One a line. kInvalidInput: there is none; the message names the file, never what it holds.
Result<std::vector<std::string>> read_secrets(const std::string& named);

// A new file that its owner alone may read. kConflict: it is there already.
Status write_secret(const std::filesystem::path& file, std::string_view text);

}  // namespace stet::program
