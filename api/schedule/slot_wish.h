// When and where a slot shall be, out of JSON. Threads: pure functions.
#pragma once

#include <string>

#include "api/routes/request_json.h"
#include "cms/change/session_moves.h"

namespace stet::api {

// Takes start, end, room and minutes; null is "none from now on".
Fault take_wish(document::Data::Map& object, change::SlotWish& wish, const std::string& at = "");

// Takes if_match: a tag, or "*"; `is_needed`: 428 without.
Fault take_if_match(document::Data::Map& object,
                    bool is_needed,
                    change::Expected& expected,
                    const std::string& at = "");

// Of a request with If-Match, the tag that it names; 428, 400, 412.
Fault take_match_header(const Call& call, std::optional<BlobId>& expected);

}  // namespace stet::api
