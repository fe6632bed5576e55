// The making and watching of one child: what run() does once it knows what is wanted.
#pragma once

#include <string>
#include <vector>

#include "storage/base/result.h"
#include "storage/process/process.h"

namespace stet::storage {

// Runs `argv` (the first an absolute path) with the streams, environment, folder, wall time and
// output limits of `command`.
Result<Finished> run_child(const Command& command, const std::vector<std::string>& argv);

}  // namespace stet::storage
