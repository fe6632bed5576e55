// A tree that CommonMark's parser made, as the HTML that Jekyll's plugins for it write: that of
// commonmarker's renderer in Ruby, which is not cmark's own, with the plugins' code blocks.
//
// Addresses of links are written whatever they lead to (`javascript:` too), as there. Threads: any.
// Time: linear in the tree, at any depth.
#pragma once

#include <string>

#include "cms/markdown/render.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

std::string write_commonmark(cmark_node* root, const CommonmarkOptions& options);

}  // namespace stet::markdown
