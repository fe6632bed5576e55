// A commit's bytes as a value, without a repository.
#pragma once

#include <optional>
#include <string_view>

#include "storage/git/repository.h"

namespace stet::storage {

// None where they are not what git and we write.
std::optional<CommitRecord> parse_commit(const CommitId& id, std::string_view bytes);

}  // namespace stet::storage
