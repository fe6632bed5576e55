// The entries of one table of a page: what its columns and its rows mean.
//
// A column is what stands above it (columns.h). Where nothing does, the first column of times is
// the time, the next the title, and what follows the description. Where only the time is named, or
// names are none that are known, the other columns are rooms, and each cell is an entry. Threads:
// pure functions; views point into the page.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cms/schedule_import/clock_times.h"
#include "cms/schedule_import/page_blocks.h"
#include "cms/schedule_import/written_dates.h"

namespace stet::schedule_import {

struct TableEntry {
  Place place;
  std::optional<std::size_t> first, last;  // of the sequence's times; none: its row has no time
  std::string title, description, speakers, room, track, type, language;
  std::vector<Link> links;
};

struct TableTime {
  Place place;
  ClockRange range;
  std::string written;
};

// Rows of one day, in which the entries follow one another.
struct Sequence {
  Place place;
  std::optional<WrittenDate> date;  // said within the table; none: by what stands above it
  std::vector<TableTime> times;
  std::vector<TableEntry> entries;
};

// None where no column holds times.
std::vector<Sequence> read_table_entries(const Block& table);

// "Ada Lovelace, Grace Hopper and Mary Shelley".
std::vector<std::string> split_names(const std::string& text);

}  // namespace stet::schedule_import
