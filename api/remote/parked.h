// Branches that keep what the served branch does not have: nothing is dropped, whoever has to
// decide.
//
// "stet/parked-" and twelve digits: commits of the upstream that could not be merged.
// "stet/replaced-" and twelve digits: where the served branch was before it followed an upstream
// whose history was rewritten. They are plain branches; what they are is read from the repository
// each time, so a restart forgets nothing but the conflicts' names. Threads: one call at a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/remote/report.h"
#include "storage/git/repository.h"
#include "storage/remote/upstream.h"

namespace stet::remote {

inline constexpr std::string_view kParkedPrefix = "stet/parked-";
inline constexpr std::string_view kReplacedPrefix = "stet/replaced-";
inline constexpr std::size_t kParkedShownMax = 100;

class ParkedBranches {
 public:
  ParkedBranches(const storage::Repository& repository, storage::Upstream& upstream)
      : repository_(repository), upstream_(upstream) {}

  // Both are no error where the branch is there already.
  Status keep_replaced(const CommitId& ours);
  // Of earlier parked ones, those that `theirs` has in its history go.
  Status park(const CommitId& theirs, std::string reason, Problems conflicts);

  // Parked ones that `head` has in its history go; their names.
  Result<std::vector<std::string>> take_off(const CommitId& head);

  Result<std::vector<ParkedBranch>> parked() const { return list(kParkedPrefix); }
  Result<std::vector<ParkedBranch>> replaced() const { return list(kReplacedPrefix); }

 private:
  Result<std::vector<ParkedBranch>> list(std::string_view prefix) const;
  Status keep(std::string_view prefix, const CommitId& commit, const std::string& reason);
  Status remove(const ParkedBranch& branch);

  const storage::Repository& repository_;
  storage::Upstream& upstream_;
  ParkedBranch last_;  // the newest of this process, with its reason
};

}  // namespace stet::remote
