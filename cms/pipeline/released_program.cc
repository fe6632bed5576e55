#include "cms/pipeline/released_program.h"

#include <algorithm>
#include <map>
#include <set>

#include "cms/document/structured.h"
#include "cms/document/yaml.h"
#include "cms/schedule/event.h"
#include "cms/schedule/history_step.h"
#include "cms/schedule/policy.h"
#include "cms/schedule/releases.h"
#include "cms/site/schedule_releases.h"
#include "cms/site/value_of.h"
#include "storage/snapshot/grafted_snapshot.h"
#include "storage/snapshot/memory_snapshot.h"

namespace stet::pipeline {
namespace {

using document::Data;
using site::ScheduleHistory;
using storage::SnapshotPtr;

const RepoPath& event_path() {
  static const RepoPath kPath = *RepoPath::parse(schedule::kEventPath);
  return kPath;
}

// The event's file, and the folders of sessions and speakers; where the configuration has its
// collections in a folder, the pages that are made of sessions there too.
std::vector<RepoPath> program_paths(const liquid::Hash& config) {
  std::vector<RepoPath> paths = {event_path()};
  std::set<std::string> above = {""};
  const liquid::Value* folder = config.find("collections_dir");
  if (folder && folder->is_string()) above.emplace(folder->as_string());
  for (const std::string& one : above) {
    for (const char* name : {schedule::kSessionFolder, "_speakers"}) {
      std::string path = one + "/" + name;
      path.erase(0, path.find_first_not_of('/'));
      if (auto parsed = RepoPath::parse(path)) paths.push_back(*std::move(parsed));
    }
  }
  return paths;
}

bool is_among(const std::vector<RepoPath>& paths, const RepoPath& path) {
  return std::any_of(paths.begin(), paths.end(), [&](const RepoPath& one) {
    return path == one || path.is_below(one.view());
  });
}

SnapshotPtr empty_snapshot() {
  return storage::make_memory_snapshot(std::map<RepoPath, std::string>());
}

// When and where it is may be told before what it offers.
Result<SnapshotPtr> announced(const storage::Snapshot& snapshot) {
  const RepoPath& path = event_path();
  auto entry = TRY(snapshot.find(path));
  if (!entry || !storage::is_readable(entry->kind)) return empty_snapshot();
  auto text = snapshot.read(entry->blob);
  if (!text && text.error().code != ErrorCode::kInvalidInput) return std::move(text).error();
  const Data patch(Data::Map{{"rooms", Data()}, {"tracks", Data()}, {"types", Data()}});
  auto left = document::edit_structured(text ? *text : std::string(), path.view(), patch, false);
  return storage::make_memory_snapshot(
      std::map<RepoPath, std::string>{{path, std::move(left).value_or("")}});
}

// Named, and not in the history: who builds a folder hears why its pages are empty.
Result<Problems> problems_of(const storage::Snapshot& snapshot) {
  auto path = TRY(RepoPath::parse(schedule::kReleasesPath));
  auto entry = TRY(snapshot.find(path));
  if (!entry || !TRY(snapshot.find(event_path()))) return Problems();
  auto text = snapshot.read(entry->blob);
  Problems ignored;
  Data data =
      document::read_structured(text ? *text : std::string(), schedule::kReleasesPath, ignored);
  if (schedule::releases_in(site::value_of(data)).empty()) return Problems();
  return Problems{{Severity::kWarning,
                   schedule::kReleasesPath,
                   1,
                   1,
                   "which commits these releases are is known by the history alone, and there is "
                   "none here: nothing of the schedule is shown; build the repository: stet build "
                   "--repo . --ref HEAD"}};
}

// What no release ever had was told to nobody, and nobody is told that it is gone. Its file may
// have had another name when it was released.
void forget_untold(ScheduleHistory& history) {
  std::map<std::string, std::pair<std::int64_t, std::string>> untold;  // by uid
  history.withdrawn.for_each([&](const auto& key, const site::LapsedSlotPtr& lapsed) {
    untold.emplace(lapsed->slot.uid, key);
  });
  auto look_at = [&](const std::string&, const site::SessionRecordPtr& record) {
    for (const site::SlotRecord& slot : record->slots) untold.erase(slot.uid);
  };
  for (const site::ReleasePtr& release : history.releases) {
    if (untold.empty()) return;
    release->sessions.for_each(look_at);
  }
  for (const auto& [uid, key] : untold) history.withdrawn = history.withdrawn.erase(key);
}

// Those of `head`, but for the program's files.
storage::LastChanged joined(const storage::LastChanged& head,
                            const storage::LastChanged& release,
                            const std::vector<RepoPath>& paths) {
  auto dates = head.all();
  head.all().compare(
      release.all(),
      [](const storage::LastChange& a, const storage::LastChange& b) { return a == b; },
      [&](const RepoPath& path, const storage::LastChange*, const storage::LastChange* then) {
        if (!is_among(paths, path)) return;
        dates = then ? dates.set(path, *then) : dates.erase(path);
      });
  return storage::LastChanged::of(std::move(dates));
}

}  // namespace

Result<std::vector<RepoPath>> ReleasedProgram::held_back_in(
    const storage::Snapshot& snapshot) const {
  std::vector<std::pair<std::string, std::string>> texts;  // by path
  std::string blobs;
  for (const site::OuterConfig& outer : overrides_.outer_config) {
    texts.emplace_back(outer.path, outer.text);
  }
  std::vector<storage::SnapshotEntry> files;
  for (const std::string& name : overrides_.config_files) {
    auto path = RepoPath::parse(name);
    if (!path || !texts.empty()) continue;
    auto entry = TRY(snapshot.find(*path));
    if (!entry || !storage::is_readable(entry->kind)) continue;
    blobs += entry->blob.hex();
    files.push_back(*entry);
  }
  if (!files.empty()) {
    std::lock_guard lock(mutex_);
    if (held_back_.first == blobs) return held_back_.second;
  }
  for (const storage::SnapshotEntry& file : files) {
    auto text = snapshot.read(file.blob);
    if (!text && text.error().code != ErrorCode::kInvalidInput) return std::move(text).error();
    texts.emplace_back(file.path.string(), std::move(text).value_or(""));
  }
  liquid::Ref<liquid::Hash> config(new liquid::Hash({}));
  for (const auto& [path, text] : texts) {
    Problems ignored;
    Data data = document::parse_yaml(text, path, ignored);
    if (data.map()) config = site::deep_merged(*config, *site::hash_of(*data.map()));
  }
  const liquid::Value* stet = config->find("stet");
  std::vector<RepoPath> held_back;
  if (stet && schedule::is_held_back(*stet)) held_back = program_paths(*config);
  std::lock_guard lock(mutex_);
  if (!files.empty()) held_back_ = {std::move(blobs), held_back};
  return held_back;
}

Result<storage::LastChanged> ReleasedProgram::dates_of(const CommitId& release) const {
  {
    std::lock_guard lock(mutex_);
    if (dates_ && dates_->first == release) return dates_->second;
  }
  auto dates = TRY(versions_.last_changed({}, std::nullopt, release));
  std::lock_guard lock(mutex_);
  dates_.emplace(release, dates);
  return dates;
}

Result<PublicSource> ReleasedProgram::shown(site::SiteSource source,
                                            const std::optional<CommitId>& commit) const {
  PublicSource shown;
  shown.face.held_back = TRY(held_back_in(*source.snapshot));
  shown.face.snapshot = source.snapshot;
  shown.source = std::move(source);
  if (!shown.face.is_held_back()) return shown;
  SnapshotPtr program;
  ScheduleHistory history;
  storage::LastChanged dates;
  if (shown.source.schedule.releases.empty()) {
    program = TRY(announced(*shown.source.snapshot));
    shown.face.problems = TRY(problems_of(*shown.source.snapshot));
  } else {
    const CommitId release = shown.source.schedule.releases.back()->commit;
    if (commit == release) {
      std::lock_guard lock(mutex_);
      dates_.emplace(release, shown.source.last_changed);
    }
    program = TRY(versions_.open(release));
    history = TRY(versions_.schedule(release));
    history.releases = shown.source.schedule.releases;
    forget_untold(history);
    dates = TRY(dates_of(release));
    shown.face.release = release;
  }
  shown.source.snapshot = storage::make_grafted_snapshot(
      std::move(shown.source.snapshot), std::move(program), shown.face.held_back);
  shown.source.schedule = std::move(history);
  shown.source.last_changed = joined(shown.source.last_changed, dates, shown.face.held_back);
  shown.face.snapshot = shown.source.snapshot;
  return shown;
}

Result<storage::Diff> ReleasedProgram::diff_between(const Face& before,
                                                    const Face& after,
                                                    storage::Diff diff) {
  if (!before.is_held_back() && !after.is_held_back()) return diff;
  std::vector<RepoPath> paths = before.held_back;
  for (const RepoPath& path : after.held_back) {
    if (!is_among(paths, path)) paths.push_back(path);
  }
  std::erase_if(diff,
                [&](const storage::FileChange& change) { return is_among(paths, change.path); });
  bool is_same = before.is_held_back() && after.is_held_back() && before.release &&
                 before.release == after.release && before.held_back == after.held_back;
  if (is_same) return diff;
  auto program_of = [&](const Face& face) {
    return storage::make_grafted_snapshot(empty_snapshot(), face.snapshot, paths);
  };
  auto program = TRY(storage::compare(*program_of(before), *program_of(after)));
  diff.insert(diff.end(), program.begin(), program.end());
  std::sort(diff.begin(), diff.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return diff;
}

}  // namespace stet::pipeline
