#include "cms/change/schedule_index.h"

#include "cms/site/column.h"

namespace stet::change {

ScheduleIndexPtr schedule_index_of(const site::Site& site) {
  return site.columns().kept<ScheduleIndex>("schedule index", [&]() -> ScheduleIndexPtr {
    auto event = event_of(site);
    if (!event) return nullptr;
    auto index = std::make_shared<ScheduleIndex>();
    index->sessions = sessions_of(site, *event, {});
    index->timetable = timetable_of(site, *event);
    index->event = *std::move(event);
    return index;
  });
}

ScheduleFaultsPtr all_faults_of(const site::Site& site) {
  return site.columns().kept<std::vector<ScheduleFault>>("schedule faults", [&] {
    auto faults = std::make_shared<std::vector<ScheduleFault>>();
    auto index = schedule_index_of(site);
    if (index) *faults = faults_of(site, index->event, index->sessions, *index->timetable);
    return faults;
  });
}

}  // namespace stet::change
