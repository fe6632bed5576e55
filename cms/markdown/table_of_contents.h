// The table of contents: a list of links to the headers, where a list says `{:toc}`.
#pragma once

#include "cms/markdown/render.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

// Fills the first list that asks for it; all headers have their ids. Links inside headers become
// their text; headers outside of the levels asked for, or of class no_toc, are left out. Where no
// header is left, so is the list.
void place_table_of_contents(Tree& tree, const Options& options);

}  // namespace stet::markdown
