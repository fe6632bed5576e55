#include "cms/change/timetables.h"

#include <set>

#include "cms/change/lost_names.h"
#include "cms/change/validate.h"
#include "cms/document/document.h"
#include "cms/schedule/program_view.h"
#include "cms/schedule/schedule_view.h"
#include "cms/site/value_of.h"

namespace stet::change {
namespace {

using schedule::Faults;

constexpr std::string_view kSessionFolder = "_schedule", kSpeakerFolder = "_speakers";

schedule::Fields fields_of(const site::Document& document) {
  return [&document](std::string_view key) { return document.field(key); };
}

template <typename Take>
void each_document(const site::Site& site, std::string_view list, Take take) {
  site.list(list).for_each([&](const site::ListKey&, const site::ItemPtr& item) {
    const auto& document = static_cast<const site::Document&>(*item);
    take(document.path(), fields_of(document));
  });
}

template <typename Take>
void each_file(const storage::Snapshot& snapshot, std::string_view folder, Take take) {
  std::size_t count = 0;
  Status walked = snapshot.walk(folder, [&](const storage::SnapshotEntry& entry) -> Status {
    if (!storage::is_readable(entry.kind) || ++count > kSessionsMax) return {};
    auto bytes = snapshot.read(entry.blob);
    if (!bytes || bytes->size() > kTextBytesMax || !begins_front_matter(*bytes)) return {};
    document::Document parsed = document::parse_document(*bytes, entry.path.string());
    take(entry.path.string(), [&](std::string_view key) {
      const document::Data* value = parsed.front_matter.find(std::string(key));
      return value ? site::value_of(*value) : liquid::Value();
    });
    return {};
  });
  // A folder that is not there has no sessions; any other failure is met again by whoever
  // validates.
  (void)walked;
}

template <typename Each>
TimetablePtr made_of(const schedule::Event& event, Each each) {
  auto timetable = std::make_shared<schedule::Timetable>();
  Faults ignored;
  each(true, [&](const std::string& path, const schedule::Fields& fields) {
    timetable->put(schedule::read_session(fields, path, event, ignored));
    ignored.clear();
  });
  each(false, [&](const std::string& path, const schedule::Fields& fields) {
    timetable->put_speaker(schedule::read_speaker(fields, path, event, ignored));
    ignored.clear();
  });
  return timetable;
}

bool is_of_schedule(std::string_view path) {
  return path == schedule::kEventPath || path.starts_with(std::string(kSessionFolder) + "/") ||
         path.starts_with(std::string(kSpeakerFolder) + "/");
}

}  // namespace

TimetablePtr timetable_of(const site::Site& site, const schedule::Event& event) {
  return made_of(event, [&](bool is_session, auto take) {
    each_document(site, is_session ? schedule::kSessions : schedule::kSpeakers, take);
  });
}

TimetablePtr timetable_near(const site::Site& site,
                            const schedule::Event& event,
                            const schedule::Session& session) {
  auto timetable = std::make_shared<schedule::Timetable>();
  std::set<std::string> lists;
  for (const schedule::Slot& slot : session.slots) {
    if (!slot.room.empty()) lists.insert(schedule::list_of_room(slot.room));
  }
  Faults ignored;
  for (const std::string& slug : session.speakers) {
    lists.insert(schedule::list_of_speaker(slug));
    auto speaker = site.find_document(std::string(kSpeakerFolder) + "/" + slug + ".md");
    if (!speaker) continue;
    timetable->put_speaker(
        schedule::read_speaker(fields_of(*speaker), speaker->path(), event, ignored));
  }
  for (const std::string& list : lists) {
    each_document(site, list, [&](const std::string& path, const schedule::Fields& fields) {
      timetable->put(schedule::read_session(fields, path, event, ignored));
      ignored.clear();
    });
  }
  return timetable;
}

TimetablePtr timetable_of(const storage::Snapshot& snapshot, const schedule::Event& event) {
  return made_of(event, [&](bool is_session, auto take) {
    each_file(snapshot, is_session ? kSessionFolder : kSpeakerFolder, take);
  });
}

void each_session_of(const storage::Snapshot& snapshot, const TakeSession& take) {
  each_file(snapshot, kSessionFolder, [&](const std::string& path, const auto& fields) {
    liquid::Value published = fields("published");
    bool is_hidden = published.type() == liquid::Type::kBool && !published.is_truthy();
    if (!is_hidden) take(path, fields);
  });
}

Result<Problems> schedule_problems(const site::Site& site) {
  Problems problems;
  Surroundings surroundings = Surroundings::of(site);
  if (!surroundings.event()) return problems;
  surroundings.timetable();  // of all, once, for all
  problems = unknown_names(site);
  std::vector<std::string> paths;
  site.sources().for_each([&](const std::string& path, const site::SourceFilePtr& source) {
    if (is_of_schedule(path) && !source->is_broken) paths.push_back(path);
  });
  for (const std::string& path : paths) {
    RepoPath parsed = TRY(RepoPath::parse(path));
    Findings findings = validate(surroundings, parsed, TRY(site.read_path(path)));
    // The site has told of these already.
    std::erase_if(findings, [](const FieldProblem& found) {
      return found.is_of_schema || found.pointer.starts_with("/body");
    });
    Problems own = to_problems(parsed, findings);
    problems.insert(problems.end(), own.begin(), own.end());
  }
  return problems;
}

}  // namespace stet::change
