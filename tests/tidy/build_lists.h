// What is built: every source, test and header stands in a CMakeLists.txt, and every one of those
// is reached from the root.
#pragma once

#include <vector>

#include "tests/tidy/source_tree.h"

namespace stet::tidy {

Violations check_build_lists(const std::vector<SourceFile>& tree);

}  // namespace stet::tidy
