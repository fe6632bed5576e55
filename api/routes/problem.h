// What a request that cannot be served is told: RFC 9457, application/problem+json.
//
// The one place where an ErrorCode becomes a status. Each is of a type that the catalogue has
// (problem_type.h). Threads: pure functions.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/http/message.h"
#include "api/http/responder.h"
#include "api/routes/json.h"
#include "api/routes/problem_type.h"
#include "storage/base/result.h"

namespace stet::api {

// One field that is wrong.
struct FieldError {
  std::string pointer;  // RFC 6901, into the request's JSON; "" for all of it
  std::string detail;
};

struct ProblemReport {
  int status = 500;
  std::string detail;
  std::vector<FieldError> errors = {};
  Json extensions = Json::object();  // further members (RFC 9457 3.2)
  http::Headers headers = {};        // beside Content-Type
  std::string cause = {};            // for the log alone
  ProblemType type = ProblemType::kOfStatus;
};

// `request_id` names this occurrence, in the log too.
http::Response problem_response(const ProblemReport& report, std::string_view request_id);

int status_of(ErrorCode code);
int status_of(const Error& error);  // 507 (RFC 4918 11.5) for a full disk

// Says what the error says; of an internal error nothing, for it may name files of the machine: its
// words are the cause.
ProblemReport report_of(const Error& error);

// 422 for one field.
ProblemReport field_report(std::string pointer, std::string detail);

// An answer that goes on after it has begun. `begin` takes the head that every answer has.
struct StreamAnswer {
  std::function<void(const http::Responder&, http::Response head)> begin;
};

// What a route answers: a response, or why not.
using Answer = std::variant<http::Response, ProblemReport, StreamAnswer>;

// A problem that was made below, without a type, as one of the catalogue; all else as it is.
http::Response with_type(http::Response response);

// 200 and the like.
http::Response json_response(int status, const Json& json);

}  // namespace stet::api
