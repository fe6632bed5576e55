// Which sessions are meant, and which of their slots.
//
// Conditions of a slot (day, room, from, until, is_scheduled) must hold of one slot together; those
// of the session of all of it. Threads: values; pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cms/schedule/session.h"

namespace stet::schedule {

struct SessionFilter {
  std::optional<Date> day;  // as attendees count: until 04:00 it is the day before (program.h)
  std::string room;         // "": any, likewise the others
  std::optional<std::int64_t> from, until;  // seconds; takes place between the two, even in part
  std::optional<bool> is_scheduled;
  std::string track, type, speaker;  // a speaker by slug
  std::optional<SessionStatus> status;

  bool is_empty() const;
  bool passes(const Session& session) const;
  bool passes_of_session(const Session& session) const;
  bool passes_of_slot(const Slot& slot) const;
  // The same of equal filters, and of no others.
  std::string canonical() const;
};

// None: it is none of the three.
std::optional<SessionStatus> status_named(std::string_view word);
std::string_view name_of(SessionStatus status);

}  // namespace stet::schedule
