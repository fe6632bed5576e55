// What this program is, down to the libraries that it runs with and to `stet-sass`.
//
// Two programs of one identity make the same pages of the same site. Another build, or an update of
// a library (libsass, cmark, libyaml ...) or of the time zones is another.
#pragma once

#include "storage/base/hash.h"

namespace stet::program {

Fingerprint program_identity();

}  // namespace stet::program
