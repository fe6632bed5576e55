// What calendars have been told of a schedule's sessions, up to one commit: how often when, where
// and whether was changed, since when it is public, what is gone, and which versions were released.
//
// A value that follows from the first parents of a commit alone (cms/schedule/history_step.h grows
// it), so it is the same in every clone. Copies are cheap and share structure. A site without
// history has an empty one. Threads: a value.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/object_id.h"
#include "storage/base/persistent_map.h"

namespace stet::site {

// One place that a session takes.
struct SlotRecord {
  std::string uid;
  std::int64_t start = 0, end = 0;  // seconds, as instants are
  std::string room;
  bool is_cancelled = false;
  bool is_tentative = false;

  std::int64_t sequence = 0;
  Instant created;  // of the commit that made it public
  Instant revised;  // of the last one that changed one of the fields above
  friend bool operator==(const SlotRecord&, const SlotRecord&) = default;
};

struct SessionRecord {
  BlobId blob;
  std::string origin;  // the path under which the file first appeared
  std::string title, track;
  std::vector<std::string> speakers;  // slugs
  std::vector<SlotRecord> slots;      // those with a start
  bool has_own_uid = false;
};
using SessionRecordPtr = std::shared_ptr<const SessionRecord>;

// A slot that is not there any more.
struct LapsedSlot {
  SlotRecord slot;   // is_cancelled: it has been told so
  std::string path;  // of the file that was the last to have it
  std::string title, track;
  std::vector<std::string> speakers;
};
using LapsedSlotPtr = std::shared_ptr<const LapsedSlot>;

struct Release;  // schedule_releases.h
using ReleasePtr = std::shared_ptr<const Release>;

struct ScheduleHistory {
  using Sessions = PersistentMap<std::string, SessionRecordPtr>;

  Sessions sessions;                               // by path; those that are public
  PersistentMap<std::string, LapsedSlotPtr> gone;  // by uid; all that ever were
  // Of these, those that calendars show as cancelled: by end and uid.
  PersistentMap<std::pair<std::int64_t, std::string>, LapsedSlotPtr> withdrawn;
  // The paths of files that were renamed and name no uid, by the path where each began.
  PersistentMap<std::string, std::string> renamed;
  std::vector<ReleasePtr> releases;  // in the order in which they were made
  std::string clock;  // all that times follow from beside the session; "" where there is no event
};

// In which lists of a site one looks for a slot: as lists_of_session, and the whole schedule.
std::vector<std::string> lists_of_lapsed(const LapsedSlot& lapsed);

}  // namespace stet::site
