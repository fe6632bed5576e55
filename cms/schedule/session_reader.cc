#include "cms/schedule/session_reader.h"

#include <set>
#include <utility>

#include "cms/liquid/convert.h"
#include "cms/liquid/member.h"

namespace stet::schedule {
namespace {

using liquid::Type;
using liquid::Value;

constexpr std::int64_t kMinutesMax = 7 * 24 * 60;
constexpr std::int64_t kSequenceMax = 2'000'000'000;

// How a value is named in a message, with a blank behind it.
std::string shown(const Value& value) {
  if (value.is_string()) return "'" + std::string(value.as_string()) + "' ";
  if (value.type() == Type::kInteger) return "'" + std::to_string(value.as_integer()) + "' ";
  if (value.type() == Type::kDate) return "'" + iso_date(value.as_date()) + "' ";
  if (value.type() == Type::kTime) return "'" + liquid::time_text(value.as_time()) + "' ";
  return "this ";
}

std::string limit(std::size_t most, const char* what) {
  return "at most " + std::to_string(most) + " " + what + " are read; further ones are left out";
}

}  // namespace

void SessionReader::error(std::string pointer, std::string message) {
  faults_.push_back({std::move(pointer), std::move(message)});
}

void SessionReader::warn(std::string pointer, std::string message) {
  faults_.push_back({std::move(pointer), std::move(message), Severity::kWarning});
}

std::string SessionReader::line(const char* key) { return name_of(fields_(key)).value_or(""); }

std::string SessionReader::name_at(const Value& value,
                                   const std::string& pointer,
                                   const char* what) {
  if (value.is_nil()) return "";
  if (auto name = name_of(value)) return *name;
  if (!value.is_string()) error(pointer, "a " + std::string(what) + " is the name of one");
  return "";
}

std::string SessionReader::named(const char* key) {
  return name_at(fields_(key), "/" + std::string(key), key);
}

std::vector<std::string> SessionReader::speakers() {
  std::vector<std::string> slugs;
  Value list = fields_("speakers");
  if (list.is_nil()) return slugs;
  if (list.type() != Type::kArray) {
    error("/speakers", "speakers are a list of names of files in _speakers, such as [ada]");
    return slugs;
  }
  const auto& items = list.as_array().items;
  std::set<std::string> known;
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::string pointer = "/speakers/" + std::to_string(i);
    if (i >= kSpeakersMax) {
      warn(pointer, limit(kSpeakersMax, "speakers"));
      break;
    }
    if (!items[i].is_string() || items[i].as_string().empty()) {
      error(pointer, "a speaker is the name of a file in _speakers");
      continue;
    }
    std::string slug(items[i].as_string());
    if (known.insert(slug).second) {
      slugs.push_back(std::move(slug));
    } else {
      warn(pointer, "'" + slug + "' is there twice");
    }
  }
  return slugs;
}

// `[https://example.org/slides.pdf, {title: Slides, url: ...}]`
std::vector<Link> SessionReader::links() {
  std::vector<Link> links;
  Value list = fields_("links");
  if (list.type() != Type::kArray) return links;
  for (const Value& item : list.as_array().items) {
    if (links.size() >= kLinksMax) {
      warn("/links", limit(kLinksMax, "links"));
      break;
    }
    const Value* url = item.is_string() ? &item : liquid::find_member(item, "url");
    const Value* title = liquid::find_member(item, "title");
    if (!title) title = liquid::find_member(item, "name");
    if (!url || !url->is_string() || url->as_string().empty()) continue;
    links.push_back({title ? name_of(*title).value_or("") : "", std::string(url->as_string())});
  }
  return links;
}

SessionStatus SessionReader::status() {
  Value value = fields_("status");
  std::string word = name_of(value).value_or("");
  if (value.is_nil() || word == "confirmed") return SessionStatus::kConfirmed;
  if (word == "tentative") return SessionStatus::kTentative;
  if (word == "cancelled" || word == "canceled") return SessionStatus::kCancelled;
  warn("/status", "a status is confirmed, tentative or cancelled");
  return SessionStatus::kConfirmed;
}

std::int64_t SessionReader::sequence(const Fields& fields,
                                     const std::string& pointer,
                                     std::int64_t unsaid) {
  Value value = fields("sequence");
  if (value.is_nil()) return unsaid;
  if (value.type() == Type::kInteger && value.as_integer() >= 0 &&
      value.as_integer() <= kSequenceMax) {
    return value.as_integer();
  }
  warn(pointer + "/sequence",
       "a sequence is a whole number, from 0 to " + std::to_string(kSequenceMax));
  return unsaid;
}

