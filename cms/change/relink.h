// What else a move asks for: the old address leads to the new one, and links follow.
//
// An entry that had a public page gets its old URL into `redirect_from`, where the site has the
// plugin for it. Links of other entries, of layouts and of includes, in whatever form they name
// the old place (link_scan.h), name the new one, in the same form; so do links that a moved file
// itself has by its place, and the fields of front matter and of data files (field_links.h). The
// configuration is not looked through. Nothing else in those files changes. What cannot be done is
// a warning. Cost: a look at every text of the site.
#pragma once

#include <vector>

#include "cms/change/draft.h"
#include "cms/change/plan.h"

namespace stet::change {

// Completes the draft and its actions; without moves it does nothing.
Status follow_moves(Draft& draft, std::vector<PlannedAction>& actions);

}  // namespace stet::change
