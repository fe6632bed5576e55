#include "api/routes/targets.h"

#include "storage/base/time.h"
#include "storage/base/utf8.h"

namespace stet::api {
namespace {

Json to_json(const std::optional<Instant>& instant) {
  return instant ? Json(iso_instant(*instant)) : Json(nullptr);
}

std::string error_of(const targets::TargetReport& report, bool is_admin) {
  if (report.error.empty() || is_admin) return report.error;
  return "it failed; admins are told why";
}

}  // namespace

Json progress_json(const Progress::Step& step) {
  return {{"what", step.what}, {"done", step.done}, {"total", step.total}};
}

Json targets_json(const Call& call) {
  const bool is_admin = call.principal.rights.may(auth::Area::kServer, auth::Action::kWrite);
  Json items = Json::array();
  if (!call.backend.targets) return items;
  for (const targets::TargetReport& report : call.backend.targets()) {
    const std::string error = error_of(report, is_admin);
    items.push_back({{"name", report.name},
                     {"type", report.kind},
                     {"place", is_admin ? Json(report.place) : Json(nullptr)},
                     {"is_working", report.is_working},
                     {"progress", report.step ? progress_json(*report.step) : Json(nullptr)},
                     {"commit", report.commit.empty() ? Json(nullptr) : Json(report.commit)},
                     {"files", report.files},
                     {"behind", report.behind},
                     {"succeeded", to_json(report.succeeded)},
                     {"failed", to_json(report.failed)},
                     {"error", error.empty() ? Json(nullptr) : Json(error)}});
  }
  return items;
}

Answer list_targets(const Call& call) {
  return tagged_response(call, {{"items", targets_json(call)}});
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
