#include "api/routes/clash_report.h"

#include <algorithm>
#include <string>
#include <vector>

#include "api/routes/session_json.h"

namespace stet::api {
namespace {

using Entries = std::vector<std::pair<std::string, change::Findings>>;

Json json_of(const site::Site& site, const std::vector<change::ScheduleFault>& faults) {
  auto event = change::event_of(site);
  return event ? faults_json(site, faults, event->zone) : Json::array();
}

// Whether it is among what the write is refused for, and not what was so before.
bool is_told(const Entries& entries, const change::ScheduleFault& fault) {
  return std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
    const auto& [path, findings] = entry;
    return path == fault.path &&
           std::any_of(findings.begin(), findings.end(), [&](const change::FieldProblem& found) {
             return found.pointer == fault.pointer && found.message == fault.message;
           });
  });
}

}  // namespace

void add_clashes(const site::Site& site, const change::Plan& plan, Json& json) {
  std::vector<std::string> paths;
  for (const change::PlannedAction& action : plan.actions) {
    bool is_session = action.path.view().starts_with(change::kSessionFolder);
    if (is_session && action.after) paths.push_back(action.path.string());
  }
  if (paths.empty()) return;
  json["clashes"] = json_of(site, change::faults_at(site, std::move(paths)));
}

void add_clashes(const site::Site& site, const change::Refusal& refusal, Json& json) {
  std::vector<std::string> paths;
  for (const auto& [path, findings] : refusal.entries) paths.push_back(path);
  auto faults = change::faults_at(site, std::move(paths));
  std::erase_if(faults, [&](const auto& fault) { return !is_told(refusal.entries, fault); });
  if (!faults.empty()) json["clashes"] = json_of(site, faults);
}

}  // namespace stet::api
