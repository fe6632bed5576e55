// Unpublished work: changes, as the API has them. Edits in a change are the entries' own calls,
// with `change=` (route_table.h).
//
// Threads: any. Limits: changes::kOpenMax, kTitleBytesMax, kDescriptionBytesMax; kCommentsMax and
// kReviewsMax of one change, kCommentBytesMax each; kScheduleYearsMax ahead.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

inline constexpr std::int64_t kCommentsMax = 2000, kReviewsMax = 500;
inline constexpr std::size_t kCommentBytesMax = 10'000;
inline constexpr std::int64_t kScheduleYearsMax = 5;

// changes.cc
Answer list_changes(const Call& call);
Answer create_change(const Call& call);
Answer read_change(const Call& call);
Answer patch_change(const Call& call);
Answer withdraw_change(const Call& call);
Answer reopen_change(const Call& call);
Answer delete_change(const Call& call);

// change_landing.cc
Answer rebase_change(const Call& call);
Answer publish_change(const Call& call);  // at once, or at a time
Answer unschedule_change(const Call& call);

// change_reviews.cc
Answer list_comments(const Call& call);
Answer create_comment(const Call& call);
Answer patch_comment(const Call& call);
Answer delete_comment(const Call& call);
Answer list_reviews(const Call& call);
Answer create_review(const Call& call);
Answer dismiss_review(const Call& call);

// change_preview.cc
Answer preview_change(const Call& call);   // a whole site, to look at
Answer preview_unsaved(const Call& call);  // one entry, as a text would make it

}  // namespace stet::api
