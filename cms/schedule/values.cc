#include "cms/schedule/values.h"

#include <bit>
#include <cassert>
#include <string_view>

namespace stet::schedule {
namespace {

using liquid::Type;
using liquid::Value;

// Structures are taken apart by binding all of their members: one that gets another member is no
// longer compiled here.

void add(Fingerprinter& to, const std::string& text) { to.add(text); }
void add(Fingerprinter& to, std::int64_t number) { to.add(static_cast<std::uint64_t>(number)); }

void add(Fingerprinter& to, const Date& date) {
  const auto& [year, month, day] = date;
  add(to, year);
  add(to, month);
  add(to, day);
}

void add(Fingerprinter& to, const Time& time) {
  const auto& [seconds, nanoseconds, offset_seconds, is_utc] = time;
  add(to, seconds);
  add(to, nanoseconds);
  add(to, offset_seconds);
  add(to, is_utc ? 1 : 0);
}

void add(Fingerprinter& to, const Instant& instant) {
  const auto& [seconds] = instant;
  add(to, seconds);
}

template <typename T>
void add(Fingerprinter& to, const std::optional<T>& value) {
  add(to, value ? 1 : 0);
  if (value) add(to, *value);
}

void add(Fingerprinter& to, const Room& room) {
  const auto& [name, slug, description, capacity] = room;
  add(to, name);
  add(to, slug);
  add(to, description);
  add(to, capacity);
}

void add(Fingerprinter& to, const Track& track) {
  const auto& [name, slug, color] = track;
  add(to, name);
  add(to, slug);
  add(to, color);
}

void add(Fingerprinter& to, const SessionType& type) {
  const auto& [name, minutes] = type;
  add(to, name);
  add(to, minutes);
}

void add(Fingerprinter& to, const Person& person) {
  const auto& [slug, name, url, guid] = person;
  add(to, slug);
  add(to, name);
  add(to, url);
  add(to, guid);
}

void add(Fingerprinter& to, const Link& link) {
  const auto& [title, url] = link;
  add(to, title);
  add(to, url);
}

void add(Fingerprinter& to, const site::SlotRecord& slot) {
  const auto& [uid, start, end, room, is_cancelled, is_tentative, sequence, created, revised] =
      slot;
  add(to, uid);
  add(to, start);
  add(to, end);
  add(to, room);
  add(to, is_cancelled ? 1 : 0);
  add(to, is_tentative ? 1 : 0);
  add(to, sequence);
  add(to, created);
  add(to, revised);
}

void add(Fingerprinter& to, const Value& value);

// Of what front matter and data can hold, or a session's slots are given.
void add_content(Fingerprinter& to, const Value& value) {
  switch (value.type()) {
    case Type::kBool: return add(to, value.as_bool() ? 1 : 0);
    case Type::kInteger: return add(to, value.as_integer());
    case Type::kFloat: return add(to, std::bit_cast<std::int64_t>(value.as_float()));
    case Type::kString: to.add(value.as_string()); return;
    case Type::kDate: return add(to, value.as_date());
    case Type::kTime: return add(to, value.as_time());
    case Type::kArray:
      add(to, static_cast<std::int64_t>(value.as_array().items.size()));
      for (const Value& item : value.as_array().items) add(to, item);
      return;
    case Type::kHash:
      add(to, static_cast<std::int64_t>(value.as_hash().entries().size()));
      for (const auto& [key, item] : value.as_hash().entries()) {
        to.add(std::string_view(key));
        add(to, item);
      }
      return;
    case Type::kNil:
    case Type::kRange:
    case Type::kDrop:
    case Type::kList:
    case Type::kBlank:
    case Type::kEmpty: assert(value.is_nil()); return;  // no front matter holds the others
  }
}

void add(Fingerprinter& to, const Value& value) {
  add(to, static_cast<std::int64_t>(value.type()));
  add_content(to, value);
}

template <typename T>
void add(Fingerprinter& to, const std::vector<T>& all) {
  add(to, static_cast<std::int64_t>(all.size()));
  for (const T& one : all) add(to, one);
}

}  // namespace

void add_value(const Event& event, Fingerprinter& to) {
  const auto& [title, acronym, color, zone, start, end, rooms, tracks, types] = event;
  add(to, title);
  add(to, acronym);
  add(to, color);
  add(to, zone.name());
  add(to, start);
  add(to, end);
  add(to, rooms);
  add(to, tracks);
  add(to, types);
}

void add_value(const Talk& talk, Fingerprinter& to) {
  const auto& [uid,
               guid,
               number,
               path,
               slug,
               title,
               subtitle,
               track,
               type,
               language,
               room,
               url,
               description,
               start,
               end,
               status,
               sequence,
               created,
               changed,
               persons,
               links] = talk;
  for (const std::string* text : {&uid,
                                  &guid,
                                  &path,
                                  &slug,
                                  &title,
                                  &subtitle,
                                  &track,
                                  &type,
                                  &language,
                                  &room,
                                  &url,
                                  &description}) {
    add(to, *text);
  }
  add(to, number);
  add(to, start);
  add(to, end);
  add(to, static_cast<std::int64_t>(status));
  add(to, sequence);
  add(to, created);
  add(to, changed);
  add(to, persons);
  add(to, links);
}

void add_value(const SlotValue& slot, Fingerprinter& to) {
  const auto& [entries, start, end, room, place] = slot;
  add(to, static_cast<std::int64_t>(entries.size()));
  for (const auto& [key, value] : entries) {
    to.add(std::string_view(key));
    add(to, value);
  }
  add(to, start);
  add(to, end);
  add(to, room);
  add(to, static_cast<std::int64_t>(place));
}

void add_value(const ToldRelease& release, Fingerprinter& to) {
  const auto& [version, summary, text, when] = release;
  add(to, version);
  add(to, summary);
  add(to, text);
  add(to, when);
}

void add_value(const site::SessionRecord& record, Fingerprinter& to) {
  add(to, record.title);
  add(to, record.slots);
}

}  // namespace stet::schedule
