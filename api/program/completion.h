// What shells need to complete the command line, made of what that says of itself.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "api/program/command_tree.h"

namespace stet::program {

// A script for "bash", "zsh" or "fish"; "": another shell.
std::string completion_for(std::string_view shell, const Command& program);

}  // namespace stet::program
