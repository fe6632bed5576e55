// The compiler's process, from the inside.
#pragma once

namespace stet::sass {

// Reads one job from the standard input, answers on the standard output, and gives the exit status:
// what a program must do that Compiler runs. From the moment that it has read the job, no file can
// be opened: whatever a sheet makes libsass try, it sees what the job holds and nothing else.
int serve_worker();

}  // namespace stet::sass
