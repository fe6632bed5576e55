// Sessions moved in the schedule: several in one commit, a set of them by so much, one copied.
//
// Each is made a commit of patches (plan.h), which asks what they clash with when all is done: so
// two may swap their places. Threads: as write.h's. Limits: kMovesMax, kShiftedMax.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "cms/change/plan.h"
#include "cms/change/session_patch.h"
#include "cms/schedule/session_filter.h"

namespace stet::change {

inline constexpr std::size_t kMovesMax = kActionsMax;
inline constexpr std::size_t kShiftedMax = 1000;  // sessions
inline constexpr std::int64_t kShiftDaysMax = 3660, kShiftMinutesMax = 14 * 24 * 60;

struct SlotMove {
  std::string session;  // its name, or its path
  std::string slot;     // its id; "" where there is but one
  Expected expected;
  SlotWish wish;
};

// Who asks, and what the commit says; the message may be "".
struct CommitWords {
  std::string author_name, author_email, message;
  std::vector<std::pair<std::string, std::string>> trailers;
};

// A refusal's `action` is the place of a move.
Result<PlanOutcome> prepare_moves(const Ground& ground,
                                  const std::vector<SlotMove>& moves,
                                  const CommitWords& words);

struct ShiftRequest {
  schedule::SessionFilter filter;  // of its slots those that pass
  std::int64_t days = 0, minutes = 0;
  std::optional<BlobId> expected = {};  // the set's tag (bulk.h)
  CommitWords words;
};

// `tag`: of the set, for who asks first.
Result<PlanOutcome> prepare_shift(const Ground& ground, const ShiftRequest& request, BlobId& tag);

struct CopyRequest {
  std::string session;  // its name, or its path
  Expected expected;
  std::optional<document::Data> front_matter_patch = {};
  SlotWish wish = {};  // of its only slot
  std::string proposed_path;
  CommitWords words;
};

// A new session with the fields and the body of another, but for the uid and the sequence.
Result<PlanOutcome> prepare_copy(const Ground& ground, const CopyRequest& request);

}  // namespace stet::change
