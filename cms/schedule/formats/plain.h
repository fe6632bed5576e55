// A schedule for spreadsheets (RFC 4180), for terminals, and as a feed of what changed (RFC 4287).
//
// Threads: pure functions.
#pragma once

#include <cstddef>
#include <string>

#include "cms/schedule/program.h"

namespace stet::schedule {

inline constexpr std::size_t kFeedEntries = 50;

// One line a talk, cancelled ones too; lines end in CRLF. Times have their offset.
std::string csv_text(const Program& program);

// A table for each day, in the event's zone.
std::string table_text(const Program& program);

// The talks that were changed last and the releases, the newest first; in a repository without
// history, all as they come. An entry is a slot, by its uid, or a release.
std::string changes_feed(const Program& program);

}  // namespace stet::schedule
