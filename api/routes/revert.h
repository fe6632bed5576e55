// POST /revert: takes a commit back, and keeps what came after it; GET /diff: what lies between two
// commits.
//
// Threads: any. Limits: change::kUndoneFilesMax files undone; kDiffFilesMax files in one answer of
// a diff, and for files beyond kDiffBytesMax no text.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

inline constexpr std::size_t kDiffFilesShown = 100, kDiffFilesMax = 500;
inline constexpr std::size_t kDiffBytesMax = 5 << 20;

Answer revert_commit(const Call& call);
Answer read_diff(const Call& call);

}  // namespace stet::api
