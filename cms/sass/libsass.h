// libsass itself. It is C++ of its own kind: hostile sheets crash it, and it writes what it thinks
// to the standard error; so it runs in a process of its own (worker.h), never in the server's.
//
// One thread. The process's folder must be kSiteRoot, for libsass makes paths relative to it.
#pragma once

#include "cms/sass/job.h"

namespace stet::sass {

// Where the site seems to lie. No file of it is there, or anywhere. (libsass spoils paths relative
// to "/".)
inline constexpr char kSiteRoot[] = "/usr";

Outcome compile_with_libsass(const Job& job);

}  // namespace stet::sass
