#include "api/routes/request_json.h"

#include "api/routes/route.h"
#include "api/routes/router.h"

namespace stet::api {
namespace {

using document::Data;

ProblemReport unsupported(const Route& route) {
  ProblemReport report{.status = 415,
                       .detail = "send " + std::string(route.request_type) + " in UTF-8"};
  report.headers.add(route.method == "PATCH" ? "Accept-Patch" : "Accept", route.request_type);
  return report;
}

bool is_of_type(std::string_view content_type, std::string_view wanted) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  return http::equal_without_case(type, wanted);
}

ProblemReport report_of(const JsonFault& fault) {
  ProblemReport report{.status = 400,
                       .detail = "this is no JSON: " + fault.message + ", at line " +
                                 std::to_string(fault.line) + ", column " +
                                 std::to_string(fault.column)};
  report.errors.push_back({fault.pointer, fault.message});
  report.extensions["line"] = fault.line;
  report.extensions["column"] = fault.column;
  return report;
}

}  // namespace

std::variant<Data, ProblemReport> json_of(const Call& call) {
  if (!is_of_type(call.request.header("Content-Type").value_or(""), call.route.request_type)) {
    return unsupported(call.route);
  }
  auto text = call.request.body.read(Router::kBodyBytesMax);
  if (!text) return api::report_of(text.error());
  auto parsed = parse_json(*text);
  if (auto* fault = std::get_if<JsonFault>(&parsed)) return report_of(*fault);
  return std::get<Data>(std::move(parsed));
}

}  // namespace stet::api
