// One patch for all entries that a filter matches, in one commit: PATCH on the list. Threads: any.
//
// A dry run tells which entries they are and what would become of each; its ETag is the set's tag,
// which If-Match then names, so that what was seen is what is changed.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

Answer patch_entries(const Call& call);

}  // namespace stet::api
