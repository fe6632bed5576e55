// A remote repository, as git itself reaches it: listed, fetched from, pushed to.
//
// Each call is a child process with limits (git_child.h). Nothing here moves a branch of ours but
// move_reference(), by git's own compare-and-swap; a fetch goes where it is told, below refs/stet/.
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

  // Never by force.
  Result<PushOutcome> push(const CommitId& commit, const std::string& branch);

  // Takes away the locks that a killed child has left on references below `prefix` ("refs/stet/"),
  // which nobody else moves. How many there were.
  std::size_t remove_locks(std::string_view prefix);

  // kConflict: the reference is elsewhere.
  Status move_reference(const ReferenceMove& move);

  // Ends the child that is running, and any that would be started.
  void stop();
  bool is_stopped() const { return is_stopped_; }

 private:
  explicit Upstream(UpstreamSettings settings);
  Result<Finished> run(const std::vector<std::string>& arguments);

  const UpstreamSettings settings_;
  const std::string shown_url_;
  Descriptor stop_;
  std::atomic<bool> is_stopped_{false};
};

// Whether git takes it for the name of a branch; what a remote says of itself is asked so too.
bool is_branch_name(const std::string& name);

}  // namespace stet::storage
