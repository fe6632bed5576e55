#include "api/routes/problem.h"

#include "storage/base/full_disk.h"

namespace stet::api {
namespace {

constexpr std::string_view kNoType = "about:blank", kProblemJson = "application/problem+json";

}  // namespace

http::Response problem_response(const ProblemReport& report, std::string_view request_id) {
  const ProblemRow* row = problem_type_of(report.type, report.status);
  Json json = {{"type", row ? address_of(*row) : std::string(kNoType)},
               {"title", row ? row->title : http::reason_phrase(report.status)},
               {"status", report.status}};
  if (!report.detail.empty()) json["detail"] = report.detail;
  if (!request_id.empty()) json["instance"] = "urn:stet:request:" + std::string(request_id);
  if (!report.errors.empty()) {
    Json errors = Json::array();
    for (const FieldError& error : report.errors) {
      errors.push_back({{"pointer", error.pointer}, {"detail", error.detail}});
    }
    json["errors"] = std::move(errors);
  }
  for (const auto& [key, value] : report.extensions.items()) json[key] = value;
  http::Response response{.status = report.status, .headers = report.headers};
  response.headers.add("Content-Type", kProblemJson);
  if (report.status == 503) response.headers.add("Retry-After", "1");
  response.body = dump(json);
  return response;
}

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidInput: return 422;
    case ErrorCode::kNotFound: return 404;
    case ErrorCode::kConflict: return 409;
    case ErrorCode::kForbidden: return 403;
    case ErrorCode::kUnavailable: return 503;
    case ErrorCode::kInternal: return 500;
  }
  return 500;
}

int status_of(const Error& error) { return is_of_full_disk(error) ? 507 : status_of(error.code); }

ProblemReport report_of(const Error& error) {
  ProblemReport report{.status = status_of(error), .detail = error.message};
  if (error.code == ErrorCode::kInternal) {
    report.detail = "stet could not do this; the server's log has more";
    report.cause = error.message;
  }
  return report;
}

ProblemReport field_report(std::string pointer, std::string detail) {
  ProblemReport report{.status = 422, .detail = "a field is wrong"};
  report.errors.push_back({std::move(pointer), std::move(detail)});
  return report;
}

http::Response with_type(http::Response response) {
  const auto* text = std::get_if<std::string>(&response.body);
  if (!text || response.headers.find("Content-Type") != kProblemJson) return response;
  Json json = Json::parse(*text, nullptr, false);
  const ProblemRow* row = problem_type_of(ProblemType::kOfStatus, response.status);
  if (!row || !json.is_object() || json.value("type", kNoType) != kNoType) return response;
  json["type"] = address_of(*row);
  json["title"] = row->title;
  response.body = dump(json);
  return response;
}

http::Response json_response(int status, const Json& json) {
  http::Response response{.status = status};
  response.headers.add("Content-Type", "application/json");
  response.body = dump(json);
  return response;
}

}  // namespace stet::api
