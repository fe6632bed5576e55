// CommonMark, for sites that ask for it: as Jekyll's plugins for it write it, with cmark's parser.
//
// Their extensions of the language (tables, footnotes, text that is struck out, bare links) are
// none of cmark's: a problem names them where a site wants one.
#pragma once

#include <string>
#include <string_view>

#include "cms/markdown/render.h"
#include "storage/base/problem.h"

namespace stet::markdown {

std::string render_commonmark(std::string_view markdown,
                              const CommonmarkOptions& options,
                              Problems& problems);

}  // namespace stet::markdown
