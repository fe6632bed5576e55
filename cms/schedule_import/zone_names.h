// What people, programs and calendars call a time zone, as IANA's name.
//
// "EST" in October is what people write who mean the clock on New York's walls. So an abbreviation
// names a place, and beside it the offset that it literally says, for whoever reads to compare.
// Threads: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/zone.h"

namespace stet::schedule_import {

struct NamedZone {
  TimeZone zone;
  std::string said;                         // as it stands in the text
  std::optional<std::int32_t> said_offset;  // seconds, where the name says one
  bool is_one_of_several = false;           // other places of the world use this name too
};

// The whole text: "America/New_York", "EST", "Eastern Time", "UTC+2", "Eastern Standard Time" as
// Windows has it, "/vendor.example/Europe/Berlin" as calendars do.
std::optional<NamedZone> zone_of_name(std::string_view text);

// As programs say it, who mean IANA's names and use others all the same.
std::optional<NamedZone> zone_of_id(std::string_view text);

// In a sentence that speaks of times: "All times in EST".
std::optional<NamedZone> zone_in_sentence(std::string_view line);

// "UTC-04:00".
std::string offset_text(std::int32_t seconds);

}  // namespace stet::schedule_import
