#include "cms/schedule/session_filter.h"

#include <algorithm>

#include "cms/schedule/program.h"

namespace stet::schedule {

bool SessionFilter::is_empty() const {
  return !day && room.empty() && !from && !until && !is_scheduled && track.empty() &&
         type.empty() && speaker.empty() && !status;
}

bool SessionFilter::passes(const Session& session) const {
  if (!passes_of_session(session)) return false;
  return std::any_of(session.slots.begin(), session.slots.end(), [&](const Slot& slot) {
    return passes_of_slot(slot);
  });
}

bool SessionFilter::passes_of_session(const Session& session) const {
  if (!track.empty() && session.track != track) return false;
  if (!type.empty() && session.type != type) return false;
  if (status && session.status != *status) return false;
  return speaker.empty() || std::find(session.speakers.begin(), session.speakers.end(), speaker) !=
                                session.speakers.end();
}

bool SessionFilter::passes_of_slot(const Slot& slot) const {
  if (!room.empty() && slot.room != room) return false;
  if (is_scheduled && slot.start.has_value() != *is_scheduled) return false;
  bool asks_when = day || from || until;
  if (!asks_when) return true;
  if (!slot.start) return false;
  if (day && day_of(*slot.start) != *day) return false;
  if (from && slot.end.seconds <= *from) return false;
  return !until || slot.start->seconds < *until;
}

std::string SessionFilter::canonical() const {
  std::string text;
  auto add = [&](const std::string& part) { text += std::to_string(part.size()) + ":" + part; };
  add(day ? iso_date(*day) : "");
  add(room);
  add(from ? std::to_string(*from) : "");
  add(until ? std::to_string(*until) : "");
  add(is_scheduled ? (*is_scheduled ? "1" : "0") : "");
  add(track);
  add(type);
  add(speaker);
  add(status ? std::string(schedule::name_of(*status)) : "");
  return text;
}

std::optional<SessionStatus> status_named(std::string_view word) {
  if (word == "confirmed") return SessionStatus::kConfirmed;
  if (word == "tentative") return SessionStatus::kTentative;
  if (word == "cancelled" || word == "canceled") return SessionStatus::kCancelled;
  return std::nullopt;
}

std::string_view name_of(SessionStatus status) {
  switch (status) {
    case SessionStatus::kConfirmed: return "confirmed";
    case SessionStatus::kTentative: return "tentative";
    case SessionStatus::kCancelled: return "cancelled";
  }
  return "";
}

}  // namespace stet::schedule
