// A day and a time together, as spreadsheets and programs write them: "10/12/2020 10:00 AM".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "cms/schedule_import/written_dates.h"
#include "storage/base/time.h"

namespace stet::schedule_import {

struct WrittenMoment {
  std::optional<WrittenDate> date;
  std::optional<int> seconds;  // of the day
  std::optional<std::int32_t> offset_seconds;
};

// None where it is neither. A time without AM or PM is of 24 hours. Threads: pure.
std::optional<WrittenMoment> read_written_moment(std::string_view text);

// In seconds: "1:30", "01:30:00", "90" (minutes), "PT1H30M", "P1D" (RFC 5545 3.3.6).
std::optional<std::int64_t> read_duration(std::string_view text);

}  // namespace stet::schedule_import
