// What a write and the API ask of a whole site with 50 rooms: one session as an edit brings it, the
// sessions of a day, all clashes, the event's rooms with their counts.
#include <benchmark/benchmark.h>

#include <map>

#include "cms/change/session_use.h"
#include "cms/change/sessions.h"
#include "cms/change/timetables.h"
#include "cms/change/validate.h"
#include "cms/site/builder.h"
#include "storage/snapshot/memory_snapshot.h"

namespace {

using namespace stet;

constexpr int kRooms = 50, kDayTalks = 16;

std::string session(int number, int moved_minutes = 0) {
  int place = number / kRooms;
  int minute = 9 * 60 + (place % kDayTalks) * 30 + moved_minutes;
  char start[32];
  std::snprintf(start,
                sizeof start,
                "2020-10-%02dT%02d:%02d",
                12 + place / kDayTalks,
                minute / 60,
                minute % 60);
  return "---\ntitle: Talk " + std::to_string(number) + "\nstart: " + start +
         "\nduration: 30\nroom: Room " + std::to_string(number % kRooms) + "\nspeakers: [s-" +
         std::to_string(number % 2503) + "]\n---\n";
}

std::string path_of(int number) { return "_schedule/talk-" + std::to_string(number) + ".md"; }

site::SitePtr site_of(int sessions) {
  std::map<std::string, std::string> files;
  files["_config.yml"] = "stet: {schedule: {clashes: refuse}}\n";
  std::string rooms;
  for (int i = 0; i < kRooms; ++i) rooms += "  - Room " + std::to_string(i) + "\n";
  files["_data/event.yml"] =
      "title: Days\ntime_zone: America/New_York\nstart: 2020-10-12\nend: 2020-10-30\nrooms:\n" +
      rooms;
  for (int i = 0; i < sessions; ++i) files[path_of(i)] = session(i);
  static reads::Names names;
  site::Builder builder({}, names);
  auto snapshot = storage::make_memory_snapshot(files).value();
  return builder.build({snapshot, Instant{1'600'000'000}, {}}).value();
}

const site::SitePtr& large_site() {
  static const site::SitePtr site = site_of(5000);
  return site;
}

void check_an_edit(benchmark::State& state) {
  const site::Site& site = *large_site();
  const RepoPath path = RepoPath::parse(path_of(2500)).value();
  const std::string moved = session(2500, 15);
  for (auto _ : state) benchmark::DoNotOptimize(change::validate(site, path, moved));
}
BENCHMARK(check_an_edit)->Unit(benchmark::kMicrosecond);

void find_a_day(benchmark::State& state) {
  const site::Site& site = *large_site();
  const schedule::Event event = *change::event_of(site);
  schedule::SessionFilter filter;
  filter.day = Date{2020, 10, 13};
  for (auto _ : state) benchmark::DoNotOptimize(change::sessions_of(site, event, filter));
}
BENCHMARK(find_a_day)->Unit(benchmark::kMillisecond);

void find_all_clashes(benchmark::State& state) {
  const site::Site& site = *large_site();
  const schedule::Event event = *change::event_of(site);
  for (auto _ : state) {
    const auto all = change::sessions_of(site, event, {});
    const auto timetable = change::timetable_of(site, event);
    benchmark::DoNotOptimize(change::faults_of(site, event, all, *timetable));
  }
}
BENCHMARK(find_all_clashes)->Unit(benchmark::kMillisecond);

void count_rooms(benchmark::State& state) {
  const site::Site& site = *large_site();
  for (auto _ : state) {
    benchmark::DoNotOptimize(change::count_uses(site, change::Named::kRoom));
  }
}
BENCHMARK(count_rooms)->Unit(benchmark::kMillisecond);

}  // namespace
