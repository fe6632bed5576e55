// Text that is struck out, `~~like this~~`, with whatever markup stands in it.
#pragma once

#include "cms/markdown/tree.h"

namespace stet::markdown {

void make_strikethrough(Tree& tree);

}  // namespace stet::markdown
