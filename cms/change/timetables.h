// The timetable of a commit or a site: its sessions and speakers, read for clashes.
//
// Threads: pure functions of immutable values. Cost: all sessions and speakers, once; of a commit,
// their files are parsed. Limits: kSessionsMax files; further ones are not looked at.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "cms/schedule/session.h"
#include "cms/schedule/timetable.h"
#include "cms/site/site.h"
#include "storage/snapshot/snapshot.h"

namespace stet::change {

inline constexpr std::size_t kSessionsMax = 50'000;

using TimetablePtr = std::shared_ptr<const schedule::Timetable>;

TimetablePtr timetable_of(const site::Site& site, const schedule::Event& event);
// Of the sessions that share a room or a speaker with this one, and its speakers: what they cost.
TimetablePtr timetable_near(const site::Site& site,
                            const schedule::Event& event,
                            const schedule::Session& session);
// What cannot be read is not in it: whoever reads the file says so.
TimetablePtr timetable_of(const storage::Snapshot& snapshot, const schedule::Event& event);

// The sessions of a commit that the schedule has, in order of their paths; kSessionsMax at most.
using TakeSession = std::function<void(const std::string& path, const schedule::Fields& session)>;
void each_session_of(const storage::Snapshot& snapshot, const TakeSession& take);

// What validation says of the schedule's files, by path: for `stet check`.
Result<Problems> schedule_problems(const site::Site& site);

}  // namespace stet::change
