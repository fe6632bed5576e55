// Time zones by their IANA names, from the system's tz database.
//
// Threads: a TimeZone is an immutable value; any thread. The database is read once a process.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/result.h"
#include "storage/base/time.h"

namespace date {
class time_zone;
}

namespace stet {

class TimeZone {
 public:
  TimeZone();  // UTC

  // kInvalidInput where the database has no such name.
  static Result<TimeZone> find(std::string_view iana_name);

  std::string name() const;

  struct Offset {
    std::int32_t seconds = 0;  // local = UTC + seconds
    std::string abbreviation;  // "EDT"
  };
  Offset offset_at(std::int64_t utc_seconds) const;
  Time at(std::int64_t utc_seconds) const;

  // What a wall clock in the zone means. At a clock change a time may exist not at all or twice.
  enum class Kind { kUnique, kMissing, kAmbiguous };
  struct Resolved {
    Kind kind = Kind::kUnique;
    Time
        earlier;  // kMissing: as if the clock had not yet changed; kAmbiguous: the first of the two
    Time later;   // the same as earlier where kUnique
  };
  Resolved resolve(const CivilTime& wall) const;

 private:
  explicit TimeZone(const ::date::time_zone* zone) : zone_(zone) {}
  const ::date::time_zone* zone_;  // of the process's database; null: UTC
};

}  // namespace stet
