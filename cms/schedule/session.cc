#include "cms/schedule/session.h"

namespace stet::schedule {
namespace {

using liquid::Type;

std::optional<Time> at_wall(const CivilTime& wall, const TimeZone& zone, std::string& message) {
  auto resolved = zone.resolve(wall);
  if (resolved.kind == TimeZone::Kind::kMissing) {
    message = "does not exist in " + zone.name() + ": the clock is set forward over it";
    return std::nullopt;
  }
  return resolved.earlier;
}

}  // namespace

std::optional<Time> read_session_time(const liquid::Value& value,
                                      const TimeZone& zone,
                                      std::string& message) {
  if (value.type() == Type::kTime) {
    // YAML takes a full timestamp without an offset for UTC; in a schedule it is a wall time.
    const Time& time = value.as_time();
    if (time.offset_seconds == 0) return at_wall(civil_of(time), zone, message);
    return zone.at(time.seconds);
  }
  auto parsed = value.is_string() ? parse_iso_time(value.as_string()) : std::nullopt;
  if (!parsed) {
    message = "is no time; write it as 2020-10-12T10:00";
    return std::nullopt;
  }
  if (!parsed->offset_seconds) return at_wall(parsed->civil, zone, message);
  return zone.at(seconds_as_utc(parsed->civil) - *parsed->offset_seconds);
}

}  // namespace stet::schedule
