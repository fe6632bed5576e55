// What a tree of cmark's learns about its lines of text: `{#id}` of headers, attribute lists behind
// an element or at the start of an item, `***both***`.
#pragma once

#include "cms/markdown/prepared_source.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

void run_inline_passes(Tree& tree, const PreparedSource& prepared);

}  // namespace stet::markdown
