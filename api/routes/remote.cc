#include "api/routes/remote.h"

#include "api/remote/upstream_follower.h"
#include "storage/base/time.h"

namespace stet::api {
namespace {

Json to_json(const std::optional<Instant>& instant) {
  return instant ? Json(iso_instant(*instant)) : Json(nullptr);
}

Json to_json(const std::vector<remote::ParkedBranch>& branches) {
  Json json = Json::array();
  for (const remote::ParkedBranch& branch : branches) {
    Json conflicts = Json::array();
    for (const Problem& conflict : branch.conflicts) conflicts.push_back(to_string(conflict));
    json.push_back({{"branch", branch.branch},
                    {"commit", branch.commit.hex()},
                    {"reason", branch.reason},
                    {"conflicts", std::move(conflicts)}});
  }
  return json;
}

ProblemReport no_remote() {
  return {.status = 404, .detail = "this server follows no remote; its settings would name one"};
}

}  // namespace

Json to_json(const remote::RemoteReport& report) {
  Json json = {{"url", report.url},
               {"branch", report.remote_branch},
               {"state", remote::name_of(report.state)},
               {"commit", report.upstream ? Json(report.upstream->hex()) : Json(nullptr)},
               {"ahead", report.ahead},
               {"behind", report.behind},
               {"last_fetch", to_json(report.last_fetch)},
               {"last_push", to_json(report.last_push)},
               {"next_try", to_json(report.next_try)},
               {"error", nullptr},
               {"parked", to_json(report.parked)},
               {"replaced", to_json(report.replaced)}};
  if (!report.last_error.empty()) {
    json["error"] = {{"detail", report.last_error}, {"since", to_json(report.failing_since)}};
  }
  return json;
}

Problems problems_of(const remote::RemoteReport& report) {
  Problems problems;
  for (const remote::ParkedBranch& parked : report.parked) {
    Problem state;
    state.message = "what the upstream has is parked on '" + parked.branch +
                    "' until somebody merges it: " + parked.reason;
    for (Problem conflict : parked.conflicts) {
      conflict.message = state.message + ": " + conflict.message;
      problems.push_back(std::move(conflict));
    }
    if (parked.conflicts.empty()) problems.push_back(std::move(state));
  }
  return problems;
}

Answer read_remote(const Call& call) {
  if (!call.backend.remote) return no_remote();
  return tagged_response(call, to_json(call.backend.remote->report()));
}

Answer sync_remote(const Call& call) {
  if (!call.backend.remote) return no_remote();
  auto adopts = flag_of(call, "adopt");
  if (auto* report = std::get_if<ProblemReport>(&adopts)) return std::move(*report);
  std::get<bool>(adopts) ? call.backend.remote->adopt() : call.backend.remote->hear();
  return json_response(202, to_json(call.backend.remote->report()));
}

void tell_remote(events::EventFeed& feed, const remote::RemoteReport& report) {
  feed.tell("site.remote", to_json(report).dump());
}

}  // namespace stet::api
