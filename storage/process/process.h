// Child processes with limits: git's maintenance, libsass, picture converters.
//
// A child gets its arguments as they are (no shell), the environment it is given and nothing else,
// no file of ours but its three streams, default signals, a process group of its own, and limits
// that hold from its first instruction (set by util-linux's prlimit, which then becomes the
// program). Threads: run() from any thread. Failure leaves no zombie, no running child of the
// group, no open file: what remains of the group is killed when its leader ends. A program that
// makes itself a new session escapes that; none of ours does.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"

namespace stet::storage {

// 0 means: no limit of its own. Wall time always has one.
struct ProcessLimits {
  std::int64_t wall_ms = 60'000;
  std::uint64_t cpu_seconds = 0;
  std::uint64_t memory_bytes = 0;        // of address space
  std::uint64_t written_file_bytes = 0;  // of any one file that it writes
  std::uint64_t open_files = 0;
  std::uint64_t output_bytes = std::uint64_t{16} << 20;  // captured; more ends the child
  std::uint64_t error_bytes = std::uint64_t{64} << 10;   // captured; more is dropped
};

struct Command {
  // The program first: an absolute path, or a name to be found in the system's own folders.
  std::vector<std::string> argv;
  std::vector<std::string> environment = {};  // "NAME=value"
  std::filesystem::path folder = {};          // to run in; "" is "/"
  std::string input = {};                     // all that it reads, unless input_fd is given
  // Given ones stay the caller's, and are not captured. -1: none.
  int input_fd = -1;
  int output_fd = -1;
  int error_fd = -1;
  // Takes the output as it comes, in run()'s thread, instead of having it captured; output_bytes is
  // then no limit. While it is busy the child waits, and the clock runs on. False ends the child.
  std::function<bool(std::string_view)> on_output = {};
  // Stays the caller's; when it can be read from (an eventfd, say), the child is ended. -1: none.
  int stop_fd = -1;
  ProcessLimits limits = {};
};

struct Finished {
  enum class Ending {
    kExited,         // by itself, with `code`
    kSignalled,      // by the signal `code`: a limit of CPU time, memory, file size; a crash
    kTimedOut,       // killed: its wall time was over
    kTooMuchOutput,  // killed: it wrote more than output_bytes
    kUnwanted,       // killed: on_output wanted no more, or stop_fd said so
  };
  Ending ending = Ending::kExited;
  int code = 0;
  std::string output;
  std::string error;
};

// Waits for the child's end. An error means that it never ran: kNotFound where there is no such
// program or folder, kInvalidInput for arguments that no program can be given, kUnavailable where
// the machine has no more processes or files.
Result<Finished> run(const Command& command);

// ok if the program exited with 0; else an error that says how it ended, with the first line that
// it wrote to its standard error. `name` is what the message calls it.
Status check_success(const Finished& finished, const std::string& name);

// In /usr/local/bin, /usr/bin, /bin, whatever PATH says; kNotFound names the program.
Result<std::filesystem::path> find_program(const std::string& name);

}  // namespace stet::storage
