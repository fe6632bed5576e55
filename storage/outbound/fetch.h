// One call of a URL that others have named, waited for: for who has a thread to spend.
//
// Threads: any; it waits as long as `limits` allow.
#pragma once

#include <string>

#include "storage/outbound/http_caller.h"

namespace stet::storage {

// kUnavailable: there was no whole answer, or none within the limits; the message says why, and
// names neither headers nor body. The answer has a status, whichever it is.
Result<HttpAnswer> fetch(const AddressFilter& filter,
                         const CallLimits& limits,
                         const std::string& agent,
                         HttpCall call);

}  // namespace stet::storage
