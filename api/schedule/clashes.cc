// All that is wrong with the plan: who and what is in two places at once, and what does not fit.

#include <algorithm>

#include "api/routes/reading.h"
#include "api/routes/session_json.h"
#include "api/routes/session_query.h"
#include "api/schedule/calls.h"
#include "cms/change/schedule_index.h"
#include "cms/schedule/policy.h"

namespace stet::api {
namespace {

constexpr std::size_t kClashesShown = 200, kClashesMax = 1000;

std::string_view word_of(schedule::ClashPolicy policy) {
  switch (policy) {
    case schedule::ClashPolicy::kRefuse: return "refuse";
    case schedule::ClashPolicy::kWarn: return "warn";
    case schedule::ClashPolicy::kOff: return "off";
  }
  return "";
}

// Those of the sessions that pass.
std::vector<const change::ScheduleFault*> passing(const std::vector<change::ScheduleFault>& faults,
                                                  const change::ScheduleIndex* index,
                                                  const schedule::SessionFilter& filter) {
  std::vector<const change::ScheduleFault*> shown;
  if (!index) return shown;
  auto session = index->sessions.begin();
  for (const change::ScheduleFault& fault : faults) {
    while (session->path != fault.path) ++session;  // both are by path
    if (filter.passes(*session)) shown.push_back(&fault);
  }
  return shown;
}

}  // namespace

Answer list_clashes(const Call& call) {
  auto found = reading_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const site::Site& site = *std::get<Reading>(found).site;
  const change::ScheduleIndexPtr index = change::schedule_index_of(site);
  const TimeZone zone = index ? index->event.zone : TimeZone();
  auto filter = session_filter_of(call, zone);
  if (auto* report = std::get_if<ProblemReport>(&filter)) return *report;
  auto limit = limit_of(call, kClashesShown, kClashesMax);
  if (auto* report = std::get_if<ProblemReport>(&limit)) return *report;
  const change::ScheduleFaultsPtr faults = change::all_faults_of(site);
  const auto shown = passing(*faults, index.get(), std::get<schedule::SessionFilter>(filter));
  Json items = Json::array();
  const std::size_t count = std::min(shown.size(), std::get<std::size_t>(limit));
  for (std::size_t i = 0; i < count; ++i) items.push_back(fault_json(site, *shown[i], zone));
  auto policy = schedule::read_clash_policy(site.config().get("stet"));
  return tagged_response(call,
                         Json{{"policy", word_of(policy.value_or(schedule::ClashPolicy::kWarn))},
                              {"items", std::move(items)},
                              {"total", shown.size()}});
}

}  // namespace stet::api
