// Writes a tree as HTML in kramdown's hand: its indentation, its blank lines, its wrappers for
// code.
#pragma once

#include <string>
#include <string_view>

#include "cms/markdown/render.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

std::string write_html(const Tree& tree, const Options& options);

// `&`, `<` and `>` as entities; in attributes the double quote too.
void append_escaped(std::string& html, std::string_view text);
void append_attribute(std::string& html, std::string_view name, std::string_view value);

}  // namespace stet::markdown
