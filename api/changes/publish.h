// What becomes of a change: brought up to what is live, or published.
//
// Publishing is a merge by field (cms/change/merge_into.h), with a merge commit also where none
// would be needed: so the history of an entry shows the edits as they were made, and the served
// branch's own line one commit for the change, with who has reviewed it. Whoever publishes may ask
// for one commit without the edits (squash), or for the edits without one of ours (fast-forward,
// which nothing may have come before). Then the change's branch
// notes where it went. A process that ends between the two leaves a change that is open and merged:
// Changes::close_merged() finds it. Threads: any; blocks as commits do. Failure: conflicts, a
// refusal and errors leave both branches as they are.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "api/changes/changes.h"
#include "cms/change/merge_into.h"

namespace stet::changes {

struct LandRequest {
  std::string id;
  std::optional<CommitId> head;  // that whoever asks has looked at; none: whichever it is
  Hand hand;
  std::string message;  // "": made of the title
  // "Name <mail>" of those who have approved.
  std::vector<std::string> reviewers = {};
  Method method = Method::kMerge;
  // Whether what would come in may: asked with the lines that say why not. May be asked again.
  std::function<Result<bool>(const change::Push&)> may_land = {};
};

struct Landing {
  change::MergeOutcome outcome;
  RecordPtr record;  // as it is afterwards
  // Of content that would be broken; then the outcome is kRefused.
  Problems problems = {};
};

// Onto the branch of `served`. kConflict: the change has moved on, or has ended.
Result<Landing> publish(Changes& changes, storage::Committer& served, const LandRequest& request);

struct RebaseRequest {
  std::string id;
  std::optional<CommitId> seen;  // of the served branch: what the choices were made for
  change::FileChoices choices = {};
  Hand hand;
};

// What is live comes into the change: by a merge, for others may have the change's branch. "Ours"
// is the change's side. kConflict: the served branch is not at `seen`, or the change has ended.
Result<Landing> rebase(Changes& changes, const RebaseRequest& request);

}  // namespace stet::changes
