// Several writes as one commit: all of them, or none.
//
// Each action is prepared as the single write would be, on the site as it is; where that is
// refused, once more on the site that the actions before it would give. A file may be the business
// of one action alone. Moves take the links of other entries along (relink.h). What sessions clash
// with is asked when all is done: two may swap their places. Threads: as
// write.h's. Limits: kActionsMax; the committer's.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cms/change/write.h"

namespace stet::change {

inline constexpr std::size_t kActionsMax = 200;

enum class ActionVerb { kCreate, kReplace, kPatch, kMove, kDelete };

struct Action {
  ActionVerb verb = ActionVerb::kPatch;
  // Author, message and trailers of the commit are not looked for here. Of a move: a patch that
  // goes with it, or none.
  WriteRequest request;
  // Of a move, one of both: a path of the repository, or another last part of the name.
  std::string to, slug;
};

struct CommitRequest {
  std::vector<Action> actions;
  std::size_t actions_max = kActionsMax;
  std::string author_name, author_email;
  std::string message;  // "": made of the actions
  std::vector<std::pair<std::string, std::string>> trailers;
};

// What an action does to its entry.
struct PlannedAction {
  const Resource* resource = nullptr;  // never null; of a move: of the new place
  std::string label;
  RepoPath path;                             // where it is now; of a deletion, where it was
  std::optional<std::string> before, after;  // none: not there
  ParsedFile parsed_after = nullptr;
  std::optional<RepoPath> moved_from = std::nullopt;
  std::vector<RepoPath> relinked = {};  // entries whose links follow a move
  bool is_merged = false;
};

struct Plan {
  storage::ChangeSet change_set;
  std::vector<PlannedAction> actions;
  Edits edits;
  std::string diff;  // unified, of all files, by path
  Problems warnings;
  bool is_unchanged = false;
};

using PlanOutcome = std::variant<Plan, Refusal>;

Result<PlanOutcome> prepare_commit(const Ground& ground, const CommitRequest& request);

// A single write is a plan of one action.
PlanOutcome plan_of(Outcome outcome, const WriteRequest& request);

}  // namespace stet::change
