#include <CLI/CLI.hpp>
#include <iostream>

#include "api/program/import.h"
#include "api/program/import_place.h"
#include "api/routes/json.h"
#include "cms/schedule_import/format.h"
#include "cms/schedule_import/plan.h"
#include "cms/schedule_import/read_calendar.h"
#include "cms/schedule_import/read_csv.h"
#include "cms/schedule_import/read_json.h"
#include "cms/schedule_import/read_page.h"
#include "cms/schedule_import/read_xml.h"
#include "cms/schedule_import/report.h"
#include "storage/base/durable_file.h"
#include "storage/base/utf8.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;
using namespace schedule_import;

constexpr std::string_view kFooter = R"(
Reads schedule.xml and schedule.json (frab, pretalx), calendars (.ics), spreadsheets as CSV (Sched,
Sessionize, columns named Title, Date, Start, End, Room, Speakers ...), and pages made by hand, in
Markdown or HTML: tables of times and titles below headings that are days.

  stet import schedule ptim.md --dry-run                  look first: a table, and what was assumed
  stet import schedule ptim.md --repo site.git            one commit
  stet import schedule event.ics --into mysite            files of a working folder

What is new gets a file; what is there already, by its uid or else by title and start, is edited
in what differs. The same import twice changes nothing.)";

struct ScheduleFlags : ImportFlags {
  std::string file, format, zone;
  int year = 0;
  bool day_first = false, month_first = false;
};

Result<Schedule> read_json_text(const std::string& bytes, const Wishes& wishes) {
  auto parsed = api::parse_json(bytes);
  if (const auto* fault = std::get_if<api::JsonFault>(&parsed)) {
    return invalid_input(std::to_string(fault->line) + ":" + std::to_string(fault->column) + ": " +
                         fault->message);
  }
  return read_json(std::get<document::Data>(parsed), wishes);
}

Result<Schedule> read_schedule(const ScheduleFlags& flags,
                               const std::string& bytes,
                               const Wishes& wishes) {
  auto named = format_named(flags.format);
  switch (named ? *named : format_of(flags.file, bytes)) {
    case Format::kXml: return read_xml(bytes, wishes);
    case Format::kJson: return read_json_text(bytes, wishes);
    case Format::kCalendar: return read_calendar(bytes, wishes);
    case Format::kCsv: return read_csv(bytes, flags.file, wishes);
    case Format::kPage: break;
  }
  return read_page(bytes, flags.file, wishes);
}

Result<Wishes> wishes_of(const ScheduleFlags& flags, const ScheduleThere& there) {
  Wishes wishes;
  if (flags.year > 0) wishes.year = flags.year;
  if (!flags.zone.empty()) wishes.zone = TRY(TimeZone::find(flags.zone));
  if (flags.day_first || flags.month_first) wishes.day_first = flags.day_first;
  wishes.others = there.zone;
  return wishes;
}

Status import_schedule(const ScheduleFlags& flags) {
  ImportPlace place = TRY(open_import_place(flags));
  std::string bytes = TRY(read_file(flags.file, kFileBytesMax));
  ScheduleThere there = TRY(read_there(*place.snapshot));
  Wishes wishes = TRY(wishes_of(flags, there));
  auto read = read_schedule(flags, bytes, wishes);
  if (!read) return std::move(read).error().within(flags.file);
  Plan plan = TRY(plan_import(*read, there));
  std::cout << table_text(*read, plan) << findings_text(read->findings, flags.file) << std::flush;
  if (!flags.is_dry && read->sessions.empty()) return invalid_input("there is nothing to import");
  std::string name = fs::path(flags.file).filename().string();
  return write_import(place,
                      flags,
                      count_of(read->findings, Finding::Kind::kDoubt),
                      {.files = std::move(plan.files),
                       .message = "Import the schedule of " + printable(name, 200)});
}

}  // namespace

void add_import_schedule(CLI::App& import, Run& run) {
  auto flags = std::make_shared<ScheduleFlags>();
  CLI::App* command = import.add_subcommand(
      "schedule", "a schedule: sessions, speakers, rooms and tracks, with what was assumed");
  command->footer(std::string(kFooter));
  command->add_option("FILE", flags->file, "the schedule")->required();
  add_import_flags(*command, *flags);
  command->add_option("--format", flags->format, "where the file's name does not say it")
      ->check(CLI::IsMember({"page", "xml", "json", "ics", "csv"}));
  command->add_option("--year", flags->year, "of days without one")->check(CLI::Range(1900, 2200));
  command->add_option("--time-zone",
                      flags->zone,
                      "of times without one, as America/New_York; "
                      "goes before what the file says");
  auto* day = command->add_flag("--day-first", flags->day_first, "3/4/2020 is the third of April");
  command->add_flag("--month-first", flags->month_first, "3/4/2020 is the fourth of March")
      ->excludes(day);
  command->callback([flags, &run] { run = [flags] { return import_schedule(*flags); }; });
}

}  // namespace stet::program
