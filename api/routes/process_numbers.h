// What the operating system says of the server's process, at one moment. Threads: values.
#pragma once

#include <cstdint>

namespace stet::api {

struct ProcessNumbers {
  std::uint64_t resident_bytes = 0, open_files = 0, open_files_max = 0, threads = 0, children = 0;
  double cpu_seconds = 0, started_seconds = 0;  // since its start; since 1970
};

}  // namespace stet::api
