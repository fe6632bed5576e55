#include "cms/schedule/day_value.h"

#include <algorithm>
#include <map>

#include "cms/liquid/filters/strftime.h"
#include "cms/schedule/grid.h"

namespace stet::schedule {
namespace {

using liquid::Value;

// How wide they are drawn at least, in hundredths of a rem: schedule.css has the same numbers.
constexpr int kRoomWidth = 1000, kLaneWidth = 675;

std::string classes_of(const GridPlace& place) {
  return "r" + std::to_string(place.row) + " s" + std::to_string(place.rows) + " c" +
         std::to_string(place.column) + " w" + std::to_string(place.columns);
}

// The rooms of a day, by numbers in their order: the event's, then others by name.
class DayRooms {
 public:
  DayRooms(const std::vector<SlotValue>& slots, const Event& event) : event_(event) {
    for (const SlotValue& slot : slots) {
      if (slot.place == kNoRoom && !slot.room.empty()) others_.emplace(slot.room, 0);
    }
    std::size_t number = event.rooms.size();
    for (auto& [name, place] : others_) {
      place = number++;
      names_.push_back(name);
    }
  }

  std::size_t number_of(const SlotValue& slot) const {
    if (slot.place != kNoRoom || slot.room.empty()) return slot.place;
    return others_.at(slot.room);
  }
  std::string name_of(std::size_t number) const {
    if (number == kNoRoom) return "";
    std::size_t named = event_.rooms.size();
    return number < named ? event_.rooms[number].name : names_[number - named];
  }

 private:
  const Event& event_;
  std::map<std::string, std::size_t> others_;
  std::vector<std::string> names_;
};

Value grid_value(std::vector<SlotValue>& slots, const Shown& shown) {
  const DayRooms rooms(slots, shown.event);
  std::vector<GridItem> items;
  for (const SlotValue& slot : slots) {
    items.push_back({slot.start->seconds, slot.end.seconds, rooms.number_of(slot)});
  }
  const Grid grid = grid_of(items);
  if (!grid.is_drawn) return Value();
  for (std::size_t i = 0; i < slots.size(); ++i) {
    slots[i].entries.emplace_back("place", Value(classes_of(grid.places[i])));
    slots[i].entries.emplace_back("time_place", Value("r" + std::to_string(grid.places[i].row)));
  }
  std::vector<Value> columns;
  for (const GridRoom& room : grid.rooms) {
    std::string name = rooms.name_of(room.room);
    std::string url = shown.has_pages && !name.empty() ? room_url(name, shown.event) : "";
    columns.push_back(liquid::make_hash(
        {{"name", Value(name)},
         {"url", url.empty() ? Value() : Value(url)},
         {"place",
          Value("c" + std::to_string(room.column) + " w" + std::to_string(room.columns))}}));
  }
  const int all = grid.columns - 1;
  const int room_width = std::max(kRoomWidth, kLaneWidth * grid.room_columns);
  const int width =
      (all * room_width + grid.room_columns * kRoomWidth - 1) / (grid.room_columns * kRoomWidth);
  return liquid::make_hash(
      {{"class", Value("n" + std::to_string(all) + " l" + std::to_string(grid.room_columns))},
       {"width", Value(std::int64_t{width})},
       {"rooms", liquid::make_array(std::move(columns))}});
}

}  // namespace

std::string day_title(const Date& date) { return liquid::strftime("%A, %B %-d", date); }

std::string short_day_title(const Date& date) { return liquid::strftime("%a %-d %b", date); }

void put_in_order(std::vector<SlotValue>& slots) {
  std::stable_sort(slots.begin(), slots.end(), [](const SlotValue& a, const SlotValue& b) {
    if (!a.start != !b.start) return a.start.has_value();
    if (a.start && *a.start != *b.start) return *a.start < *b.start;
    return a.place < b.place;
  });
}

Value day_value(const Date& date, std::vector<SlotValue> slots, const Shown& shown, bool has_grid) {
  const TimeZone& zone = shown.event.zone;
  std::string abbreviation =
      slots.empty() ? "" : zone.offset_at(slots.front().start->seconds).abbreviation;
  Value grid = has_grid ? grid_value(slots, shown) : Value();
  std::vector<Value> sessions;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    bool opens = i == 0 || slots[i].start->seconds != slots[i - 1].start->seconds;
    slots[i].entries.emplace_back("opens", Value(opens));
    sessions.push_back(liquid::make_hash(std::move(slots[i].entries)));
  }
  return liquid::make_hash({{"date", Value(iso_date(date))},
                            {"title", Value(day_title(date))},
                            {"short_title", Value(short_day_title(date))},
                            {"url", shown.has_pages ? Value(day_url(date)) : Value()},
                            {"zone", Value(abbreviation)},
                            {"grid", std::move(grid)},
                            {"sessions", liquid::make_array(std::move(sessions))}});
}

}  // namespace stet::schedule