std::optional<Time> SessionReader::time(const Fields& fields,
                                        const char* key,
                                        const std::string& pointer) {
  Value value = fields(key);
  if (value.is_nil()) return std::nullopt;
  std::string message;
  auto time = read_session_time(value, event_.zone, message);
  if (!time) error(pointer + "/" + key, shown(value) + message);
  if (time && !message.empty()) warn(pointer + "/" + key, shown(value) + message);
  return time;
}

int SessionReader::minutes(const Fields& fields,
                           const std::string& type,
                           const std::string& pointer) {
  Value own = fields("duration");
  if (own.type() == Type::kInteger && own.as_integer() > 0 && own.as_integer() <= kMinutesMax) {
    return static_cast<int>(own.as_integer());
  }
  if (!own.is_nil()) {
    error(pointer + "/duration", shown(own) + "is no duration; write minutes, such as 45");
  }
  const SessionType* known = event_.find_type(type);
  return known && known->minutes > 0 ? known->minutes : kMinutesUnsaid;
}

void SessionReader::set_end(const Fields& fields, const std::string& type, Slot& slot) {
  auto end = time(fields, "end", slot.pointer);
  if (!slot.start) {
    if (end && fields("start").is_nil()) {
      warn(slot.pointer + "/end", "a session that ends begins too; say its start");
    }
    return;
  }
  if (end && *end <= *slot.start) {
    error(slot.pointer + "/end", "a session ends after it starts");
    end.reset();
  }
  slot.has_own_end = end.has_value();
  if (end) {
    slot.end = *end;
  } else {
    slot.end = event_.zone.at(slot.start->seconds +
                              minutes(fields, type, slot.pointer) * std::int64_t{60});
  }
}

Slot SessionReader::slot(const Fields& fields,
                         const std::string& pointer,
                         const std::string& type) {
  Slot slot;
  slot.pointer = pointer;
  slot.start = time(fields, "start", pointer);
  set_end(fields, type, slot);
  slot.room = name_at(fields("room"), pointer + "/room", "room");
  return slot;
}

Slot SessionReader::only_slot(const Session& session) {
  Slot only = slot(fields_, "", session.type);
  only.sequence = session.sequence;
  return only;
}

std::vector<Slot> SessionReader::slots(const Session& session) {
  Value list = fields_("slots");
  if (list.is_nil()) return {only_slot(session)};
  std::vector<Slot> slots;
  if (list.type() != Type::kArray) {
    error("/slots", "slots are a list, such as [{id: a, start: 2020-10-12T10:00, room: Main}]");
    return {only_slot(session)};
  }
  if (!fields_("start").is_nil()) {
    error("/start", "a session has a start or slots; move this one among the slots");
  }
  std::set<std::string> ids;
  const auto& items = list.as_array().items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::string pointer = "/slots/" + std::to_string(i);
    if (i >= kSlotsMax) {
      warn(pointer, limit(kSlotsMax, "slots"));
      break;
    }
    const Value& item = items[i];
    if (item.type() != Type::kHash) {
      error(pointer, "a slot is keys with values, such as {id: a, start: 2020-10-12T10:00}");
      continue;
    }
    Fields own = [&](std::string_view key) {
      const Value* value = liquid::find_member(item, key);
      return value ? *value : Value();
    };
    slots.push_back(slot(own, pointer, session.type));
    Slot& made = slots.back();
    made.id = name_at(own("id"), pointer + "/id", "id");
    if (made.room.empty()) made.room = name_of(fields_("room")).value_or("");
    made.uid = name_of(own("uid")).value_or("");
    made.sequence = sequence(own, pointer, session.sequence);
    if (made.id.empty() && made.uid.empty()) {
      warn(pointer, "a slot without an id is a new one to calendars when it moves; give it one");
    } else if (!made.id.empty() && !ids.insert(made.id).second) {
      error(pointer + "/id", "another slot has the id '" + made.id + "' already");
      made.id.clear();
    }
  }
  if (slots.empty()) slots.emplace_back();
  return slots;
}

Session SessionReader::read(const std::string& path) {
  Session session;
  session.path = path;
  session.slug = slug_of_path(path);
  session.title = line("title");
  session.subtitle = line("subtitle");
  session.type = named("type");
  session.language = line("language");
  session.uid = line("uid");
  session.sequence = sequence(fields_, "", 0);
  session.slots = slots(session);
  session.track = named("track");
  session.speakers = speakers();
  session.links = links();
  session.status = status();
  return session;
}

}  // namespace stet::schedule
