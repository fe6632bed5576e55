// kramdown's tables: paragraphs whose every line has a pipe.
//
//     | a | b |        the header is what stands above the first line of dashes, which says by
//     colons
//     |---|:-:|        how columns are aligned; a line of equals signs parts the footer off
//     | 1 | 2 |
#pragma once

#include <string_view>

#include "cms/markdown/prepared_source.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

// Replaces the paragraphs that are tables; their cells may refer to the definitions of links.
void make_tables(Tree& tree, const PreparedSource& prepared, std::string_view link_definitions);

}  // namespace stet::markdown
