// A schedule for spreadsheets (RFC 4180), for terminals, and as a feed of what changed (RFC 4287).
//
// Threads: pure functions.
#pragma once

#include <cstddef>
#include <string>

#include "cms/schedule/program.h"

namespace stet::schedule {

inline constexpr std::size_t kFeedEntries = 50;

// What stands in its first line.
inline constexpr char kCsvHeader[] =
    "id,title,subtitle,start,end,minutes,time_zone,room,track,type,status,language,speakers,url,"
    "description";
// Between the names of speakers, which may have commas.
inline constexpr char kCsvParting[] = "; ";

// One line a talk, cancelled ones too, by start, room and id; lines end in CRLF. Times have their
// offset.
std::string csv_text(const Program& program);

// A table for each day, in the event's zone.
std::string table_text(const Program& program);

// The talks that were changed last and the releases, the newest first; in a repository without
// history, all as they come. An entry is a slot, by its uid, or a release.
std::string changes_feed(const Program& program, const std::string& self_url);

}  // namespace stet::schedule
