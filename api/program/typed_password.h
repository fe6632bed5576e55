// A password as somebody types it, unseen; or a line of what comes in, where nobody types.
//
// Never an argument of a command: those are seen by everybody on the machine. Failure leaves the
// terminal as it was.
#pragma once

#include <string>

#include "storage/base/result.h"

namespace stet::program {

// On a terminal it is asked for twice. kInvalidInput where the two differ, or nothing comes.
Result<std::string> read_password();

}  // namespace stet::program
