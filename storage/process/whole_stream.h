// What a worker's program reads from its standard input, and writes to its standard output, whole.
//
// Threads: any. Errors: false, with errno; what was read or written by then is. Limits: memory is
// the caller's, who has given the process one.
#pragma once

#include <string>
#include <string_view>

namespace stet::storage {

bool read_to_end(int from, std::string& bytes);  // adds to `bytes`
bool write_whole(int to, std::string_view bytes);

}  // namespace stet::storage
