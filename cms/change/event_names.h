// Rooms, tracks and types, one by one, as `_data/event.yml` has them.
//
// A change of one is an edit of that file which leaves its other bytes alone, comments too, and of
// every session that names what gets another name, in one commit. What sessions name does not go
// unless it is said what becomes of them. Threads: as write.h's. Limits: kSessionsOfNameMax.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cms/change/session_moves.h"
#include "cms/change/session_use.h"

namespace stet::change {

inline constexpr std::size_t kSessionsOfNameMax = 5000;

// One room, track or type.
struct EventName {
  std::string name, slug;  // slug: "" of a type
  document::Data fields;   // as the file has it: a map, or the name alone
};

// In the file's order; each name once.
std::vector<EventName> names_of_event(const site::Site& site, Named kind);

// By its name, else by its slug; null: there is none.
const EventName* find_name(const std::vector<EventName>& names, std::string_view name);

// What becomes of the sessions that name what goes.
struct OnUse {
  enum class Kind { kRefuse, kClear, kMove };
  Kind kind = Kind::kRefuse;
  std::string to;  // kMove: another name
};

struct NameRequest {
  Named kind = Named::kRoom;
  std::string name;       // "" of a new one
  document::Data fields;  // of a new one, or a merge patch
  Expected expected;      // of the event's file
  OnUse on_use = {};      // of a deletion
  CommitWords words;
};

Result<PlanOutcome> prepare_new_name(const Ground& ground, const NameRequest& request);
Result<PlanOutcome> prepare_name_patch(const Ground& ground, const NameRequest& request);
Result<PlanOutcome> prepare_name_deletion(const Ground& ground, const NameRequest& request);

// A speaker's file, with the same promise; `name` as an entry's.
Result<PlanOutcome> prepare_speaker_deletion(const Ground& ground, const NameRequest& request);

}  // namespace stet::change
