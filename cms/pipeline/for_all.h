// The work of many threads: the only place in cms/ that starts any.
#pragma once

#include "storage/base/for_all.h"

namespace stet::pipeline {

// What a whole site takes long by, as people are told (storage/base/progress.h).
inline constexpr char kReading[] = "reading files", kRendering[] = "rendering pages";

// Calls of `work` are shared by the caller and up to `helpers` threads more; few are done by the
// caller alone, for they are done before a thread has started. Where the machine gives no threads,
// fewer share them, or the caller does them all.
ForAll for_all_with(unsigned helpers);

// The same for work that comes in turns: the threads of the first turn stay, with the memory that
// they have warmed, until the last copy of what is returned is gone. For one caller at a time.
ForAll for_all_with_staying(unsigned helpers);

}  // namespace stet::pipeline
