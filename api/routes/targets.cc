#include "api/routes/targets.h"

#include "storage/base/time.h"
#include "storage/base/utf8.h"

namespace stet::api {
namespace {

Json to_json(const std::optional<Instant>& instant) {
  return instant ? Json(iso_instant(*instant)) : Json(nullptr);
}

std::vector<targets::TargetReport> reports_of(const Backend& backend) {
  return backend.targets ? backend.targets() : std::vector<targets::TargetReport>();
}

}  // namespace

Json targets_json(const std::vector<targets::TargetReport>& reports) {
  Json items = Json::array();
  for (const targets::TargetReport& report : reports) {
    items.push_back({{"name", report.name},
                     {"type", report.kind},
                     {"place", report.place},
                     {"is_working", report.is_working},
                     {"commit", report.commit.empty() ? Json(nullptr) : Json(report.commit)},
                     {"files", report.files},
                     {"behind", report.behind},
                     {"succeeded", to_json(report.succeeded)},
                     {"failed", to_json(report.failed)},
                     {"error", report.error.empty() ? Json(nullptr) : Json(report.error)}});
  }
  return items;
}

Answer list_targets(const Call& call) {
  return tagged_response(call, {{"items", targets_json(reports_of(call.backend))}});
}

Answer run_target(const Call& call) {
  const std::string name(call.name());
  if (!call.backend.run_target || !call.backend.run_target(name)) {
    return ProblemReport{
        .status = 404,
        .detail = "the settings name no target '" + printable(name, 40) + "'; GET /targets lists"};
  }
  return json_response(202, {{"target", name}});
}

}  // namespace stet::api
