// What the kernel tells of this process, from /proc (proc(5)). Threads: any. Failure: what cannot
// be read is 0.
#pragma once

#include "api/routes/process_numbers.h"
#include "storage/base/clock.h"

namespace stet::program {

// `started`: when it began, which a process that is shut in cannot read.
api::ProcessNumbers process_numbers(Instant started);

}  // namespace stet::program
