// What this program is, down to the libraries that it runs with and to `stet-sass`.
//
// Two programs of one identity make the same pages of the same site. Another build, or an update of
// a library (libsass, cmark, libyaml ...) or of the time zones is another.
#pragma once

#include "api/program/settings.h"
#include "cms/site/config.h"
#include "storage/base/hash.h"

namespace stet::program {

// As it was when it was first asked for: libraries that are loaded later (libcurl, by who calls
// others) make no page. Threads: any.
Fingerprint program_identity();

// Of all that a server's pages depend on beside the commit, the instant and themes.
Fingerprint pages_identity(const site::Overrides& overrides, const Settings& settings);

}  // namespace stet::program
