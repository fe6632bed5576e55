// The codes by which pretalx's widget knows talks and speakers: six capitals and digits, made of
// their uids.
//
// Threads: any. Cost: an index of all sessions and speakers at the first look at each version of
// the site; then a look-up.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cms/site/site.h"

namespace stet::schedule {

std::string code_of(std::int32_t number);
bool is_code(std::string_view text);

// Null where none has it; of sessions those that history knows.
site::DocumentPtr session_of_code(const site::Site& site, std::string_view code);
site::DocumentPtr speaker_of_code(const site::Site& site, std::string_view code);

}  // namespace stet::schedule
