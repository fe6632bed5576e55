// Texts of one line each, read as Markdown's inline elements: cells of tables, content of HTML
// elements.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cms/markdown/tree.h"

namespace stet::markdown {

// One paragraph a text, in their order; its children are the text's nodes. All texts are parsed at
// once, with the definitions of links that they may refer to: linear in all of them together.
// Line feeds count as blanks.
std::vector<NodeOwner> read_inlines(const std::vector<std::string>& texts,
                                    std::string_view link_definitions);

// Parses Markdown with cmark; text nodes that touch are one.
NodeOwner parse_with_cmark(std::string_view text);

}  // namespace stet::markdown
