// The catalogue of what requests are refused for: one row a `type` of a problem (RFC 9457).
//
// A problem's type is the address of its row on the page of them: "/docs/errors#stale". The first
// row of a status is the general one, which a problem that says nothing else is of. A new type is
// an enumerator, a row, and a request that meets it in tests/api/routes/errors_test.cc; a new
// status needs its general row first. Threads: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace stet::api {

enum class ProblemType {
  kOfStatus,  // the general one of the problem's status
  kBadRequest,
  kMalformedJson,
  kMalformedPatch,
  kBadParameter,
  kDigestMismatch,
  kUnauthorized,
  kWrongCredentials,
  kCodeNeeded,
  kForbidden,
  kMissingScope,
  kRoleForbids,
  kNotYours,
  kNeedsReview,
  kForeignPage,
  kNotFound,
  kMethodNotAllowed,
  kTooSlow,
  kConflict,
  kMergeConflict,
  kKeyInUse,
  kGone,
  kPreconditionFailed,
  kStale,
  kExists,
  kTooLarge,
  kUriTooLong,
  kUnsupportedMediaType,
  kExpectationFailed,
  kInvalid,
  kKeyReused,
  kPreconditionRequired,
  kTooMany,
  kHeadTooLarge,
  kInternal,
  kNotImplemented,
  kUnavailable,
  kUnpublished,
  kReadOnly,
  kVersionNotSupported,
  kInUse,
  kStorageFull,
};

struct ProblemRow {
  ProblemType type = ProblemType::kOfStatus;
  int status = 0;
  std::string_view name;   // the end of its address
  std::string_view title;  // the same for every occurrence
  std::string_view meaning;
  std::string_view mend;  // what the client can do
};

std::span<const ProblemRow> problem_types();

// Null where the catalogue has none.
const ProblemRow* problem_type_of(ProblemType type, int status);

std::string address_of(const ProblemRow& row);

inline constexpr std::string_view kProblemPage = "/docs/errors";

}  // namespace stet::api
