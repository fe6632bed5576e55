// What files, folders and types are called, what lies at the top, and what no file may say.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/source_tree.h"

namespace stet::tidy {

// Names that say nothing: util, helper, manager, common, misc, impl, info. ("data" is Jekyll's word
// for what lies in _data, and stands.)
Violations check_names(const SourceFile& file);

// No file names a folder of the machine that it was written on. `root`: where the tree lies now.
Violations check_machine_paths(const SourceFile& file, std::string_view root);

Violations check_top_level(const std::vector<std::string>& names);

}  // namespace stet::tidy
