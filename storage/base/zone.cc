#include "storage/base/zone.h"

#include <date/tz.h>

#include <exception>

namespace stet {
namespace {

using SysSeconds = ::date::sys_seconds;
using LocalSeconds = ::date::local_seconds;

Time time_at(std::int64_t utc_seconds, std::chrono::seconds offset) {
  return {.seconds = utc_seconds,
          .nanoseconds = 0,
          .offset_seconds = static_cast<std::int32_t>(offset.count())};
}

}  // namespace

TimeZone::TimeZone() : zone_(nullptr) {}

Result<TimeZone> TimeZone::find(std::string_view iana_name) {
  if (iana_name == "UTC") return TimeZone();
  try {
    return TimeZone(::date::locate_zone(iana_name));
  } catch (const std::exception&) {
    return invalid_input("time zone '" + std::string(iana_name.substr(0, 60)) +
                         "' is unknown; use a name such as 'America/New_York'");
  }
}

std::string TimeZone::name() const { return zone_ ? zone_->name() : "UTC"; }

TimeZone::Offset TimeZone::offset_at(std::int64_t utc_seconds) const {
  if (!zone_) return {0, "UTC"};
  auto found = zone_->get_info(SysSeconds(std::chrono::seconds(utc_seconds)));
  return {static_cast<std::int32_t>(found.offset.count()), found.abbrev};
}

Time TimeZone::at(std::int64_t utc_seconds) const {
  return {.seconds = utc_seconds,
          .nanoseconds = 0,
          .offset_seconds = offset_at(utc_seconds).seconds,
          .is_utc = zone_ == nullptr};
}

TimeZone::Resolved TimeZone::resolve(const CivilTime& wall) const {
  std::int64_t local = seconds_as_utc(wall);
  if (!zone_) return {Kind::kUnique, at(local), at(local)};
  auto found = zone_->get_info(LocalSeconds(std::chrono::seconds(local)));
  Time earlier = time_at(local - found.first.offset.count(), found.first.offset);
  if (found.result == ::date::local_info::unique) return {Kind::kUnique, earlier, earlier};
  Time later = time_at(local - found.second.offset.count(), found.second.offset);
  bool is_missing = found.result == ::date::local_info::nonexistent;
  return {is_missing ? Kind::kMissing : Kind::kAmbiguous, earlier, later};
}

}  // namespace stet
