// One look of a leader at other servers of its site: does one of them know of a later epoch?
//
// What is later there is taken, and ends this one's leadership (leadership.h). The server that it
// has followed once is told of this epoch, until it knows: by git, as a push of refs/stet/epoch,
// which a stet takes from a token of an admin, and a repository from whoever may push. The others
// are only looked at: they follow, and learn of it so. Threads: one call at a time. Failure: one
// server that cannot be reached concerns no other.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/remote/leadership.h"
#include "storage/remote/upstream.h"

namespace stet::remote {

class EpochExchange {
 public:
  // All must outlive it.
  struct Parts {
    const storage::Repository& repository;
    Leadership& leadership;
    const Clock& clock;
    std::function<void(std::string_view)> note;  // of what an operator should know
  };
  // `former`: the one that is told; null: there is none.
  EpochExchange(Parts parts, storage::Upstream* former, std::vector<storage::Upstream*> peers);

  // An error: one of them at least was not reached, or not told.
  Status round();
  const LeaderReport& report() const { return report_; }

 private:
  Status look(storage::Upstream& at, bool is_told);
  Status tell(storage::Upstream& former, std::uint64_t theirs);
  void note(const std::string& text) const;

  const Parts parts_;
  storage::Upstream* const former_;
  const std::vector<storage::Upstream*> peers_;
  LeaderReport report_;
};

}  // namespace stet::remote
