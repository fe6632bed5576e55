// What SIGHUP does to a server: its settings are read again, and what of them can be is taken up.
//
// Threads: the one that waits for signals. Settings that are wrong change nothing; settings that
// need a restart stay as they are. The log says which, and why.
#pragma once

#include <filesystem>

namespace stet::program {

struct Serving;

void reload(const std::filesystem::path& file, Serving& serving);

}  // namespace stet::program
