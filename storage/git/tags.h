// Names for commits that stay: annotated tags.
//
// Threads: any. Durability: as references'. Errors: kConflict where a tag of that name is there and
// is another commit's; kInvalidInput for a name that git refuses.
#pragma once

#include <string>
#include <string_view>

#include "storage/git/repository.h"

namespace stet::storage {

// Nothing happens where the tag is there already and names that commit.
Status create_tag(const Repository& repository,
                  std::string_view name,
                  const CommitId& commit,
                  const Signature& tagger,
                  const std::string& message);

}  // namespace stet::storage
