#include <CLI/CLI.hpp>
#include <iostream>
#include <optional>

#include "api/program/command.h"
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
#include "storage/commit/committer.h"
#include "storage/snapshot/blob_id.h"
#include "storage/snapshot/folder_snapshot.h"
#include "storage/snapshot/git_snapshot.h"
#include "storage/snapshot/memory_snapshot.h"

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

struct ImportFlags {
  std::string file, repository, into, branch, format, zone, message,
      author = "stet <stet@localhost>";
  int year = 0;
  bool is_dry = false, day_first = false, month_first = false, accepts_doubts = false;
};

// Where the schedule goes: what is there now, and how it changes.
struct Target {
  storage::SnapshotPtr snapshot;
  std::optional<storage::Repository> repository;
  std::string branch;
};

Result<Target> open_target(const ImportFlags& flags) {
  if (!flags.repository.empty()) {
    auto repository = TRY(storage::Repository::open(flags.repository));
    std::string branch = flags.branch.empty() ? TRY(repository.default_branch()) : flags.branch;
    auto head = TRY(repository.head_of(branch));
    if (!head)
      return not_found("the branch '" + branch +
                       "' has no commit yet; `stet init` makes a first one");
    return Target{TRY(storage::open_git_snapshot(repository, *head)), repository, branch};
  }
  std::error_code failure;
  if (!flags.into.empty() && fs::exists(flags.into, failure)) {
    return Target{TRY(storage::open_folder_snapshot(flags.into)), std::nullopt, ""};
  }
  return Target{storage::make_memory_snapshot(std::map<RepoPath, std::string>()), std::nullopt, ""};
}

Result<Schedule> read_json_text(const std::string& bytes, const Wishes& wishes) {
  auto parsed = api::parse_json(bytes);
  if (const auto* fault = std::get_if<api::JsonFault>(&parsed)) {
    return invalid_input(std::to_string(fault->line) + ":" + std::to_string(fault->column) + ": " +
                         fault->message);
  }
  return read_json(std::get<document::Data>(parsed), wishes);
}

