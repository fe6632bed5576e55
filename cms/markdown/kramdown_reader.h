// Reads kramdown's Markdown into a tree: cmark's parser between a pass over the source, which cuts
// out what cmark would misread, and passes over the tree, which put in what kramdown knows beyond
// it.
#pragma once

#include <string_view>

#include "cms/markdown/render.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

// `source` has line feeds only at its ends of lines. Problems are added to those there.
Tree read_kramdown(std::string_view source, const Options& options, Problems& problems);

}  // namespace stet::markdown
