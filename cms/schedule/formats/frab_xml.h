// schedule.xml as frab, pretalx and c3voc write it, application/vnd.c3voc.schedule+xml.
//
// It is valid by c3voc's schema for any program: what the schema does not allow (an empty address,
// a day without talks where there is none) is left out or stood in for. Threads: pure function.
#pragma once

#include <string>

#include "cms/schedule/program.h"

namespace stet::schedule {

std::string frab_xml(const Program& program, const std::string& self_url);

}  // namespace stet::schedule
