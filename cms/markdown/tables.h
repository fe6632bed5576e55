// kramdown's tables: paragraphs whose every line has a pipe.
//
//     | a | b |        the header is what stands above the first line of dashes, which says by
//     colons
//     |---|:-:|        how columns are aligned; a line of equals signs parts the footer off
//     | 1 | 2 |
#pragma once

#include "cms/markdown/prepared_source.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

// Replaces the paragraphs that are tables.
void make_tables(Tree& tree, const PreparedSource& prepared);

}  // namespace stet::markdown
