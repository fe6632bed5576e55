// What a tree of cmark's learns about its lines of text: `{#id}` of headers, attribute lists behind
// an element or at the start of an item.
#pragma once

#include "cms/markdown/attribute_list.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

void run_inline_passes(Tree& tree, const AttributeDefinitions& definitions);

}  // namespace stet::markdown
