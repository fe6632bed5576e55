// What happens to unpublished work, for those who listen and for webhooks: "change.created",
// "change.updated", "change.reviewed", "change.commented", "change.scheduled", "change.blocked",
// "change.published", "change.withdrawn".
//
// Threads: any. Failure: what cannot be told is noted, and fails nothing.
#pragma once

#include <string_view>

#include "api/changes/timetable.h"
#include "api/routes/call.h"

namespace stet::api {

// `by`: a user, or a token; `more`: further members.
void tell_change(const Backend& backend,
                 std::string_view type,
                 const changes::Record& record,
                 std::string_view by,
                 const Json& more = Json::object());

// Of the change in which the request has written, as it is now.
void tell_written(const Call& call);

}  // namespace stet::api
