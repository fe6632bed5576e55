// An imported schedule as lines of text, for tests to compare.
#pragma once

#include <string>
#include <vector>

#include "cms/schedule_import/schedule.h"

namespace stet::schedule_import {

// "2020-10-12T14:00:00Z/16:00 Title": instants in UTC, "-" where there are none.
inline std::string shown(const Session& session) {
  auto utc = [](const Time& time) { return iso_instant(Instant{time.seconds}); };
  std::string text = session.start ? utc(*session.start) : "-";
  if (session.end) text += "/" + utc(*session.end).substr(11, 5);
  return text + " " + session.title;
}

inline std::vector<std::string> shown(const Schedule& schedule) {
  std::vector<std::string> lines;
  for (const Session& session : schedule.sessions) lines.push_back(shown(session));
  return lines;
}

inline std::vector<std::string> rooms_of(const Schedule& schedule) {
  std::vector<std::string> names;
  for (const Room& room : schedule.rooms) names.push_back(room.name);
  return names;
}

// "12 message -> assumed", of one kind.
inline std::vector<std::string> told(const Schedule& schedule, Finding::Kind kind) {
  std::vector<std::string> lines;
  for (const Finding& finding : schedule.findings) {
    if (finding.kind != kind) continue;
    std::string line = std::to_string(finding.place.line) + " " + finding.message;
    lines.push_back(finding.assumed.empty() ? line : line + " -> " + finding.assumed);
  }
  return lines;
}

inline bool tells(const Schedule& schedule, Finding::Kind kind, const std::string& part) {
  for (const std::string& line : told(schedule, kind)) {
    if (line.find(part) != line.npos) return true;
  }
  return false;
}

}  // namespace stet::schedule_import
