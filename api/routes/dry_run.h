// The answer of a write that is not made.
#pragma once

#include "api/routes/call.h"
#include "api/routes/write_path.h"

namespace stet::api {

// As written_response() would have it, with "dry_run": true and the present commit. Up to
// kRenderedMax dirty pages are rendered, to tell those that would change from those that only
// might; beyond that all are counted as stale, as the pipeline would leave them.
inline constexpr std::size_t kRenderedMax = 64;

// In a change: of no page it is asked what it would be.
Answer dry_run_in_change(const Call& call,
                         const pipeline::Standing& standing,
                         const Write& write,
                         const change::Plan& plan);

Answer dry_run_answer(const Call& call, const Write& write, const change::Plan& plan);

}  // namespace stet::api
