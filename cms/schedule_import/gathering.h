// A schedule as it is being read: what all readers do with what they find.
//
// Threads: one gathering belongs to one. Cost: a look-up for each name.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "cms/schedule_import/schedule.h"

namespace stet::schedule_import {

class Gathering {
 public:
  explicit Gathering(const Wishes& wishes);

  void assume(Place place, std::string message, std::string assumed);
  void doubt(Place place, std::string message, std::string assumed);
  void leave_out(Place place, std::string message);

  // The zone that the file names, unless whoever imports it has said another.
  void say_zone(const TimeZone& zone, Place place, std::string_view said);
  // Where nothing named one: that of the event, else UTC; told, at the first time that needs it.
  const TimeZone& zone_for_walls();
  // For times in UTC, which are sure without a zone: where nobody names one, it is the event's,
  // else UTC, and that is told when all is read.
  const TimeZone& zone_for_instants();

  // The instant of a wall time in `zone`. A time that the clocks skip is a doubt, and none; of one
  // that comes twice the first is assumed.
  std::optional<Time> at_wall(const CivilTime& wall, const TimeZone& zone, Place place);

  // The file is an export that stet has made: its texts are plain.
  void set_own() { schedule_.is_own = true; }
  bool is_own() const { return schedule_.is_own; }

  // Texts of the file, cleaned. What is too long is cut, and told.
  std::string name(std::string_view text, Place place);
  std::string text(std::string_view text, Place place);  // Markdown, or HTML that becomes it
  std::optional<Link> link(std::string_view title, std::string_view url, Place place);

  void add_room(const Room& room);
  void add_room(const std::string& name) { add_room(Room{name, "", {}}); }
  void add_track(const std::string& name, std::string color = "");
  // The place among the speakers; of one with this uid, or this name. None: there are too many.
  std::optional<std::size_t> add_speaker(const std::string& name, const std::string& uid);
  Speaker& speaker(std::size_t place) { return schedule_.speakers[place]; }

  // Rooms and tracks are added with it. What has no title, or ends before it starts, is told.
  void add(Session session);
  bool is_full() const { return schedule_.sessions.size() >= kSessionsMax; }

  Schedule& schedule() { return schedule_; }
  Schedule take();

 private:
  void tell(Finding finding);

  const Wishes wishes_;
  Schedule schedule_;
  std::set<std::string, std::less<>> rooms_, uids_;
  std::map<std::string, std::size_t, std::less<>> tracks_, speakers_by_name_, speakers_by_uid_;
  bool has_told_zone_ = false, has_instants_ = false;
};

}  // namespace stet::schedule_import
