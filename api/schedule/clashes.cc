// All that is wrong with the plan: who and what is in two places at once, and what does not fit.

#include "api/routes/reading.h"
#include "api/routes/session_json.h"
#include "api/routes/session_query.h"
#include "api/schedule/calls.h"
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

}  // namespace

Answer list_clashes(const Call& call) {
  auto found = reading_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const site::Site& site = *std::get<Reading>(found).site;
  auto event = change::event_of(site);
  auto filter = session_filter_of(call, event ? event->zone : TimeZone());
  if (auto* report = std::get_if<ProblemReport>(&filter)) return *report;
  auto limit = limit_of(call, kClashesShown, kClashesMax);
  if (auto* report = std::get_if<ProblemReport>(&limit)) return *report;
  std::vector<change::ScheduleFault> faults;
  if (event) {
    faults = change::faults_of(
        site, *event, change::sessions_of(site, *event, std::get<schedule::SessionFilter>(filter)));
  }
  std::size_t total = faults.size();
  if (total > std::get<std::size_t>(limit)) faults.resize(std::get<std::size_t>(limit));
  auto policy = schedule::read_clash_policy(site.config().get("stet"));
  return tagged_response(
      call,
      Json{{"policy", word_of(policy.value_or(schedule::ClashPolicy::kWarn))},
           {"items", faults_json(site, faults, event ? event->zone : TimeZone())},
           {"total", total}});
}

}  // namespace stet::api
