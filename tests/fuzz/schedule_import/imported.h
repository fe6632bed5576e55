// What holds of every imported schedule, whatever the bytes: limits, clean texts, and a plan whose
// files can be imported over without a change.
#pragma once

#include <cstdlib>
#include <map>

#include "cms/schedule_import/plan.h"
#include "cms/schedule_import/report.h"
#include "storage/base/utf8.h"
#include "storage/snapshot/memory_snapshot.h"

namespace stet::schedule_import {

inline void must(bool holds) {
  if (!holds) std::abort();
}

inline Plan plan_over(const Schedule& schedule, const std::map<RepoPath, std::string>& files) {
  auto there = read_there(*storage::make_memory_snapshot(files));
  must(there.has_value());
  auto plan = plan_import(schedule, *there);
  must(plan.has_value());
  return std::move(*plan);
}

inline void check_imported(const Schedule& schedule) {
  must(schedule.sessions.size() <= kSessionsMax && schedule.findings.size() <= kFindingsMax);
  for (const Session& session : schedule.sessions) {
    must(!session.title.empty() && session.title.size() <= kNameBytesMax);
    must(is_utf8(session.title) && session.title.find('\n') == std::string::npos);
    must(is_utf8(session.description) && session.description.size() <= 6 * kTextBytesMax);
    const std::string& text = session.description;
    for (std::size_t at = text.find("<script"); at != text.npos;
         at = text.find("<script", at + 1)) {
      must(at > 0 && text[at - 1] == '\\');
    }
    must(!session.start || !session.end || *session.start < *session.end);
    for (std::size_t speaker : session.speakers) must(speaker < schedule.speakers.size());
  }
  Plan plan = plan_over(schedule, {});
  must(plan.sessions.size() == schedule.sessions.size());
  must(!table_text(schedule, plan).empty());
  findings_text(schedule.findings, "x");
  std::map<RepoPath, std::string> files;
  for (PlannedFile& file : plan.files) {
    must(files.emplace(file.path, std::move(file.after)).second);
  }
  must(plan_over(schedule, files).files.empty());
}

}  // namespace stet::schedule_import
