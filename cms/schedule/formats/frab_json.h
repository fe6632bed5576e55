// schedule.json of c3voc, version 1; and the same facts as schema.org has them.
//
// Threads: pure functions. Texts are JSON, indented, ended by a line end.
#pragma once

#include <string>

#include "cms/liquid/host.h"
#include "cms/schedule/program.h"

namespace stet::schedule {

std::string frab_json(const Program& program, const std::string& self_url, liquid::Host& host);

// An Event of schema.org with a subEvent for each talk, if any; of a program of one talk, that talk
// alone.
// It may stand in a script element.
std::string json_ld(const Program& program, liquid::Host& host);

}  // namespace stet::schedule
