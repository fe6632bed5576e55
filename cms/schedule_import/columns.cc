#include "cms/schedule_import/columns.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace stet::schedule_import {
namespace {

struct Known {
  std::string_view name;  // letters and digits alone
  Role role;
};

constexpr Known kKnown[] = {
    {"abstract", Role::kDescription},
    {"active", Role::kActive},
    {"about", Role::kDescription},
    {"category", Role::kTrack},
    {"code", Role::kUid},
    {"content", Role::kDescription},
    {"date", Role::kDate},
    {"day", Role::kDate},
    {"description", Role::kDescription},
    {"details", Role::kDescription},
    {"duration", Role::kDuration},
    {"email", Role::kPrivate},
    {"end", Role::kEnd},
    {"enddate", Role::kEnd},
    {"enddatetime", Role::kEnd},
    {"ends", Role::kEnd},
    {"endsat", Role::kEnd},
    {"endtime", Role::kEnd},
    {"enddatetimeampm", Role::kEnd},
    {"event", Role::kTitle},
    {"eventend", Role::kEnd},
    {"eventkey", Role::kUid},
    {"eventstart", Role::kStart},
    {"eventsubtype", Role::kType},
    {"eventtype", Role::kTrack},
    {"finish", Role::kEnd},
    {"format", Role::kType},
    {"guid", Role::kUid},
    {"hour", Role::kTime},
    {"id", Role::kUid},
    {"kind", Role::kType},
    {"language", Role::kLanguage},
    {"length", Role::kDuration},
    {"link", Role::kUrl},
    {"liveurl", Role::kUrl},
    {"location", Role::kRoom},
    {"minutes", Role::kDuration},
    {"moderators", Role::kSpeakers},
    {"name", Role::kTitle},
    {"notes", Role::kPrivate},
    {"owner", Role::kPrivate},
    {"owneremail", Role::kPrivate},
    {"ownernotes", Role::kPrivate},
    {"place", Role::kRoom},
    {"presentation", Role::kTitle},
    {"presenter", Role::kSpeakers},
    {"presenters", Role::kSpeakers},
    {"published", Role::kActive},
    {"room", Role::kRoom},
    {"scheduledat", Role::kStart},
    {"scheduledduration", Role::kDuration},
    {"session", Role::kTitle},
    {"sessionformat", Role::kType},
    {"sessionid", Role::kUid},
    {"sessiontitle", Role::kTitle},
    {"speaker", Role::kSpeakers},
    {"speakers", Role::kSpeakers},
    {"start", Role::kStart},
    {"startdate", Role::kStart},
    {"startdatetime", Role::kStart},
    {"starts", Role::kStart},
    {"startsat", Role::kStart},
    {"starttime", Role::kStart},
    {"status", Role::kStatus},
    {"subtitle", Role::kSubtitle},
    {"summary", Role::kDescription},
    {"talk", Role::kTitle},
    {"time", Role::kTime},
    {"times", Role::kTime},
    {"timeslot", Role::kTime},
    {"timezone", Role::kZone},
    {"title", Role::kTitle},
    {"topic", Role::kTitle},
    {"track", Role::kTrack},
    {"type", Role::kType},
    {"uid", Role::kUid},
    {"uniqueid", Role::kUid},
    {"url", Role::kUrl},
    {"venue", Role::kRoom},
    {"what", Role::kTitle},
    {"when", Role::kTime},
    {"where", Role::kRoom},
    {"who", Role::kSpeakers},
};

}  // namespace

Role role_of_header(std::string_view header) {
  std::string name;
  for (char c : header.substr(0, 100)) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    bool is_kept =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (is_kept) name += c;
  }
  const auto* found = std::find_if(
      std::begin(kKnown), std::end(kKnown), [&](const Known& known) { return known.name == name; });
  return found == std::end(kKnown) ? Role::kNone : found->role;
}

}  // namespace stet::schedule_import
