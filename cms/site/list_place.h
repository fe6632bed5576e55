// Where a document stands in the lists that hold it.
#pragma once

#include "cms/site/config.h"
#include "cms/site/document.h"

namespace stet::site {

// Posts by date, newest first; items of a collection by its `order`, else by the field that its
// `sort_by` names, else by date, undated ones last; pages by name.
ListKey place_of(const DocumentFacts& facts, const Config& config);

}  // namespace stet::site
