// Judges what a push would move, before git moves it: what pre-receive runs.
//
// The same in a server's push over HTTP, over ssh and by a file path, and where no server runs.
// Threads: pure functions of the repository. Limits: kUpdatesMax, kLinesMax. Failure: nothing is
// changed by a judgement.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/auth/roles.h"
#include "api/git/push_policy.h"
#include "cms/change/gate.h"
#include "storage/git/repository.h"
#include "storage/snapshot/snapshot.h"

namespace stet::git {

inline constexpr std::size_t kUpdatesMax = 1000;  // references that one push may move
inline constexpr std::size_t kLinesMax = 50;      // told of one push; the rest is counted
inline constexpr std::size_t kLineBytesMax = 500;
inline constexpr std::size_t kProposalsMax = 20;  // merges that one push may ask for

// Pushes to a branch below this are merged into it (proposal.h).
inline constexpr std::string_view kForRefs = "refs/for/";

struct RefUpdate {
  std::string name;                       // "refs/heads/main"
  std::optional<CommitId> before, after;  // none: not there. Of a tag: the object it names
};

// The id of the change that it moves, or asks to be merged into; "": of none.
std::string change_of(const RefUpdate& update);

// A hook's standard input, "<before> <after> <name>" a line (githooks(5)).
Result<std::vector<RefUpdate>> parse_updates(std::string_view text);

struct GateSettings {
  std::string branch;  // that is served
  PushPolicy policy;
  std::uint64_t file_bytes_max = kFileMib << 20;
  // For a push over HTTP. None: whoever has a shell may write everything.
  std::optional<auth::Rights> rights = std::nullopt;
  storage::SnapshotPtr theme = nullptr;  // the default theme's files, or null
  bool is_merging = true;                // git is told to hand refs/for/ to the proc-receive hook
  std::string actor = {};                // of a push over HTTP: a user, or a token
  std::string read_only = {};            // why only the epoch may be pushed; "": all may be

  bool may_all() const;
};

struct Judgement {
  bool is_refused = false;
  std::vector<std::string> lines;  // for the one who pushes: "path:line: message"
  std::string summary;             // of a refusal
};

// An error is a repository that cannot be read.
Result<Judgement> judge(const storage::Repository& repository,
                        const GateSettings& settings,
                        const std::vector<RefUpdate>& updates);

// What a pushed branch is: the policy holds for the served one; a change's is asked what may be
// proposed.
enum class BranchKind { kServed, kChange, kOther };

// Collects a judgement line by line.
class Verdict {
 public:
  void refuse(std::string line);
  void warn(std::string line);
  void apply(PushAction action, std::string line);
  // Asks the checks and rights of what `after` changes.
  Status check(const storage::Repository& repository,
               const GateSettings& settings,
               const std::optional<CommitId>& before,
               const CommitId& after,
               BranchKind kind);
  // The same of what a merge would bring. `served` is the branch that is served, where it is
  // another: then what it has already is nobody's to be asked for, and mistakes are shown and pass.
  Status check(change::Push push, const GateSettings& settings, const storage::SnapshotPtr& served);
  // Refuses what a file of the difference has beyond the limit.
  Status check_sizes(const storage::Repository& repository,
                     const GateSettings& settings,
                     const storage::Diff& diff);
  bool is_refused() const { return is_refused_; }
  Judgement finish();

 private:
  void add(std::string line);
  Status check(change::Push& push,
               const GateSettings& settings,
               BranchKind kind,
               const storage::Snapshot* served);
  Status check_review(const change::Push& push, const GateSettings& settings);
  Status check_rights(const change::Push& push,
                      const auth::Rights& rights,
                      auth::Action action,
                      const storage::Snapshot* served);
  bool is_refused_ = false;
  std::size_t refusals_ = 0, lines_left_out_ = 0;
  std::vector<std::string> lines_;
};

}  // namespace stet::git
