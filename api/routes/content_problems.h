// What is wrong with content, wherever it is told: of one entry, and of what a write has changed.
//
// One list, whoever tells: what the site finds when it is made and rendered, and what the gate of
// writes and pushes finds (cms/change/validate.h), which is also what fields are by the site's own
// words. Threads: any.
#pragma once

#include "api/routes/reading.h"
#include "cms/change/entry.h"

namespace stet::api {

inline constexpr std::size_t kProblemsOfWriteMax = 100;

// Of the entry's own file, as the reading's site has it.
Problems problems_of_entry(const Call& call, const Reading& reading, const change::Entry& entry);

// Where the configuration is among the files: what it says wrong, and the entries whose fields are
// not as it says, of the site after the write. At most kProblemsOfWriteMax.
void add_problems_of_config(const site::Site& site, const change::Edits& edits, Problems& problems);

}  // namespace stet::api
