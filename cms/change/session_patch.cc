#include "cms/change/session_patch.h"

#include "cms/site/value_of.h"

namespace stet::change {
namespace {

using document::Data;
using schedule::Slot;

constexpr std::int64_t kMinutesMax = 7 * 24 * 60;

schedule::Session read(const Data& front_matter,
                       const std::string& path,
                       const schedule::Event& event) {
  schedule::Faults ignored;
  schedule::Fields fields = [&](std::string_view key) {
    const Data* value = front_matter.find(key);
    return value ? site::value_of(*value) : liquid::Value();
  };
  return schedule::read_session(fields, path, event, ignored);
}

FieldProblem fault(std::string pointer, std::string message) {
  return {std::move(pointer), std::move(message)};
}

}  // namespace

SessionPatch::SessionPatch(const Data& front_matter,
                           const std::string& path,
                           const schedule::Event& event)
    : front_matter_(front_matter),
      event_(event),
      session_(change::read(front_matter, path, event)) {}

std::variant<std::size_t, FieldProblem> SessionPatch::find_slot(const std::string& id) const {
  const auto& slots = session_.slots;
  if (id.empty() && slots.size() == 1) return std::size_t{0};
  std::string ids;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (!id.empty() && slots[i].id == id) return i;
    if (!slots[i].id.empty()) ids += (ids.empty() ? "" : ", ") + slots[i].id;
  }
  if (ids.empty()) {
    return fault("/slot",
                 slots.size() == 1 ? "the session takes place once, and its slot has no id"
                                   : "give the session's slots an id each, to name one");
  }
  return fault(
      "/slot",
      (id.empty() ? "the session has several slots: " : "it has no such slot, but ") + ids);
}

const Data* SessionPatch::value_of(std::size_t slot, const char* key) const {
  const Slot& found = session_.slots[slot];
  if (found.pointer.empty()) return front_matter_.find(key);
  std::size_t place = std::stoul(found.pointer.substr(found.pointer.rfind('/') + 1));
  return (*front_matter_.find("slots")->list())[place].find(key);
}

void SessionPatch::set(std::size_t slot, const char* key, Data value) {
  const Slot& found = session_.slots[slot];
  bool is_there = value_of(slot, key) != nullptr;
  if (value.is_nil() && !is_there) return;
  if (found.pointer.empty()) return patch_.set(key, std::move(value));
  if (!patch_.contains("slots")) patch_.set("slots", *front_matter_.find("slots"));
  std::size_t place = std::stoul(found.pointer.substr(found.pointer.rfind('/') + 1));
  Data::Map& item = *(*patch_.find("slots")->list())[place].map();
  if (value.is_nil()) {
    item.erase(key);
  } else {
    item.set(key, std::move(value));
  }
}

void SessionPatch::set_time(std::size_t slot, const char* key, const Time& time) {
  const Time local = event_.zone.at(time.seconds);
  std::string text = schedule::session_time_text(local, event_.zone);
  const Data* there = value_of(slot, key);
  const Time* was = there ? there->time() : nullptr;
  constexpr std::size_t kWithOffset = 20;
  if (was && was->offset_seconds != 0 && local.offset_seconds != 0) {
    set(slot, key, Data(local));
  } else if (was && text.size() < kWithOffset) {
    // YAML's own time, which has no offset, is one by the event's clock.
    set(slot, key, Data(Time{.seconds = seconds_as_utc(civil_of(local))}));
  } else {
    set(slot, key, Data(std::move(text)));
  }
}

void SessionPatch::set_length(std::size_t slot, std::int64_t minutes) {
  const schedule::SessionType* type = event_.find_type(session_.type);
  std::int64_t usual = type && type->minutes > 0 ? type->minutes : schedule::kMinutesUnsaid;
  bool is_said = value_of(slot, "duration") != nullptr;
  if (is_said || minutes != usual) set(slot, "duration", Data(minutes));
}

