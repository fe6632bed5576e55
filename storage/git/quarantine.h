// Objects that a push has brought, and that git keeps apart until its hooks have agreed.
//
// git names their folder to pre-receive, by its environment (githooks(5)); this
// library reads no environment, so the caller hands the folders over.
#pragma once

#include <filesystem>
#include <vector>

#include "storage/base/result.h"
#include "storage/git/repository.h"

namespace stet::storage {

// From now on `repository` (and its copies) reads objects of these folders too; it never writes
// there. kNotFound names a folder that is not there.
Status add_quarantine(const Repository& repository,
                      const std::vector<std::filesystem::path>& folders);

}  // namespace stet::storage
