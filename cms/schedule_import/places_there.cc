#include "cms/schedule_import/places_there.h"

#include "cms/document/structured.h"
#include "cms/schedule/event.h"
#include "cms/schedule/session.h"
#include "cms/schedule/uid.h"
#include "cms/site/value_of.h"

namespace stet::schedule_import {
namespace {

bool is_document(const RepoPath& path) {
  return path.extension() == ".md" || path.extension() == ".markdown" ||
         path.extension() == ".html";
}

Result<std::vector<FileThere>> files_below(const storage::Snapshot& snapshot,
                                           std::string_view folder,
                                           std::set<std::string>& names) {
  std::vector<FileThere> files;
  TRY(snapshot.walk(folder, [&](const storage::SnapshotEntry& entry) -> Status {
    std::string parent(entry.path.folder());
    names.insert(parent + "/" + std::string(entry.path.stem()));
    if (!is_readable(entry.kind) || !is_document(entry.path)) return {};
    FileThere file{entry.path, TRY(snapshot.read(entry.blob)), {}};
    file.document = document::parse_document(file.bytes, entry.path.view());
    files.push_back(std::move(file));
    return {};
  }));
  return files;
}

Status read_event(const storage::Snapshot& snapshot, ScheduleThere& there) {
  there.event_data = document::Data::Map();
  auto path = TRY(RepoPath::parse(schedule::kEventPath));
  auto entry = TRY(snapshot.find(path));
  if (!entry) return {};
  if (!is_readable(entry->kind)) {
    return invalid_input(std::string(schedule::kEventPath) + " is a link; make a file of it first");
  }
  there.event = TRY(snapshot.read(entry->blob));
  Problems problems;
  document::Data data = document::read_structured(*there.event, schedule::kEventPath, problems);
  for (const Problem& problem : problems) {
    if (problem.severity == Severity::kError) {
      return invalid_input("mend this first: " + to_string(problem));
    }
  }
  if (data.is_map()) there.event_data = std::move(data);
  const document::Data* zone = there.event_data.find("time_zone");
  if (zone && zone->string()) {
    auto found = TimeZone::find(*zone->string());
    if (!found)
      return invalid_input(std::string(schedule::kEventPath) + ": " + found.error().message);
    there.zone = *found;
  }
  return {};
}

SessionThere session_there(FileThere file, const schedule::Event& event) {
  SessionThere there{std::move(file), {}, false, false, {}, {}, {}};
  there.title = there.file.text("title");
  there.has_own_uid = !there.file.text("uid").empty();
  schedule::Faults ignored;
  auto fields = [&](std::string_view key) {
    const document::Data* value = there.file.document.front_matter.find(key);
    return value ? site::value_of(*value) : liquid::Value();
  };
  schedule::Session session =
      schedule::read_session(fields, there.file.path.string(), event, ignored);
  for (const schedule::Slot& slot : session.slots) {
    std::string uid = schedule::uid_of_slot(session, slot);
    there.uids.push_back(schedule::guid_of_uid(uid));
    there.uids.push_back(std::move(uid));
    there.slots.push_back({slot.start, slot.room});
    there.has_slots = there.has_slots || !slot.pointer.empty();
    if (slot.has_own_end) there.end = slot.end;
  }
  return there;
}

}  // namespace

std::string FileThere::text(std::string_view key) const {
  const document::Data* value = document.front_matter.find(key);
  return value && value->string() ? *value->string() : "";
}

Result<ScheduleThere> read_there(const storage::Snapshot& snapshot) {
  ScheduleThere there;
  TRY(read_event(snapshot, there));
  Problems ignored;
  const schedule::Event event = schedule::read_event(site::value_of(there.event_data), ignored);
  for (FileThere& file : TRY(files_below(snapshot, kSessionsFolder, there.names))) {
    there.sessions.push_back(session_there(std::move(file), event));
  }
  there.speakers = TRY(files_below(snapshot, kSpeakersFolder, there.names));
  return there;
}

}  // namespace stet::schedule_import
