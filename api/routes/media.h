// Pictures, films, documents to download: uploaded, listed, looked at, replaced, moved, deleted.
//
// Of an upload see media_store.h. Names in paths are paths of the repository. Threads: any.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

Answer list_media(const Call& call);
Answer read_media(const Call& call);
Answer read_media_content(const Call& call);

Answer create_media(const Call& call);
Answer replace_media(const Call& call);
Answer patch_media(const Call& call);
Answer delete_media(const Call& call);

// Of a write whose answer was lost: the same, told from the request and the commit.
Answer recover_media(const Call& call, const CommitId& commit);

}  // namespace stet::api
