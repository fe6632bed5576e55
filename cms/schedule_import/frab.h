// One event as frab's formats have it, in XML (schedule.xml) and in JSON: what both readers share.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/schedule_import/gathering.h"

namespace stet::schedule_import {

struct FrabPerson {
  std::string name, uid, biography, url = {};
};

struct FrabEvent {
  Place place;
  std::string where;  // in messages, for files whose lines nobody knows: "/schedule/..."; or ""
  std::string guid, id, code, date, start, end, duration, room, url;
  std::string title, subtitle, track, type, language, abstract, description;
  std::vector<FrabPerson> persons;
  std::vector<Link> links;
};

class FrabSchedule {
 public:
  explicit FrabSchedule(const Wishes& wishes) : gathering_(wishes) {}

  // `generator`: who has written the file, as it says; to be told first.
  void set_generator(std::string_view generator);
  // `time_zone`: the file's word for it, or "".
  void begin(std::string_view title,
             std::string_view acronym,
             std::string_view time_zone,
             Place place);
  void set_days(std::string_view start, std::string_view end);
  // When a day begins, as "09:00:00"; "": at four, as everywhere.
  void set_day_change(std::string_view text);
  void add_room(const Room& room);
  // The file has a day of this date.
  void add_day(std::string_view date, bool has_events);
  // `day`: the date of the day that it stands in, for events that have none of their own.
  void add(FrabEvent event, std::string_view day);
  void note_left_out(const std::string& field) { ++left_out_[field]; }

  Gathering& gathering() { return gathering_; }
  Schedule take();

 private:
  std::string uid_of(const FrabEvent& event);
  void read_times(const FrabEvent& event, std::string_view day, Session& session);
  void read_end(const FrabEvent& event, Session& session);
  void settle_days();

  Gathering gathering_;
  std::int64_t day_change_s_ = 4 * 3600;         // an event before that is of the evening before
  std::map<std::string, std::size_t> left_out_;  // how often, by the field's name
  std::map<std::int64_t, bool> days_;            // since the epoch: whether they have events
};

}  // namespace stet::schedule_import
