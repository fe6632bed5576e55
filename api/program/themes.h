// Themes outside of the repository: folders of the machine that hold themes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cms/site/theme.h"

namespace stet::program {

// In each of `folders`, then where Debian's packages put theirs: a folder of the theme's name, else
// the newest of those called name-1.2.3, as gems are.
site::FindTheme themes_in(std::vector<std::string> folders);

// The newest gem of that name in the folder; "" where there is none.
std::filesystem::path newest_gem(const std::filesystem::path& folder, const std::string& name);

}  // namespace stet::program
