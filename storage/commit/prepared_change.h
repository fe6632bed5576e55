// A change set that has been checked and written out as far as no head is needed for it.
//
// Done in the caller's thread, so that the queue's one worker need not hash contents.
#pragma once

#include <vector>

#include "storage/commit/change_set.h"
#include "storage/commit/committer.h"
#include "storage/commit/tree_edit.h"

namespace stet::storage {

struct PreparedChange {
  ChangeSet change_set;  // owns what `edits` point into
  std::vector<TreeEdit> edits;
  std::string author_line;  // "Name <email> 1600000000 +0200"
  std::string message;      // with its trailers, ending in a newline
  std::uint64_t bytes = 0;  // of all contents
};

// kInvalidInput: too many edits or bytes, a path twice, no message or author, text that is not
// UTF-8, a trailer that git would not read as one. Line breaks and the like are taken out of names,
// addresses and trailers.
Result<PreparedChange> prepare(ChangeSet change_set, const CommitLimits& limits);

// As it stands in a commit; kInvalidInput where the name is empty or not UTF-8.
Result<std::string> signature_line(const Signature& signature);

}  // namespace stet::storage
