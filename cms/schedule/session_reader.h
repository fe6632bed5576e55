// Reads one session out of its fields. For session.cc.
#pragma once

#include "cms/schedule/session.h"

namespace stet::schedule {

class SessionReader {
 public:
  SessionReader(const Fields& fields, const Event& event, Faults& faults)
      : fields_(fields), event_(event), faults_(faults) {}

  Session read(const std::string& path);

 private:
  void error(std::string pointer, std::string message);
  void warn(std::string pointer, std::string message);
  std::string line(const char* key);   // text on one line; "" where there is none
  std::string named(const char* key);  // the name of one thing
  std::string name_at(const liquid::Value& value, const std::string& pointer, const char* what);
  std::vector<std::string> speakers();
  std::vector<Link> links();
  SessionStatus status();
  std::int64_t sequence(const Fields& fields, const std::string& pointer, std::int64_t unsaid);
  std::vector<Slot> slots(const Session& session);
  Slot slot(const Fields& fields, const std::string& pointer, const std::string& type);
  Slot only_slot(const Session& session);
  void set_end(const Fields& fields, const std::string& type, Slot& slot);
  std::optional<Time> time(const Fields& fields, const char* key, const std::string& pointer);
  int minutes(const Fields& fields, const std::string& type, const std::string& pointer);

  const Fields& fields_;
  const Event& event_;
  Faults& faults_;
};

}  // namespace stet::schedule
