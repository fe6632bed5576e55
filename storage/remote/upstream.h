// A remote repository, as git itself reaches it: listed, fetched from, pushed to.
//
// Each call is a child process with limits (git_child.h). Nothing here moves a branch of ours but
// move_reference() and move_references(), by git's own compare-and-swap; a fetch goes where it is
// told, below refs/stet/.
// Threads: one call at a time; stop() from any. Durability: what was fetched, and where a reference
// was moved, survives a power cut. Errors: kUnavailable where the other side could not be reached
// or did not want to talk; the message may be shown to anybody.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/descriptor.h"
#include "storage/base/object_id.h"
#include "storage/base/result.h"
#include "storage/remote/git_child.h"

namespace stet::storage {

struct UpstreamListing {
  std::optional<CommitId> branch;  // the head of the one that was asked for
  std::string default_branch;      // that HEAD names; "": none that is there
  std::optional<CommitId> default_head;
};

struct PushOutcome {
  enum class Kind {
    kDone,
    kBehind,   // the remote has what the commit has not: fetch, and try again
    kRefused,  // the remote's rules do not allow it; `reason` is what it said
  };
  Kind kind = Kind::kDone;
  std::string reason = {};
};

struct ReferenceMove {
  std::string name;              // "refs/heads/main"
  std::optional<CommitId> from;  // none: it must not be there
  std::optional<CommitId> to;    // none: it goes
  std::string reason = {};       // for the reflog
};

class Upstream {
 public:
  // What check_settings() says of them.
  static Result<std::unique_ptr<Upstream>> open(UpstreamSettings settings);

  // Without a secret: for logs and answers.
  const std::string& url() const { return shown_url_; }

  Result<UpstreamListing> list(const std::string& branch);

  // The remote's branch into a reference of ours, wherever that was before.
  Status fetch(const std::string& branch, const std::string& into);

  // References of theirs into ours, each pattern as git's refspecs have it ("+refs/heads/*:
  // refs/x/*"); of ours, those that the pattern makes and theirs are not there any more, go.
  Status mirror(const std::vector<std::string>& patterns);

  // A reference of any kind under its own name, whatever is there.
  Result<PushOutcome> push_reference(const std::string& name);

  // Never by force.
  Result<PushOutcome> push(const CommitId& commit, const std::string& branch);

  // Of our references below `prefix`, which nobody else moves (references.h).
  std::size_t remove_locks(std::string_view prefix);

  // kConflict: the reference is elsewhere.
  Status move_reference(const ReferenceMove& move);

  // All of them or none. kConflict: one of them is elsewhere.
  Status move_references(const std::vector<ReferenceMove>& moves, const std::string& reason);

  // Ends the child that is running, and any that would be started.
  void stop();
  bool is_stopped() const { return is_stopped_; }

 private:
  explicit Upstream(UpstreamSettings settings);
  Result<Finished> run(const std::vector<std::string>& arguments, std::string input = {});
  Status fetch_as(const std::vector<std::string>& refspecs,
                  const std::vector<std::string>& options);
  Result<PushOutcome> push_as(const std::string& refspec);

  const UpstreamSettings settings_;
  const std::string shown_url_;
  Descriptor stop_;
  std::atomic<bool> is_stopped_{false};
};

// Whether git takes it for the name of a branch; what a remote says of itself is asked so too.
bool is_branch_name(const std::string& name);

}  // namespace stet::storage
