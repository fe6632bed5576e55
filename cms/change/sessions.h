// The schedule of a site as values: its event, its sessions, and what is wrong between them.
//
// Threads: pure functions of an immutable site. Cost: one session, the sessions that share a room
// or a speaker with it; of all sessions, each once.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/change/resource.h"
#include "cms/schedule/session.h"
#include "cms/schedule/session_filter.h"
#include "cms/schedule/timetable.h"
#include "cms/site/site.h"

namespace stet::change {

inline constexpr std::string_view kSessionFolder = "_schedule/";
inline constexpr std::size_t kFaultsTold = 1000;  // of the sessions of one write

// None: there is no event, and so no schedule.
std::optional<schedule::Event> event_of(const site::Site& site);

// For a session that begins at that path: of the path, unless another one began there, or had that
// uid; calendars have known that one by it. Costs a look at all sessions, and at those that went.
std::string new_session_uid(const site::Site& site, std::string_view path);

schedule::Session session_of(const site::Document& document, const schedule::Event& event);
// None: no session is there.
std::optional<schedule::Session> session_at(const site::Site& site,
                                            std::string_view path,
                                            const schedule::Event& event);

// Of all sessions that pass, by path.
std::vector<schedule::Session> sessions_of(const site::Site& site,
                                           const schedule::Event& event,
                                           const schedule::SessionFilter& filter);

// What is wrong with a session of the plan, or between two.
struct ScheduleFault {
  enum class Kind {
    kRoom,         // two in one room
    kSpeaker,      // one speaker in two sessions
    kUnavailable,  // a speaker who cannot then
    kFit,          // it does not fit the event: its days, rooms, tracks, speakers
    kTime,         // a time that cannot be, or a field that cannot be read
  };
  Kind kind = Kind::kRoom;
  Severity severity = Severity::kWarning;  // by the site's policy
  std::string path, title;                 // of the session
  std::string pointer;                     // "/front_matter/slots/1/room"
  std::string message;
  std::string name;                          // of the room or track; the speaker's slug; else ""
  std::string other, other_title;            // the other session; "": there is none
  std::optional<schedule::Interval> during;  // when both are
};

// All that clashes of these sessions in a timetable, a pair of them once, by path; nothing where
// the site's policy is that nobody looks. (schedule_index.h keeps those of all.)
std::vector<ScheduleFault> faults_of(const site::Site& site,
                                     const schedule::Event& event,
                                     const std::vector<schedule::Session>& sessions,
                                     const schedule::Timetable& timetable);

// Of one session, each pair from its side.
std::vector<ScheduleFault> faults_of(const site::Site& site,
                                     const schedule::Event& event,
                                     const schedule::Session& session);

// Of those that are at these paths, by path, each pair from the side of each; kFaultsTold at most.
// Paths of what is no session are passed over.
std::vector<ScheduleFault> faults_at(const site::Site& site, std::vector<std::string> paths);

}  // namespace stet::change
