// In which lists of the site a document stands by what it is itself.
#pragma once

#include <string>
#include <vector>

#include "cms/site/document.h"

namespace stet::site {

// "pages", "html_pages", its collection, "tags.X", "categories.X", and the list of its day and slug
// (post_name.h).
std::vector<std::string> lists_of(const DocumentFacts& facts);

}  // namespace stet::site
