// One round: from what a target holds to what is live, noted step by step.
//
// What is to be touched is noted as ours first, so that a crash leaves nothing that nobody knows
// of; what is done is noted as it is done, so that the next round does the rest and no more.
// Threads: one at a time. Cost: the difference, and a walk over both manifests. Failure: the error
// is noted, and what was done stays.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "api/targets/purger.h"
#include "api/targets/target.h"
#include "storage/base/clock.h"
#include "storage/base/progress.h"
#include "storage/sqlite/target_state.h"

namespace stet::targets {

struct RoundParts {
  std::string name, kind;
  Target& target;
  storage::TargetState& state;
  publish::Store& store;
  const Clock& clock;
  // Renders a page of which the store has lost the bytes; an error where it is no longer live.
  std::function<Status(const OutputPath&)> mend = {};
  Seal seal = {};            // may be empty
  Purger* purger = nullptr;  // null: there is no cache to be told
  std::function<bool()> is_over = [] { return false; };
  Progress* progress = nullptr;  // null: nobody looks
  std::function<void(std::string_view)> note = [](std::string_view) {};
};

struct RoundOutcome {
  std::size_t planned = 0, written = 0, deleted = 0;
  std::size_t waiting = 0;  // stale pages
};

class Round {
 public:
  // Reads what the target holds. `parts` must outlive it.
  static Result<std::unique_ptr<Round>> open(RoundParts parts);

  Result<RoundOutcome> run(const publish::Live& live);

  const Manifest& held() const { return held_; }
  // Files that are not there as they should be, after the last round.
  std::size_t behind() const { return behind_; }

 private:
  explicit Round(RoundParts parts) : parts_(std::move(parts)) {}
  Status read_held();
  Status run(const publish::Live& live, RoundOutcome& outcome);
  Result<Manifest> wanted_of(const publish::Live& live, std::vector<Change>& seals);
  Status intend(const Plan& plan);
  Status confirm(const publish::Live& live, std::span<const Change> changes, RoundOutcome& outcome);
  Result<publish::Store::Bytes> bytes_of(const OutputPath& path, const Page& page);
  Status purge();
  Status purge(const std::vector<std::string>& urls, bool& is_heard);
  Result<bool> is_newest_taken(const std::string& refused);

  const RoundParts parts_;
  Manifest held_;
  std::size_t behind_ = 0;
};

}  // namespace stet::targets
