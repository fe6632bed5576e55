// How long, how wide, how deep: the limits of files and functions.
#pragma once

#include "tests/tidy/source_tree.h"

namespace stet::tidy {

// Files of C++: 500 lines (tests 800), 100 columns. Functions: 60 lines from brace to brace,
// control nested at most 4 deep. Lines inside an initializer's braces count for the file alone: a
// table of facts is not a long function.
Violations check_sizes(const SourceFile& file);

}  // namespace stet::tidy
