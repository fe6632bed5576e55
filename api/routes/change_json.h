// Unpublished work as JSON, and what requests about it say. Threads: pure functions, but for what
// asks the repository.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/auth/path_rights.h"
#include "api/changes/approval.h"
#include "api/changes/changes.h"
#include "api/routes/call.h"
#include "api/routes/change_rights.h"
#include "storage/sqlite/reviews.h"

namespace stet::api {

inline constexpr std::size_t kChangeFilesShown = 500;

std::string change_url(std::string_view id);

// What there is to say without a look at what is live: of lists and events.
Json brief_json(const changes::Record& record);
// All of it: how it stands to what is live, its files, reviews, and what the caller may.
std::variant<Json, ProblemReport> full_json(const Call& call, const changes::Record& record);

Json to_json(const changes::Record& record, const storage::ReviewRow& review);
Json to_json(const storage::CommentRow& comment);
// {path, line, reason} or {path, pointer, line, base, ours, theirs}.
Json to_json(const std::vector<change::FileConflict>& conflicts);

// The change of the path's {id}; 404, 503.
std::variant<changes::RecordPtr, ProblemReport> change_of(const Call& call);

// As who commits.
changes::Hand hand_of(const Call& call);

// Why the caller may not publish it: files that are not theirs to write.
Result<std::vector<auth::PathFault>> publish_faults(const Call& call,
                                                    const changes::Record& record);
ProblemReport forbidden_report(std::string detail, const std::vector<auth::PathFault>& faults);

}  // namespace stet::api
