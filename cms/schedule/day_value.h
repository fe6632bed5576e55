// A day of the schedule as templates see it: its sessions in order, and where each stands in a grid
// of rooms and times.
//
// Threads: pure functions.
#pragma once

#include <vector>

#include "cms/schedule/session_value.h"

namespace stet::schedule {

// By start, the event's order of rooms, and as they come; those without a start last.
void put_in_order(std::vector<SlotValue>& slots);

// Of sessions in order. `has_grid`: each session has `place`, the classes that say where it stands
// ("r2 s9 c2 w1"), where `opens` the time before it has `time_place`; and the day has `grid`
// {class, width (in rooms of the least width), rooms [{name, url, place}]}, nil where there are too
// many columns to be drawn.
liquid::Value day_value(const Date& date,
                        std::vector<SlotValue> slots,
                        const Shown& shown,
                        bool has_grid);

// "Monday, October 12"
std::string day_title(const Date& date);
// "Mon 12 Oct"
std::string short_day_title(const Date& date);

}  // namespace stet::schedule
