// An import as a person reads it before it is made: each session with its line, and what to look
// at.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cms/schedule_import/plan.h"
#include "cms/schedule_import/schedule.h"

namespace stet::schedule_import {

// The sessions by day, with their time as it was written; then what becomes of files.
std::string table_text(const Schedule& schedule, const Plan& plan);

// "page.md:12:3: doubt: ...; taken as: ...", one a line: doubts first, then by line.
std::string findings_text(const std::vector<Finding>& findings, std::string_view path);

std::size_t count_of(const std::vector<Finding>& findings, Finding::Kind kind);

}  // namespace stet::schedule_import