std::optional<FieldProblem> SessionPatch::read(const char* key,
                                               const Data& value,
                                               std::optional<Time>& time) const {
  std::string pointer = "/" + std::string(key);
  const std::string* text = value.string();
  if (!text) return fault(pointer, "a time is a text, such as 2020-10-12T10:00, or null");
  std::string message;
  time = schedule::read_session_time(site::value_of(value), event_.zone, message);
  if (time && !message.empty()) message = schedule::ambiguity_of(*time, event_.zone);
  if (!message.empty()) return fault(pointer, "'" + *text + "' " + message);
  return std::nullopt;
}

std::optional<FieldProblem> SessionPatch::set_when(std::size_t slot,
                                                   const std::optional<Time>& start,
                                                   const SlotWish& wish) {
  const Slot& was = session_.slots[slot];
  const std::int64_t length = was.start ? was.end.seconds - was.start->seconds : 0;
  std::optional<Time> end;
  if (wish.end && !wish.end->is_nil()) {
    if (auto problem = read("end", *wish.end, end)) return problem;
    if (!start) return fault("/end", "a session that ends begins too; say its start");
    if (*end <= *start) return fault("/end", "a session ends after it starts");
    set_time(slot, "end", *end);
    return std::nullopt;
  }
  if (wish.end) {
    set(slot, "end", Data());
    if (wish.minutes) set_length(slot, *wish.minutes);
    return std::nullopt;
  }
  if (!start) {
    set(slot, "end", Data());
    if (wish.minutes || was.has_own_end) set_length(slot, wish.minutes.value_or(length / 60));
    return std::nullopt;
  }
  if (!was.has_own_end) {
    if (wish.minutes) set_length(slot, *wish.minutes);
    return std::nullopt;
  }
  std::int64_t seconds = wish.minutes ? *wish.minutes * 60 : length;
  if (wish.start || wish.minutes) set_time(slot, "end", event_.zone.at(start->seconds + seconds));
  return std::nullopt;
}

std::optional<FieldProblem> SessionPatch::apply(std::size_t slot, const SlotWish& wish) {
  if (wish.minutes && (*wish.minutes < 1 || *wish.minutes > kMinutesMax)) {
    return fault("/minutes",
                 "a session takes from 1 to " + std::to_string(kMinutesMax) + " minutes");
  }
  if (wish.minutes && wish.end && !wish.end->is_nil()) {
    return fault("/minutes", "say either an end or how many minutes it takes");
  }
  std::optional<Time> start = session_.slots[slot].start;
  if (wish.start && wish.start->is_nil()) {
    start.reset();
    set(slot, "start", Data());
  } else if (wish.start) {
    start.reset();
    if (auto problem = read("start", *wish.start, start)) return problem;
    set_time(slot, "start", *start);
  }
  bool is_of_time = wish.start || wish.end || wish.minutes;
  if (is_of_time) {
    if (auto problem = set_when(slot, start, wish)) return problem;
  }
  if (!wish.room) return std::nullopt;
  if (!wish.room->is_nil() && (!wish.room->string() || wish.room->string()->empty())) {
    return fault("/room", "a room is the name of one, or null");
  }
  set(slot, "room", *wish.room);
  return std::nullopt;
}

std::optional<FieldProblem> SessionPatch::shift(std::size_t slot,
                                                std::int64_t days,
                                                std::int64_t minutes) {
  const Slot& was = session_.slots[slot];
  if (!was.start) return std::nullopt;
  std::int64_t length = was.end.seconds - was.start->seconds;
  CivilTime wall = civil_of(*was.start);
  std::int64_t start = was.start->seconds;
  if (days != 0) {
    wall.date = date_of_days(days_since_epoch(wall.date) + days);
    auto resolved = event_.zone.resolve(wall);
    if (resolved.kind != TimeZone::Kind::kUnique) {
      bool is_missing = resolved.kind == TimeZone::Kind::kMissing;
      return fault("/days",
                   "of '" + session_.path + "' the new start " + iso_date(wall.date) + " " +
                       iso_time(*was.start).substr(11, 5) +
                       (is_missing ? " does not exist" : " comes twice") + " in " +
                       event_.zone.name() + ", for the clock is changed; move this one by itself");
    }
    start = resolved.earlier.seconds;
  }
  start += minutes * 60;
  set_time(slot, "start", event_.zone.at(start));
  if (was.has_own_end) set_time(slot, "end", event_.zone.at(start + length));
  return std::nullopt;
}

}  // namespace stet::change
