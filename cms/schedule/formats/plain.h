// A schedule for spreadsheets (RFC 4180), for terminals, and as a feed of what changed (RFC 4287).
//
// Threads: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cms/schedule/program.h"

namespace stet::schedule {

inline constexpr std::size_t kFeedEntries = 50;

// What stands in its first line.
inline constexpr char kCsvHeader[] =
    "id,title,subtitle,start,end,minutes,time_zone,room,track,type,status,language,speakers,url,"
    "description";
// Between the names of speakers, which may have commas; in a name ';' and '\' have a '\' before
// them.
inline constexpr char kCsvParting[] = "; ";

// A cell of names as csv_text() has it, and the names in one: `names_max` of them, and one more
// where there are more.
std::string csv_names(const std::vector<std::string>& names);
std::vector<std::string> names_of_csv(std::string_view cell, std::size_t names_max);

// One line a talk, cancelled ones too, by start, room and id; lines end in CRLF. Times have their
// offset.
std::string csv_text(const Program& program);

// A table for each day, in the event's zone.
std::string table_text(const Program& program);

// The talks that were changed last and the releases, the newest first; in a repository without
// history, all as they come. An entry is a slot, by its uid, or a release.
std::string changes_feed(const Program& program, const std::string& self_url);

}  // namespace stet::schedule
