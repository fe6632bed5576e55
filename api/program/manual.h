// Manual pages, made of what the command line and the table of settings say.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/program/command_tree.h"

namespace stet::program {

// "stet.1", "stet-serve.1", ..., "stet.toml.5"
std::vector<std::string> manual_names(const Command& program);

// One of these, in roff; "": there is none of that name.
std::string manual_page(const Command& program, std::string_view name, std::string_view version);

}  // namespace stet::program
