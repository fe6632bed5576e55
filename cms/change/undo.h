// Takes a commit's change back, and keeps what came after it.
//
// Each file merges three ways by field (merge.h): its base is what the commit made of it, one side
// what is there now, the other what was there before the commit. A file that the commit moved goes
// back to its old place with its later edits. What was changed again since is a conflict, which a
// choice decides. Threads: as write.h's.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cms/change/plan.h"
#include "storage/diff/diff.h"
#include "storage/snapshot/snapshot.h"

namespace stet::change {

inline constexpr std::size_t kUndoneFilesMax = 1000;

struct UndoRequest {
  storage::Diff diff;                   // of the commit: from its first parent to it
  storage::SnapshotPtr parent, commit;  // parent: null where it has none
  std::map<std::string, std::vector<document::Choice>> choices;  // by path
  std::string author_name, author_email;
  std::string message;  // not empty
  std::vector<std::pair<std::string, std::string>> trailers;
};

Result<PlanOutcome> prepare_undo(const Ground& ground, const UndoRequest& request);

}  // namespace stet::change
