// Quotation marks, dashes and ellipses, as kramdown sets them.
//
// Which way a quotation mark turns depends on the *source* around it: the character before, the
// characters after, be they text or the delimiter of an emphasis, a link, a code span.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cms/markdown/render.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

// Changes the text of all text nodes. Escaped characters are marks (marks.h) and stay.
void set_typography(const Tree& tree, const Options& options);

// source[begin, end) alone, with the rest of the source around it.
std::string with_typography(std::string_view source,
                            std::size_t begin,
                            std::size_t end,
                            const Options& options);

}  // namespace stet::markdown
