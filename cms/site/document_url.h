// Where a document is shown: its URL by its permalink, and the file that holds it.
#pragma once

#include "cms/site/config.h"
#include "cms/site/document.h"

namespace stet::site {

// ".html", ".xhtml", ".htm": pages of these have permalinks by the site's style.
bool is_html_extension(std::string_view extension);

// Fills in `url` and `output_path`; everything else of `facts` is there but the key. kInvalidInput
// names a placeholder that does not exist.
Status set_url(DocumentFacts& facts, const Config& config);

}  // namespace stet::site
