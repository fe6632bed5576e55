// What a repository has of a schedule already, as an import looks at it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cms/document/data.h"
#include "cms/document/document.h"
#include "storage/base/repo_path.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/base/zone.h"
#include "storage/snapshot/snapshot.h"

namespace stet::schedule_import {

struct FileThere {
  RepoPath path;
  std::string bytes;
  document::Document document;
  std::string text(std::string_view key) const;  // "": there is no such text
};

struct SlotThere {
  std::optional<Time> start;
  std::string room;
};

struct SessionThere {
  FileThere file;
  std::vector<std::string> uids;  // by which exports know it, or one of its slots
  bool has_own_uid = false;
  bool has_slots = false;  // takes place several times: the file's times and rooms stay as they are
  std::string title;
  std::optional<Time> end;  // of the only slot
  std::vector<SlotThere> slots;
  std::optional<Time> start() const { return slots.empty() ? std::nullopt : slots[0].start; }
};

struct ScheduleThere {
  std::optional<std::string> event;  // the bytes of _data/event.yml
  document::Data event_data;         // a map
  std::optional<TimeZone> zone;      // that it says
  std::vector<SessionThere> sessions;
  std::vector<FileThere> speakers;
  std::set<std::string>
      names;  // of files, without folder and extension, by collection: "_schedule/x"
};

inline constexpr char kSessionsFolder[] = "_schedule";
inline constexpr char kSpeakersFolder[] = "_speakers";

// kInvalidInput: `_data/event.yml` cannot be read. Threads: pure; cost: the files of the schedule.
Result<ScheduleThere> read_there(const storage::Snapshot& snapshot);

}  // namespace stet::schedule_import
