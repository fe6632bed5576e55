// Who has what open: said, given back and listed. What is told to those who listen:
// events/presence.h.
//
// Whoever may read what is not public sees who is at it: of files of the repository every role
// reads every area, so there is nothing to hold back from one who listens. Threads: any.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

Answer list_presence(const Call& call);
Answer say_presence(const Call& call);
Answer end_presence(const Call& call);

}  // namespace stet::api
