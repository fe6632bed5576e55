// Reads a schedule from a spreadsheet saved as CSV: the columns of Sched, of Sessionize, and those
// that people name so (columns.h).
//
// Commas, semicolons or tabs part the cells, whichever the header has most of; RFC 4180's quotes; a
// byte order mark may stand first. Rows that say that they are not published are left out, and
// told. Whether the day or the month stands first in 3/4/2020 is known by the wishes, else by the
// other rows. Threads: pure. Cost: linear. Input may be any bytes.
#pragma once

#include <string_view>

#include "cms/schedule_import/schedule.h"

namespace stet::schedule_import {

Schedule read_csv(std::string_view bytes, std::string_view path, const Wishes& wishes);

}  // namespace stet::schedule_import
