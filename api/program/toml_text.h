// Values as a settings file has them: what settings_lines.h reads back.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stet::program {

// "text", with what needs it escaped.
std::string toml(std::string_view text);
// ["a", "b"]
std::string toml(const std::vector<std::string>& texts);

}  // namespace stet::program
