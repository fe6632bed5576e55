// kramdown's Markdown, as Jekyll sets it up, into a tree of cmark's nodes.
#pragma once

#include <string_view>

#include "cms/markdown/render.h"
#include "cms/markdown/tree.h"
#include "storage/base/problem.h"

namespace stet::markdown {

struct Document {
  Tree tree;
  Options options;  // those given, and what the document sets itself
  std::size_t source_bytes = 0;
};

// Lines of `source` end in line feeds; their numbers are those of the problems.
Document read_kramdown(std::string_view source, const Options& options, Problems& problems);

}  // namespace stet::markdown
