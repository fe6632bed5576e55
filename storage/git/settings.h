// A repository's own configuration, as `git config --local` reads and writes it.
//
// What a system's or a user's configuration says is not looked at. Threads: any.
#pragma once

#include <string>

#include "storage/base/result.h"
#include "storage/git/repository.h"

namespace stet::storage {

// Whether the setting, which may have several values, has this one.
Result<bool> has_setting(const Repository& repository,
                         const std::string& name,
                         const std::string& value);

// Gives the setting the value unless it has one.
Status set_default(const Repository& repository, const std::string& name, const std::string& value);

// Adds the value unless it is there. kUnavailable: somebody is writing the file just now.
Status add_setting(const Repository& repository, const std::string& name, const std::string& value);

}  // namespace stet::storage
