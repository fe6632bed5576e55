// What the kernel tells of this process, from /proc (proc(5)). Threads: any. Failure: what cannot
// be read is 0.
#pragma once

#include "api/routes/process_numbers.h"

namespace stet::program {

api::ProcessNumbers process_numbers();

}  // namespace stet::program
