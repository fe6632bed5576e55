// Where and when a session could take place: free rooms while its speakers are free.

#include <charconv>

#include "api/routes/reading.h"
#include "api/routes/session_json.h"
#include "api/routes/session_query.h"
#include "api/schedule/calls.h"
#include "cms/change/schedule_index.h"
#include "cms/schedule/suggest.h"

namespace stet::api {
namespace {

using schedule::Event;
using schedule::Wish;

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  auto [last, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool is_number = error == std::errc() && last == text.data() + text.size();
  return is_number ? std::optional(number) : std::nullopt;
}

std::optional<ProblemReport> take_number(const Call& call,
                                         std::string_view name,
                                         std::int64_t max,
                                         int& number) {
  auto text = call.request.query_value(name);
  if (!text) return std::nullopt;
  auto read = number_of(*text);
  if (!read || *read < 1 || *read > max) {
    return bad_query(name, std::string(name) + " is a number from 1 to " + std::to_string(max));
  }
  number = static_cast<int>(*read);
  return std::nullopt;
}

// "09:30"; 24:00 is the day's end.
std::optional<ProblemReport> take_clock(const Call& call, std::string_view name, int& minute) {
  auto text = call.request.query_value(name);
  if (!text) return std::nullopt;
  bool has_form = text->size() == 5 && (*text)[2] == ':';
  auto hours = has_form ? number_of(text->substr(0, 2)) : std::nullopt;
  auto minutes = has_form ? number_of(text->substr(3)) : std::nullopt;
  bool is_clock = hours && minutes && *hours >= 0 && *minutes >= 0 && *minutes < 60 &&
                  *hours * 60 + *minutes <= 24 * 60;
  if (!is_clock) {
    return bad_query(name, std::string(name) + " is a time of the day, such as 09:30");
  }
  minute = static_cast<int>(*hours * 60 + *minutes);
  return std::nullopt;
}

std::optional<ProblemReport> take_day(const Call& call,
                                      std::string_view name,
                                      std::optional<Date>& day) {
  auto text = call.request.query_value(name);
  if (!text) return std::nullopt;
  day = parse_iso_date(*text);
  if (day) return std::nullopt;
  return bad_query(name, "a day is written as 2020-10-12");
}

// What a session says of itself: how long it is, and who speaks.
std::optional<ProblemReport> take_session(const Call& call,
                                          const site::Site& site,
                                          const Event& event,
                                          Wish& wish) {
  auto name = call.request.query_value("session");
  if (!name) return std::nullopt;
  auto path = change::find_path(site, change::resource_of(change::EntryKind::kSession), "", *name);
  if (!path) return ProblemReport{.status = 404, .detail = path.error().message};
  auto session = change::session_at(site, path->view(), event);
  if (!session) return ProblemReport{.status = 404, .detail = "it is no session that is read"};
  wish.path = session->path;
  wish.speakers = session->speakers;
  const schedule::Slot& slot = session->slots.front();
  const schedule::SessionType* type = event.find_type(session->type);
  if (slot.start) {
    wish.minutes = static_cast<int>((slot.end.seconds - slot.start->seconds) / 60);
  } else if (type && type->minutes > 0) {
    wish.minutes = type->minutes;
  }
  const site::SourceFile* source = site.find_source(session->path);
  liquid::Value said = source->documents.front()->field("duration");
  bool is_said = said.type() == liquid::Type::kInteger && said.as_integer() > 0;
  if (!slot.start && is_said && said.as_integer() <= 24 * 60) {
    wish.minutes = static_cast<int>(said.as_integer());
  }
  return std::nullopt;
}

std::optional<ProblemReport> take_rooms(const Call& call, const Event& event, Wish& wish) {
  int seats = 0;
  if (auto report = take_number(call, "seats", 10'000'000, seats)) return report;
  std::vector<std::string> named = parts_of(call.request.query_value("rooms").value_or(""));
  for (const std::string& name : named) {
    if (!event.rooms.empty() && !event.find_room(name)) {
      return bad_query("rooms", "the event has no room '" + name + "'");
    }
  }
  if (named.empty()) {
    for (const schedule::Room& room : event.rooms) named.push_back(room.name);
  }
  for (const std::string& name : named) {
    const schedule::Room* room = event.find_room(name);
    bool is_large = seats == 0 || (room && room->capacity && *room->capacity >= seats);
    if (is_large) wish.rooms.push_back(name);
  }
  if (!wish.rooms.empty() || event.rooms.empty()) return std::nullopt;
  return bad_query("seats", "none of these rooms says that it has so many seats (capacity)");
}

std::variant<Wish, ProblemReport> wish_of(const Call& call,
                                          const site::Site& site,
                                          const Event& event) {
  Wish wish;
  if (auto report = take_session(call, site, event, wish)) return std::move(*report);
  if (auto report = take_number(call, "minutes", 24 * 60, wish.minutes)) return std::move(*report);
  if (auto report = take_number(call, "step", 24 * 60, wish.step_minutes)) {
    return std::move(*report);
  }
  if (auto text = call.request.query_value("speakers")) wish.speakers = parts_of(*text);
  if (auto report = take_rooms(call, event, wish)) return std::move(*report);
  if (auto report = take_day(call, "first", wish.first)) return std::move(*report);
  if (auto report = take_day(call, "last", wish.last)) return std::move(*report);
  if (auto report = take_clock(call, "from", wish.from_minute)) return std::move(*report);
  if (auto report = take_clock(call, "until", wish.until_minute)) return std::move(*report);
  if (wish.until_minute <= wish.from_minute) {
    return bad_query("until",
                     "the time of the day ends after it begins, and at 24:00 at the latest");
  }
  auto limit = limit_of(call, wish.count, schedule::kSuggestionsMax);
  if (auto* report = std::get_if<ProblemReport>(&limit)) return std::move(*report);
  wish.count = std::get<std::size_t>(limit);
  return wish;
}

}  // namespace

Answer list_free_places(const Call& call) {
  auto found = reading_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const site::Site& site = *std::get<Reading>(found).site;
  const change::ScheduleIndexPtr index = change::schedule_index_of(site);
  if (!index) {
    return ProblemReport{.status = 404,
                         .detail =
                             "there is no event, and so no schedule; make it first: PUT "
                             "/api/v1/schedule/event"};
  }
  const Event& event = index->event;
  auto wish = wish_of(call, site, event);
  if (auto* report = std::get_if<ProblemReport>(&wish)) return *report;
  auto places = schedule::suggest(std::get<Wish>(wish), event, *index->timetable);
  if (!places) return bad_query("first", places.error().message);
  Json items = Json::array();
  for (const schedule::Place& place : *places) {
    Time start = event.zone.at(place.start.seconds), end = event.zone.at(place.end.seconds);
    items.push_back({{"start", iso_time(start)},
                     {"end", iso_time(end)},
                     {"start_utc", iso_instant(Instant{start.seconds})},
                     {"end_utc", iso_instant(Instant{end.seconds})},
                     {"zone", event.zone.offset_at(start.seconds).abbreviation},
                     {"room", place.room.empty() ? Json(nullptr) : Json(place.room)}});
  }
  return tagged_response(call, Json{{"minutes", std::get<Wish>(wish).minutes}, {"items", items}});
}

}  // namespace stet::api
