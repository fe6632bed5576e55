// Settings as people read them: what holds, the file to begin with, and what a reload takes up.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/program/settings.h"

namespace stet::program {

// Every setting with its value, as a settings file has it. No secret is in it: of files that hold
// some, their names.
std::string show_settings(const Settings& settings);

// A settings file in which every setting stands with its default, behind '#', and what it is for.
std::string example_settings();

// The sections of stet.toml(5), in roff.
std::string settings_in_roff();

struct SettingsDiff {
  std::vector<std::string> reloadable, others;  // keys whose values differ, secrets included
};
SettingsDiff compare_settings(const Settings& before, const Settings& after);

}  // namespace stet::program
