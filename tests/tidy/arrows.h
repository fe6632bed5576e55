// Which folder may include which: the one table that ARCHITECTURE.md shows and the code keeps to.
#pragma once

#include <string>
#include <string_view>

#include "tests/tidy/source_tree.h"

namespace stet::tidy {

// Includes in quotes that no arrow allows, those that are not written from the root, folders that
// the table doesn't know; and includes of libraries that stand behind a fence.
Violations check_arrows(const SourceFile& file);

// The table as it stands in ARCHITECTURE.md under the heading `### Arrows`.
std::string arrows_as_markdown();

// Whether that is what stands there.
Violations check_documented_arrows(const SourceFile& architecture);

}  // namespace stet::tidy
