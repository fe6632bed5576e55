// cmark-gfm's parser: CommonMark, and the extensions that GitHub added, as a tree of cmark's nodes.
//
// Threads: any, one after the other: while it reads, the library notes the extensions' characters
// in tables that the whole process shares. Time: see commonmark_cost.h, which is to be asked
// before.
#pragma once

#include <string_view>

#include "cms/markdown/render.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

NodeOwner parse_commonmark(std::string_view markdown, const CommonmarkOptions& options);

}  // namespace stet::markdown
