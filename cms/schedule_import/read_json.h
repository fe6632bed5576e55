// Reads schedule.json of frab and pretalx (version 1 of c3voc's schema).
//
// The JSON has been read by whoever calls; places in it are told by JSON pointers. Threads: pure.
#pragma once

#include "cms/document/data.h"
#include "cms/schedule_import/schedule.h"
#include "storage/base/result.h"

namespace stet::schedule_import {

// kInvalidInput: it is some other JSON.
Result<Schedule> read_json(const document::Data& data, const Wishes& wishes);

}  // namespace stet::schedule_import
