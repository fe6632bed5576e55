// An export that is imported into an empty site, and exported from there, is the same export, byte
// for byte; and what it says of time is what the model says.
//
// STET_SCHEDULES says how many schedules (25); the first one is STET_SCHEDULES_FIRST (1).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "api/routes/json.h"
#include "cms/schedule_import/format.h"
#include "cms/schedule_import/plan.h"
#include "cms/schedule_import/read_calendar.h"
#include "cms/schedule_import/read_csv.h"
#include "cms/schedule_import/read_json.h"
#include "cms/schedule_import/read_xml.h"
#include "cms/schedule_import/report.h"
#include "tests/cms/generate/built_site.h"
#include "tests/cms/generate/made_schedule.h"
#include "tests/cms/generate/model_instants.h"

namespace stet::generate {
namespace {

using schedule_import::Format;
using Files = std::map<std::string, std::string>;

constexpr const char* kFormats[] = {
    "schedule.xml", "schedule.json", "schedule.ics", "schedule.utc.ics", "schedule.csv"};

int setting(const char* name, int otherwise) {
  const char* value = std::getenv(name);
  return value ? std::atoi(value) : otherwise;
}

Result<schedule_import::Schedule> imported(const std::string& path, const std::string& bytes) {
  switch (schedule_import::format_of(path, bytes)) {
    case Format::kXml: return schedule_import::read_xml(bytes, {});
    case Format::kCalendar: return schedule_import::read_calendar(bytes, {});
    case Format::kCsv: return schedule_import::read_csv(bytes, path, {});
    default: break;
  }
  auto parsed = api::parse_json(bytes);
  const auto* data = std::get_if<document::Data>(&parsed);
  if (!data) return invalid_input("no JSON");
  return schedule_import::read_json(*data, {});
}

Files with_import(const schedule_import::Schedule& schedule, Files files) {
  auto there = schedule_import::read_there(*storage::make_memory_snapshot(files).value());
  auto plan = schedule_import::plan_import(schedule, *there);
  EXPECT_TRUE(plan) << plan.error().message;
  if (!plan) return files;
  for (auto& file : plan->files) files[file.path.string()] = std::move(file.after);
  return files;
}

// As pieces of twelve hours where a format has no durations of a day; without cancelled ones where
// it cannot say that.
std::vector<ModelSlot> expected(const std::vector<ModelSlot>& slots, const std::string& path) {
  if (path.ends_with(".ics") || path.ends_with(".csv")) return slots;
  constexpr std::int64_t kPiece = 12 * 3600;
  std::vector<ModelSlot> pieces;
  for (const ModelSlot& slot : slots) {
    if (slot.is_cancelled) continue;
    bool is_whole = slot.end - slot.start < schedule::kDaySeconds - 60;
    for (std::int64_t at = slot.start; at < slot.end; at += is_whole ? slot.end : kPiece) {
      pieces.push_back({at, is_whole ? slot.end : std::min(at + kPiece, slot.end), false});
    }
  }
  std::sort(pieces.begin(), pieces.end());
  return pieces;
}

std::vector<ModelSlot> instants(const schedule_import::Schedule& schedule) {
  std::vector<ModelSlot> slots;
  for (const auto& session : schedule.sessions) {
    bool is_cancelled = session.status == "cancelled";
    if (!session.start || !session.end) continue;
    slots.push_back({session.start->seconds, session.end->seconds, is_cancelled});
  }
  std::sort(slots.begin(), slots.end());
  return slots;
}

// The first line that differs, with those around it: a whole export says too little.
std::string difference(const std::string& before, const std::string& after) {
  std::size_t at = 0;
  while (at < std::min(before.size(), after.size()) && before[at] == after[at]) ++at;
  std::size_t from = at < 200 ? 0 : at - 200;
  return "before: ..." + before.substr(from, 400) + "\nafter: ..." + after.substr(from, 400);
}

void check_round_trip(const Files& files, const std::string& path, const std::string& what) {
  const std::string before = BuiltSite(files).bytes(path);
  auto schedule = imported(path, before);
  ASSERT_TRUE(schedule) << what << schedule.error().message;
  EXPECT_EQ(schedule_import::count_of(schedule->findings, schedule_import::Finding::Kind::kDoubt),
            0u)
      << what << schedule_import::findings_text(schedule->findings, path);
  EXPECT_EQ(instants(*schedule), expected(model_instants(files), path)) << what;
  Files there = with_import(*schedule, {{"_config.yml", files.at("_config.yml")}});
  if (!there.contains(schedule::kEventPath)) there[schedule::kEventPath] = "{}\n";
  const std::string after = BuiltSite(there).bytes(path);
  EXPECT_TRUE(before == after) << what << difference(before, after);
  // Once more onto what it has made: nothing is left to do.
  auto again = imported(path, after);
  ASSERT_TRUE(again) << what;
  EXPECT_EQ(with_import(*again, there), there) << what;
}

TEST(ScheduleRoundTrip, ExportImportExportGivesTheSameBytes) {
  const int first = setting("STET_SCHEDULES_FIRST", 1), count = setting("STET_SCHEDULES", 25);
  for (int seed = first; seed < first + count; ++seed) {
    const Files files =
        MadeSchedule(static_cast<std::uint32_t>(seed), MadeSchedule::kSound).files();
    for (const char* path : kFormats) {
      check_round_trip(files, path, "schedule " + std::to_string(seed) + ", " + path + ": ");
    }
    if (testing::Test::HasFailure()) break;
  }
}

// Onto the site that it comes from an export brings nothing new, and takes nothing away.
TEST(ScheduleRoundTrip, AnExportImportedOntoItsOwnSiteLeavesTextsAlone) {
  const Files files = {
      {"_config.yml", "url: https://example.org\n"},
      {"_data/event.yml",
       "title: Days\nacronym: days\ntime_zone: Europe/Berlin\nstart: 2020-10-24\nend: 2020-10-24\n"
       "rooms: [A]\ntracks: [{name: T, color: '#112233'}]\n"},
      {"_speakers/ada.md",
       "---\nname: Ada Lovelace\nuid: 9b2c4c1e-0000-4000-8000-000000000001\n"
       "---\nShe *writes*.\n"},
      {"_schedule/one.md",
       "---\ntitle: One\nsubtitle: Of them\nstart: 2020-10-24T10:00\nduration: 60\nroom: A\n"
       "track: T\nspeakers: [ada]\nuid: 9b2c4c1e-0000-4000-8000-000000000002\n---\n"
       "A \"text\" with *stress*, [a link](https://example.org/x) -- and\n\n- a list\n- of "
       "two.\n"}};
  for (const char* path : kFormats) {
    auto schedule = imported(path, BuiltSite(files).bytes(path));
    ASSERT_TRUE(schedule);
    Files after = with_import(*schedule, files);
    for (const auto& [name, bytes] : after) {
      const std::string& was = files.at(name);
      if (!name.ends_with(".md")) continue;
      std::string_view body = std::string_view(was).substr(was.rfind("---\n"));
      EXPECT_TRUE(bytes.ends_with(body)) << path << " " << name << "\n" << bytes;
    }
    EXPECT_EQ(after.at("_data/event.yml"), files.at("_data/event.yml")) << path;
    EXPECT_EQ(after.at("_speakers/ada.md"), files.at("_speakers/ada.md")) << path;
  }
}

}  // namespace
}  // namespace stet::generate
