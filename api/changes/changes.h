// Unpublished work: the changes of a repository, found, begun, noted upon, and taken away.
//
// All there is to know of a change is in git (record.h); what lies here is remembered and can be
// forgotten at any time. Edits come by committer_of(), which is the branch's only one. Threads:
// any. Durability: as commits'. Limits: kOpenMax that are open, kAllMax with those that have ended.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/changes/record.h"
#include "cms/change/tree_merge.h"
#include "storage/base/random.h"
#include "storage/commit/branch_committers.h"
#include "storage/diff/diff.h"
#include "storage/history/merge_base.h"

namespace stet::changes {

inline constexpr std::size_t kOpenMax = 500, kAllMax = 2000;

// How a change stands to the branch that is served.
struct Footing {
  CommitId head, served;
  std::optional<CommitId> base;  // the newest commit that both have; none: they share no history
  CommitId from;                 // what the change is compared with: the base, as a rule
  storage::Diff diff;            // from there to the head: what the change is about
  storage::Distance distance;    // `behind`: what is live and not in it
};
using FootingPtr = std::shared_ptr<const Footing>;

// What publishing it would meet now.
struct Meeting {
  CommitId head, served;
  bool is_related = true;
  std::vector<change::FileConflict> conflicts;  // "ours" is the change's, "theirs" what is live
};
using MeetingPtr = std::shared_ptr<const Meeting>;

class Changes {
 public:
  // All must outlive it.
  struct Parts {
    const storage::Repository& repository;
    storage::BranchCommitters& branches;
    std::string served;  // the branch that changes are published on
    RandomSource& random;
  };
  explicit Changes(Parts parts) : parts_(std::move(parts)) {}

  // By id.
  Result<std::vector<RecordPtr>> all();
  Result<RecordPtr> find(std::string_view id);  // kNotFound

  struct Beginning {
    std::string title, description;
    CommitId base;
    Hand hand;
  };
  // kConflict: there are as many as may be.
  Result<RecordPtr> begin(const Beginning& beginning);

  // kConflict: `head` is given, and the change has moved on.
  Result<RecordPtr> note(std::string_view id,
                         const Note& note,
                         const Hand& hand,
                         const std::optional<CommitId>& head = std::nullopt);

  // Takes the branch away. kConflict: it has moved on.
  Status end(const Record& record);

  Result<std::shared_ptr<storage::Committer>> committer_of(std::string_view id);
  storage::BranchCommitters& branches() const { return parts_.branches; }

  Result<FootingPtr> footing_of(const Record& record);
  Result<MeetingPtr> meeting_of(const Record& record);

  // Notes upon those that are open and have come to the served branch by somebody's own merge, or
  // were squashed there by a process that ended before it could: since the last call, which is
  // quick where that branch has not moved.
  Status close_merged(const Hand& hand);

  // Told by id of what was done to a change here, by whoever has done it; set before there are
  // calls. What git does is not told.
  void set_listener(std::function<void(std::string_view)> listener) {
    listener_ = std::move(listener);
  }
  void say(std::string_view id) const {
    if (listener_) listener_(id);
  }

  Result<CommitId> served_head() const;
  const std::string& served() const { return parts_.served; }

 private:
  struct Known {
    RecordPtr record;
    FootingPtr footing;
    MeetingPtr meeting;
  };
  Result<RecordPtr> read(const std::string& id, const CommitId& head, const CommitId& served);
  Result<std::vector<CommitId>> newly_served(const CommitId& served) const;
  Result<std::map<std::string, CommitId>> squashed(const std::vector<RecordPtr>& open,
                                                   const CommitId& served) const;

  const Parts parts_;
  std::function<void(std::string_view)> listener_;
  mutable std::mutex mutex_;
  std::map<std::string, Known, std::less<>> known_;
  std::optional<CommitId> looked_at_;  // of the served branch, by close_merged()
};

}  // namespace stet::changes
