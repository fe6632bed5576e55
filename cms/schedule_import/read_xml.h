// Reads schedule.xml as frab, c3voc's tools and pretalx write it.
//
// Threads: pure. Limits: xml_tree.h's. Input may be any bytes.
#pragma once

#include <string_view>

#include "cms/schedule_import/schedule.h"
#include "storage/base/result.h"

namespace stet::schedule_import {

// kInvalidInput: it is no XML that may be read, or some other one.
Result<Schedule> read_xml(std::string_view bytes, const Wishes& wishes);

}  // namespace stet::schedule_import
