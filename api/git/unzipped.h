// A gzipped body as the bytes that it stands for.
//
// git would unpack it on its way, however long it gets: a megabyte of what a fetch "has" can stand
// for a gigabyte that git then keeps in memory. Threads: a pure function. Limits: as told.
#pragma once

#include <cstdint>

#include "api/http/body.h"
#include "storage/base/result.h"

namespace stet::git {

// kInvalidInput: it is no gzip, or has more than so many bytes, packed or unpacked.
Result<http::Body> unzipped(const http::Body& packed, std::uint64_t bytes_max);

}  // namespace stet::git
