// Who may publish a change as things are now: the caller, who has approved it, who has set its
// time.
//
// What somebody was allowed when they spoke is not asked, but what they are allowed when their word
// is to count. Threads: any; the ledger and the repository are asked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/auth/path_rights.h"
#include "api/changes/approval.h"
#include "api/routes/backend.h"

namespace stet::api {

// Of a user by name, or a token by id; none: there is no such one, or not any more.
Result<std::optional<auth::Rights>> rights_now(const Backend& backend, const std::string& actor);

// Why the change may not be published by these rights: files that are not theirs to write.
Result<std::vector<auth::PathFault>> publish_faults(const Backend& backend,
                                                    const changes::Record& record,
                                                    const auth::Rights& rights);

// Whether they have opened it, written to it, or pushed it. `mail`: of their commits; "": a token.
Result<bool> has_part_in(const Backend& backend,
                         const changes::Record& record,
                         const std::string& actor,
                         const std::string& mail);

// Who has opened it; of a branch that was pushed without a word, whoever alone has pushed it.
Result<bool> has_opened(const Backend& backend,
                        const changes::Record& record,
                        const std::string& actor);

Result<changes::Approval> approval_of(const Backend& backend, const changes::Record& record);

// Why nobody stands behind its set time any more; "": somebody does.
Result<std::string> fault_of_schedule(const Backend& backend, const changes::Record& record);

}  // namespace stet::api
