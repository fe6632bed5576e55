// Writes a document as HTML in kramdown's hand: its indentation, its blank lines, its wrappers for
// code, the table of contents and the footnotes where they belong.
//
// Recursive: as deep as the tree, whose readers limit it.
#pragma once

#include <string>

#include "cms/markdown/kramdown_reader.h"

namespace stet::markdown {

std::string write_html(const Document& document);

}  // namespace stet::markdown
