// A session: when, where and by whom, against the event that it is part of and all other sessions;
// and a speaker, who says when they can.

#include "cms/change/report.h"
#include "cms/change/timetables.h"
#include "cms/schedule/policy.h"
#include "cms/schedule/speaker.h"
#include "cms/schedule/timetable.h"
#include "cms/site/value_of.h"

namespace stet::change {
namespace {

using document::Data;
using schedule::ClashPolicy;
using schedule::Faults;

schedule::Fields fields_of(const Data& map) {
  return [&map](std::string_view key) {
    const Data* value = map.find(std::string(key));
    return value ? site::value_of(*value) : liquid::Value();
  };
}

void tell(const Faults& faults, ClashPolicy policy, Report& report) {
  for (const schedule::Fault& fault : faults) {
    if (report.is_full()) return;
    std::string pointer = "/front_matter" + fault.pointer;
    if (fault.is_clash) {
      if (policy == ClashPolicy::kOff) continue;
      bool is_refused = policy == ClashPolicy::kRefuse;
      report.clash(
          is_refused ? Severity::kError : Severity::kWarning, std::move(pointer), fault.message);
    } else if (fault.severity == Severity::kError) {
      report.error(std::move(pointer), fault.message);
    } else {
      report.warn(std::move(pointer), fault.message);
    }
  }
}

}  // namespace

void check_session(const Data& map,
                   const RepoPath& path,
                   const Surroundings& surroundings,
                   Report& report) {
  const schedule::Event event = surroundings.event().value_or(schedule::Event());
  ClashPolicy policy =
      schedule::read_clash_policy(surroundings.config().get("stet")).value_or(ClashPolicy::kWarn);
  Faults faults;
  schedule::Session session = schedule::read_session(fields_of(map), path.string(), event, faults);
  if (policy != ClashPolicy::kOff) {
    schedule::check_fit(
        session,
        event,
        [&](const std::string& slug) { return surroundings.has_file("_speakers/" + slug + ".md"); },
        faults);
    for (const schedule::Clash& clash : surroundings.timetable_near(session)->clashes_of(session)) {
      faults.push_back({schedule::pointer_of(clash),
                        schedule::describe(clash, event.zone),
                        Severity::kWarning,
                        true});
    }
  }
  tell(faults, policy, report);
}

void check_speaker(const Data& map,
                   const RepoPath& path,
                   const Surroundings& surroundings,
                   Report& report) {
  const schedule::Event event = surroundings.event().value_or(schedule::Event());
  Faults faults;
  schedule::read_speaker(fields_of(map), path.string(), event, faults);
  tell(faults, ClashPolicy::kWarn, report);
}

}  // namespace stet::change
