// The ids of headers, as GitHub makes them and kramdown's GFM parser after it.
//
// "Über uns, kurz" is "über-uns-kurz"; a second one gets "-1". Headers inside HTML elements have
// kramdown's own rule: ASCII letters, digits, blanks and hyphens only, from the first letter on.
#pragma once

#include "cms/markdown/render.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

// Gives an id to each header that has none. Typography has been applied before: the quotation marks
// that it made are no letters, the hyphens that it joined are gone.
void assign_header_ids(Tree& tree, const Options& options);

}  // namespace stet::markdown
