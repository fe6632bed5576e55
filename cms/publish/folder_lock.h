// One process at a time in a folder of ours.
#pragma once

#include <filesystem>

#include "storage/base/descriptor.h"
#include "storage/base/result.h"

namespace stet::publish {

// Makes the folder where it is missing (its parent must exist) and locks <folder>/lock for as long
// as the descriptor is open. kUnavailable where another process has it, and has not let go of it
// in two seconds: a child that a killed process had just forked holds it until it runs its program.
Result<Descriptor> lock_folder(const std::filesystem::path& folder);

}  // namespace stet::publish
