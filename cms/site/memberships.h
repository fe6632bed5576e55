// In which lists of the site a document stands by what it is itself, and whose output it gives way
// to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cms/site/document.h"

namespace stet::site {

// "pages", "html_pages", its collection, "tags.X", "categories.X", and the list of its day and slug
// (post_name.h).
std::vector<std::string> lists_of(const DocumentFacts& facts);

// The list of a collection's documents: its label, unless lists of other things are called so.
std::string list_of_collection(std::string_view label);

// Of two documents with one output the one of the higher rank is shown: pages come before documents
// of collections, and what gives way to anything comes first.
std::string_view rank_of(const DocumentFacts& facts);

}  // namespace stet::site
