// The clash check of a schedule with 50 rooms: one session asked about, one moved, all of them.
#include <benchmark/benchmark.h>

#include "cms/schedule/suggest.h"
#include "cms/schedule/timetable.h"

namespace {

using namespace stet;
using namespace stet::schedule;

constexpr std::int64_t kNine = 1'602'493'200;  // 2020-10-12T09:00:00Z
constexpr int kRooms = 50, kDayTalks = 16;

Session session(int number, int moved_minutes = 0) {
  Session made;
  made.path = "_schedule/talk-" + std::to_string(number) + ".md";
  made.slug = made.title = "talk-" + std::to_string(number);
  int place = number / kRooms;
  std::int64_t start = kNine + (place / kDayTalks) * kDaySeconds + (place % kDayTalks) * 30 * 60 +
                       moved_minutes * 60;
  Slot slot;
  slot.start = Time{.seconds = start};
  slot.end = Time{.seconds = start + 30 * 60};
  slot.room = "Room " + std::to_string(number % kRooms);
  made.slots = {slot};
  made.speakers = {"speaker-" + std::to_string(number % 2503),
                   "speaker-" + std::to_string(number % 1999)};
  return made;
}

Timetable timetable_of(int sessions) {
  Timetable timetable;
  for (int i = 0; i < sessions; ++i) timetable.put(session(i));
  return timetable;
}

void ask_about_one(benchmark::State& state) {
  const int count = static_cast<int>(state.range(0));
  Timetable timetable = timetable_of(count);
  const Session moved = session(count / 2, 15);
  for (auto _ : state) benchmark::DoNotOptimize(timetable.clashes_of(moved));
}
BENCHMARK(ask_about_one)->Arg(100)->Arg(500)->Arg(5000)->Arg(50000)->Unit(benchmark::kMicrosecond);

void move_one(benchmark::State& state) {
  const int count = static_cast<int>(state.range(0));
  Timetable timetable = timetable_of(count);
  const Session here = session(count / 2), there = session(count / 2, 15);
  bool is_there = false;
  for (auto _ : state) timetable.put((is_there = !is_there) ? there : here);
}
BENCHMARK(move_one)->Arg(100)->Arg(500)->Arg(5000)->Arg(50000)->Unit(benchmark::kMicrosecond);

void ask_about_all(benchmark::State& state) {
  const int count = static_cast<int>(state.range(0));
  std::vector<Session> all;
  for (int i = 0; i < count; ++i) all.push_back(session(i));
  for (auto _ : state) {
    Timetable timetable;
    for (const Session& one : all) timetable.put(one);
    std::size_t clashes = 0;
    for (const Session& one : all) clashes += timetable.clashes_of(one).size();
    benchmark::DoNotOptimize(clashes);
  }
}
BENCHMARK(ask_about_all)->Arg(5000)->Unit(benchmark::kMillisecond);

void suggest_places(benchmark::State& state) {
  Timetable timetable = timetable_of(5000);
  Event event;
  event.start = Date{2020, 10, 12};
  event.end = Date{2020, 10, 18};
  for (int i = 0; i < kRooms; ++i) event.rooms.push_back({"Room " + std::to_string(i), "", "", {}});
  Wish wish{.minutes = 45, .speakers = {"speaker-1", "speaker-2"}};
  for (auto _ : state) benchmark::DoNotOptimize(suggest(wish, event, timetable));
}
BENCHMARK(suggest_places)->Unit(benchmark::kMicrosecond);

}  // namespace
