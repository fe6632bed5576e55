// What a server that does not lead its site does with writes, and what it says of itself.
//
// A follower sends them on to its leader, by 307 and before it asks who somebody is: people and
// tokens are the leader's to know. Where the leader's address is not known, and of a server that
// was replaced, they are 503 of the type read-only. What concerns this server alone stays here:
// signing in, one's account, the people and tokens of its own ledger, looking. Threads: any.
#pragma once

#include <optional>

#include "api/remote/leadership.h"
#include "api/routes/call.h"
#include "api/routes/route.h"

namespace stet::api {

// What it changes is in the repository, or is told from it to others: the leader's to do.
bool is_of_leader(const Route& route);

// None: it is answered here. Looks at the repository where the request writes.
std::optional<http::Response> answer_elsewhere(const Backend& backend,
                                               const http::Request& request,
                                               const Route* route);
// The same of what no route of the API has, and writes.
std::optional<http::Response> send_elsewhere(const Backend& backend, const http::Request& request);

// {role, epoch, term, refusal, leader}.
Json leadership_json(const remote::Leadership& leadership);

}  // namespace stet::api
