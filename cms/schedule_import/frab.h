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
  std::string name, uid, biography;
};

struct FrabEvent {
  Place place;
  std::string where;  // in messages, for files whose lines nobody knows: "/schedule/..."; or ""
  std::string guid, code, date, start, duration, room;
  std::string title, subtitle, track, type, language, abstract, description;
  std::vector<FrabPerson> persons;
  std::vector<Link> links;
};

class FrabSchedule {
 public:
  explicit FrabSchedule(const Wishes& wishes) : gathering_(wishes) {}

  // `time_zone`: the file's word for it, or "".
  void begin(std::string_view title,
             std::string_view acronym,
             std::string_view time_zone,
             Place place);
  void set_days(std::string_view start, std::string_view end);
  // `day`: the date of the day that it stands in, for events that have none of their own.
  void add(FrabEvent event, std::string_view day);
  void note_left_out(const std::string& field) { ++left_out_[field]; }

  Gathering& gathering() { return gathering_; }
  Schedule take();

 private:
  void read_times(const FrabEvent& event, std::string_view day, Session& session);

  Gathering gathering_;
  std::map<std::string, std::size_t> left_out_;  // how often, by the field's name
};

}  // namespace stet::schedule_import
