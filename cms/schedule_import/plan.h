// From an imported schedule to the files that it becomes in a repository.
//
// What is new gets a file, named by its title; what is there is edited in the fields that differ
// (cms/document/edit.h), and no other byte. What the imported schedule does not say stays as it is:
// a session that it lacks, a field that it has not. The event's own zone, where it has one, stays,
// and times are written in it. So the same import twice changes nothing. Threads: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cms/schedule_import/places_there.h"
#include "cms/schedule_import/schedule.h"

namespace stet::schedule_import {

struct PlannedFile {
  RepoPath path;
  std::optional<std::string> before;  // none: it is new
  std::string after;
};

struct PlannedSession {
  std::string path;
  bool is_new = false;
  bool has_slots = false;           // it takes place several times: times and rooms there stay
  std::vector<std::string> fields;  // that change; "body" among them
};

struct Plan {
  TimeZone zone;                         // in which times are written
  std::vector<PlannedFile> files;        // by path; those that change
  std::vector<PlannedSession> sessions;  // of each of the schedule's
  std::vector<std::string> untouched;    // sessions there that the schedule lacks
};

Result<Plan> plan_import(const Schedule& schedule, const ScheduleThere& there);

// "2020-10-12T10:00" in `zone`; with the offset where the clocks show that twice and it is the
// second.
std::string wall_text(const Time& time, const TimeZone& zone);

}  // namespace stet::schedule_import
