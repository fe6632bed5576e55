// CommonMark, for sites that ask for it: as the plugins jekyll-commonmark 1.4 and
// jekyll-commonmark-ghpages 0.5 write it, with the parser that they have, cmark-gfm.
//
// Threads: any; their parsing is put in order. Time: linear in the text, for what would take longer
// is refused (commonmark_cost.h).
#pragma once

#include <string>
#include <string_view>

#include "cms/markdown/render.h"
#include "storage/base/problem.h"

namespace stet::markdown {

// Refused: the problem says why, and the HTML is empty.
std::string render_commonmark(std::string_view markdown,
                              const CommonmarkOptions& options,
                              Problems& problems);

// GitHub's plugin lets the lines of {% highlight %} pass through Markdown as one line, so that a
// blank one does not end the HTML that they stand in: each newline is a mark, and
// render_commonmark() makes newlines of those again. In a layout the marks stay, as there.
std::string with_line_marks(std::string_view html);

}  // namespace stet::markdown
