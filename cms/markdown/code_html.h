// Code as HTML, in the wrappers that Rouge's style sheets look for.
#pragma once

#include <string>

#include "cms/markdown/render.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

void append_code_block(std::string& html, cmark_node* node, const Options& options, int indent);
void append_code_span(std::string& html, cmark_node* node, const Options& options);

}  // namespace stet::markdown
