// Paths below some root as text, whatever they name; "" is the root. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stet {

// "a" of "a/b.scss", "" of "b.scss".
std::string_view parent_folder(std::string_view path);

// "a/c" of "a" and "./b/../c"; none for what leads out of the root.
std::optional<std::string> joined_path(std::string_view folder, std::string_view relative);

}  // namespace stet
