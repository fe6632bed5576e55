#include "cms/site/schedule_lists.h"

#include <optional>
#include <set>

#include "storage/base/time.h"

namespace stet::site {
namespace {

using liquid::Type;
using liquid::Value;

void add(std::set<std::string>& lists, std::string_view kind, const Value* name) {
  if (!name || lists.size() >= kListsMax) return;
  std::string text;
  if (name->type() == Type::kInteger) text = std::to_string(name->as_integer());
  if (name->is_string()) text = name->as_string();
  if (!text.empty()) lists.insert(std::string(kind) + text);
}

const liquid::Array* array_at(const liquid::Hash& fields, std::string_view key) {
  const Value* value = fields.find(key);
  return value && value->type() == Type::kArray ? &value->as_array() : nullptr;
}

constexpr std::int64_t kHour = 60 * 60;
constexpr std::int64_t kDayStart = 4 * kHour;
constexpr std::int64_t kApart = 26 * kHour;  // between the zones that are farthest from each other

void add_days(std::set<std::string>& lists, std::int64_t first, std::int64_t last) {
  auto day_of = [](std::int64_t seconds) {
    return days_since_epoch(civil_of_seconds(seconds - kDayStart).date);
  };
  for (std::int64_t day = day_of(first); day <= day_of(last); ++day) {
    if (lists.size() < kListsMax)
      lists.insert(std::string(kDayLists) + iso_date(date_of_days(day)));
  }
}

// `start` as cms/schedule reads it.
void add_days(std::set<std::string>& lists, const Value* start) {
  if (!start) return;
  if (start->type() == Type::kTime) {
    const Time& time = start->as_time();
    const std::int64_t apart = time.offset_seconds == 0 ? 0 : kApart;
    const std::int64_t wall = time.seconds + time.offset_seconds;
    return add_days(lists, wall - apart, wall + apart);
  }
  auto parsed = start->is_string() ? parse_iso_time(start->as_string()) : std::nullopt;
  if (!parsed) return;
  const std::int64_t wall = seconds_as_utc(parsed->civil);
  const std::int64_t apart = parsed->offset_seconds ? kApart : 0;
  add_days(lists, wall - apart, wall + apart);
}

}  // namespace

std::vector<std::string> lists_of_session(const liquid::Hash& fields) {
  std::set<std::string> lists;
  add(lists, kRoomLists, fields.find("room"));
  add(lists, kTrackLists, fields.find("track"));
  const auto* slots = array_at(fields, "slots");
  if (!slots) add_days(lists, fields.find("start"));
  if (slots) {
    for (const Value& slot : slots->items) {
      if (slot.type() != Type::kHash) continue;
      add(lists, kRoomLists, slot.as_hash().find("room"));
      add_days(lists, slot.as_hash().find("start"));
    }
  }
  if (const auto* speakers = array_at(fields, "speakers")) {
    for (const Value& slug : speakers->items) add(lists, kSpeakerLists, &slug);
  }
  return {lists.begin(), lists.end()};
}

}  // namespace stet::site
