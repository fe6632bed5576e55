// Publications that are kept: which there are, a look at them, and the way back to one. Threads:
// any.
#pragma once

#include "api/routes/call.h"
#include "cms/publish/publisher.h"

namespace stet::api {

Answer list_publications(const Call& call);
Answer make_preview(const Call& call);
Answer roll_back(const Call& call);
Answer release_rollback(const Call& call);

Json to_json(const publish::Live& live);
// The rollback that is in force, or null. And that with what is live, as events and answers have
// it.
Json rollback_json(const publish::Shown& shown);
Json shown_json(const publish::Shown& shown);

// The newest kept publication of a commit, by its whole name; null where none is.
publish::LivePointer find_publication(const publish::Publisher& publisher, const CommitId& commit);

}  // namespace stet::api