Result<Schedule> read_schedule(const ImportFlags& flags,
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

Result<Wishes> wishes_of(const ImportFlags& flags, const ScheduleThere& there) {
  Wishes wishes;
  if (flags.year > 0) wishes.year = flags.year;
  if (!flags.zone.empty()) wishes.zone = TRY(TimeZone::find(flags.zone));
  if (flags.day_first || flags.month_first) wishes.day_first = flags.day_first;
  wishes.others = there.zone;
  return wishes;
}

Result<storage::Signature> author_of(const std::string& text) {
  std::size_t open = text.find(" <");
  if (open == 0 || open == text.npos || !text.ends_with('>')) {
    return invalid_input("--author is 'Name <mail@example.org>'");
  }
  SystemClock clock;
  return storage::Signature{text.substr(0, open),
                            text.substr(open + 2, text.size() - open - 3),
                            Time{.seconds = clock.now().seconds}};
}

// One commit, and only onto what the plan was made from.
Status commit(const Target& target, const ImportFlags& flags, Plan plan) {
  storage::ChangeSet changes;
  changes.author = TRY(author_of(flags.author));
  changes.message =
      flags.message.empty()
          ? "Import the schedule of " + printable(fs::path(flags.file).filename().string(), 200)
          : flags.message;
  for (PlannedFile& file : plan.files) {
    auto before = file.before ? std::optional(storage::blob_id_of(*file.before)) : std::nullopt;
    changes.preconditions.push_back({file.path, before});
    changes.edits.push_back({file.path, std::move(file.after)});
  }
  SystemClock clock;
  storage::CommitterSettings settings;
  settings.branch = target.branch;
  settings.limits.edits_max = kSessionsMax + kNamesMax + 1;
  auto committer = TRY(storage::Committer::open(*target.repository, settings, clock));
  auto done = TRY(committer->commit(std::move(changes)));
  std::cout << "committed " << done.commit.hex() << " to " << target.branch << "\n";
  return {};
}

Status write_files(const fs::path& folder, const Plan& plan) {
  for (const PlannedFile& file : plan.files) {
    fs::path path = folder / file.path.string();
    std::error_code failure;
    fs::create_directories(path.parent_path(), failure);
    if (failure)
      return unavailable("cannot make " + path.parent_path().string() + ": " + failure.message());
    TRY(write_atomically(path, file.after));
  }
  std::cout << "wrote " << plan.files.size() << " files below " << folder.string() << "\n";
  return {};
}

Status import_schedule(const ImportFlags& flags) {
  if (flags.repository.empty() && flags.into.empty() && !flags.is_dry) {
    return invalid_input(
        "say where to: --repo REPOSITORY, --into FOLDER, or --dry-run to look first");
  }
  std::string bytes = TRY(read_file(flags.file, kFileBytesMax));
  Target target = TRY(open_target(flags));
  ScheduleThere there = TRY(read_there(*target.snapshot));
  Wishes wishes = TRY(wishes_of(flags, there));
  auto read = read_schedule(flags, bytes, wishes);
  if (!read) return std::move(read).error().within(flags.file);
  Plan plan = TRY(plan_import(*read, there));
  std::cout << table_text(*read, plan) << findings_text(*read, flags.file) << std::flush;
  if (flags.is_dry) return {};
  if (read->sessions.empty()) return invalid_input("there is nothing to import");
  std::size_t doubts = count_of(*read, Finding::Kind::kDoubt);
  if (doubts > 0 && !flags.accepts_doubts) {
    return invalid_input(
        std::to_string(doubts) + (doubts == 1 ? " doubt" : " doubts") +
        "; mend the file, or take what is assumed by --accept-doubts. Nothing was written");
  }
  if (plan.files.empty()) {
    std::cout << "nothing changes\n";
    return {};
  }
  return target.repository ? commit(target, flags, std::move(plan)) : write_files(flags.into, plan);
}

}  // namespace

void add_import(CLI::App& program, Run& run) {
  auto flags = std::make_shared<ImportFlags>();
  CLI::App* command = program.add_subcommand("import", "what others have made, as files of a site");
  command->require_subcommand(1);
  CLI::App* schedule = command->add_subcommand(
      "schedule", "a schedule: sessions, speakers, rooms and tracks, with what was assumed");
  schedule->footer(std::string(kFooter));
  schedule->add_option("FILE", flags->file, "the schedule")->required();
  auto* repository = schedule->add_option("--repo", flags->repository, "a repository; one commit")
                         ->type_name("DIR");
  schedule->add_option("--into", flags->into, "a folder; files")
      ->type_name("DIR")
      ->excludes(repository);
  schedule->add_option("--branch", flags->branch, "of the repository (default: its own)");
  schedule->add_flag("--dry-run", flags->is_dry, "show the table, and write nothing");
  schedule->add_option("--format", flags->format, "where the file's name does not say it")
      ->check(CLI::IsMember({"page", "xml", "json", "ics", "csv"}));
  schedule->add_option("--year", flags->year, "of days without one")->check(CLI::Range(1900, 2200));
  schedule->add_option("--time-zone",
                       flags->zone,
                       "of times without one, as America/New_York; "
                       "goes before what the file says");
  auto* day = schedule->add_flag("--day-first", flags->day_first, "3/4/2020 is the third of April");
  schedule->add_flag("--month-first", flags->month_first, "3/4/2020 is the fourth of March")
      ->excludes(day);
  schedule->add_flag(
      "--accept-doubts", flags->accepts_doubts, "take what is assumed where there is doubt");
  schedule->add_option("--message", flags->message, "of the commit");
  schedule->add_option("--author", flags->author, "of the commit: 'Name <mail@example.org>'");
  schedule->callback([flags, &run] { run = [flags] { return import_schedule(*flags); }; });
}

}  // namespace stet::program
