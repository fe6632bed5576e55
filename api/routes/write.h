// Writing entries: from a request to a commit that is live, or to the reason why not.
//
// What comes in is checked here (media type, JSON, members, preconditions); what it means for the
// files is cms/change's to say; write_path.h makes it true. Threads: any.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

Answer create_entry(const Call& call);
Answer replace_entry(const Call& call);
Answer patch_entry(const Call& call);
Answer delete_entry(const Call& call);

}  // namespace stet::api
