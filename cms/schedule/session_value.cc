#include "cms/schedule/session_value.h"

#include "cms/liquid/filters/slugify.h"
#include "cms/liquid/filters/strftime.h"
#include "cms/schedule/colour.h"
#include "cms/schedule/program.h"
#include "cms/schedule/session.h"
#include "cms/schedule/uid.h"
#include "cms/site/site.h"

namespace stet::schedule {
namespace {

using liquid::Hash;
using liquid::Type;
using liquid::Value;
using site::Document;
using site::View;

// Nil rather than an empty text, which is true in Liquid.
Value text_or_nil(std::string text) { return text.empty() ? Value() : Value(std::move(text)); }

std::string clock_text(const Time& time) { return liquid::strftime("%H:%M", time, ""); }

Value speaker_value(const Value& slug, View& view) {
  std::string path = "_speakers/" + std::string(slug.as_string()) + ".md";
  view.recorder().add(
      reads::Key(reads::Kind::kField, view.names().id_of(path), view.names().id_of("exists")));
  auto speaker = view.site().find_document(path);
  if (!speaker) return liquid::make_hash({{"name", slug}, {"url", Value()}});
  // `name` is the file's, as in Jekyll, unless the front matter says who it is.
  const Value* own = speaker->facts().fields->find("name");
  Value name = speaker->get(own ? "name" : "title", view);
  if (own) name = *own;
  return liquid::make_hash({{"name", name}, {"url", speaker->get("url", view)}});
}

Value speakers_of(const Document& session, View& view) {
  std::vector<Value> speakers;
  Value slugs = session.get("speakers", view);
  if (slugs.type() != Type::kArray) return liquid::make_array({});
  for (const Value& slug : slugs.as_array().items) {
    if (slug.is_string()) speakers.push_back(speaker_value(slug, view));
  }
  return liquid::make_array(std::move(speakers));
}

void add_times(const Slot& slot, const Session& session, const Event& event, SlotValue& value) {
  auto& entries = value.entries;
  const Date day = civil_of(*slot.start).date;
  entries.emplace_back("date", Value(iso_date(day)));
  entries.emplace_back("day_title", Value(liquid::strftime("%A, %B %-d", day)));
  entries.emplace_back("start", Value(clock_text(*slot.start)));
  entries.emplace_back("start_iso", Value(iso_time(*slot.start)));
  entries.emplace_back("zone", Value(event.zone.offset_at(slot.start->seconds).abbreviation));
  entries.emplace_back("time_zone", Value(event.zone.name()));
  entries.emplace_back("uid", Value(uid_of_slot(session, slot)));
  const std::int64_t minutes = (slot.end.seconds - slot.start->seconds) / 60;
  // Nobody is told an end that nobody has said.
  const SessionType* type = event.find_type(session.type);
  if (!slot.has_own_end && minutes == kMinutesUnsaid && !(type && type->minutes > 0)) return;
  entries.emplace_back("end", Value(clock_text(slot.end)));
  entries.emplace_back("end_iso", Value(iso_time(slot.end)));
  entries.emplace_back("minutes", Value(minutes));
}

// A file that was renamed keeps its uid.
std::string uid_of_origin(const Document& document, View& view) {
  reads::Names& names = view.names();
  view.recorder().add(
      reads::Key(reads::Kind::kField, names.id_of(document.path()), names.id_of("#origin")));
  const auto* record = view.site().schedule_history().sessions.find(document.path());
  return uid_of_path(record ? (*record)->origin : document.path());
}

template <typename Named>
std::string slug_in(const std::vector<Named>& all, const Named* found, std::string_view name) {
  if (found) return found->slug;
  std::string slug = liquid::slugify(name);
  for (const Named& one : all) {
    if (one.slug == slug) return "";
  }
  return slug;
}

}  // namespace

bool has_pages(View& view) {
  const Value stet = view.config("stet");
  if (stet.type() != Type::kDrop) return false;
  const Value theme = stet.as_drop().get("theme", view);
  return theme.is_string() && theme.as_string() == "default";
}

std::string day_url(const Date& date) { return "/schedule/" + iso_date(date) + "/"; }

std::string room_url(std::string_view room, const Event& event) {
  std::string slug = slug_in(event.rooms, event.find_room(room), room);
  return slug.empty() ? "" : "/schedule/rooms/" + slug + "/";
}

std::string track_url(std::string_view track, const Event& event) {
  std::string slug = slug_in(event.tracks, event.find_track(track), track);
  return slug.empty() ? "" : "/schedule/tracks/" + slug + "/";
}

std::vector<SlotValue> slot_values(const Document& document, const Shown& shown, View& view) {
  const Event& event = shown.event;
  Faults ignored;
  Session session = read_session([&](std::string_view key) { return document.get(key, view); },
                                 document.path(),
                                 event,
                                 ignored);
  if (session.uid.empty()) session.uid = uid_of_origin(document, view);
  std::vector<Hash::Entry> common;
  for (const char* key :
       {"title", "subtitle", "url", "track", "type", "status", "language", "links"}) {
    common.emplace_back(key, document.get(key, view));
  }
  common.emplace_back("slug", Value(session.slug));
  common.emplace_back("speakers", speakers_of(document, view));
  if (shown.has_excerpt) common.emplace_back("excerpt", document.get("excerpt", view));
  if (const Track* track = event.find_track(session.track)) {
    common.emplace_back("track_class", text_or_nil(track_class(track->slug)));
  }
  if (shown.has_pages && !session.track.empty()) {
    common.emplace_back("track_url", text_or_nil(track_url(session.track, event)));
  }
  std::vector<SlotValue> values;
  for (const Slot& slot : session.slots) {
    if (!slot.start && session.is_scheduled()) continue;
    SlotValue& value = values.emplace_back();
    value.entries = common;
    value.start = slot.start;
    value.end = slot.end;
    value.room = slot.room;
    if (const Room* room = event.find_room(slot.room)) {
      value.place = static_cast<std::size_t>(room - event.rooms.data());
    }
    value.entries.emplace_back("room", text_or_nil(slot.room));
    if (shown.has_pages && !slot.room.empty()) {
      value.entries.emplace_back("room_url", text_or_nil(room_url(slot.room, event)));
    }
    if (!slot.start) continue;
    add_times(slot, session, event, value);
    if (shown.has_pages) value.entries.emplace_back("day_url", Value(day_url(day_of(*slot.start))));
  }
  return values;
}

}  // namespace stet::schedule
