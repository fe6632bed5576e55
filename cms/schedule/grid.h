// Where the sessions of one day stand in a grid: rooms beside each other, time downwards.
//
// A row is kGridMinutes. Row 1 is for the names of rooms, column 1 for times. What nobody fills for
// kGapMinutes or longer is drawn as kGapRows, so that an evening far from the morning is no desert.
// Sessions of one room that overlap stand in lanes of that room, which is no wider for it where
// kRoomColumnsMax columns a room are enough. A session without a room lies
// across all rooms where nothing else takes place, and in a column of its own otherwise. Placed by
// instants: the night in which clocks are set back is an hour longer.
// Threads: pure function; O(n log n). Limits: kGridRowsMax, what lasts longer ends there;
// kGridColumnsMax, of which more is not drawn.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace stet::schedule {

inline constexpr int kGridMinutes = 5, kGapMinutes = 60, kGapRows = 6;
inline constexpr int kGridRowsMax = 400;
inline constexpr std::size_t kGridColumnsMax = 150, kRoomColumnsMax = 6;
inline constexpr std::size_t kNoRoom = static_cast<std::size_t>(-1);

struct GridItem {
  std::int64_t start = 0, end = 0;  // instants; it ends after it starts
  std::size_t room = kNoRoom;       // a number, by which rooms are in order
};

struct GridPlace {
  int row = 0, rows = 1, column = 0, columns = 1;
};

struct GridRoom {
  std::size_t room = kNoRoom;
  int column = 0, columns = 1;
};

struct Grid {
  bool is_drawn = false;          // else nothing of it means anything
  int rows = 0, columns = 0;      // with the first ones
  int room_columns = 1;           // of each room, where all have the same
  std::vector<GridRoom> rooms;    // in which something takes place, kNoRoom last
  std::vector<GridPlace> places;  // of each item, in the order of the items
};

// `items` by start.
Grid grid_of(const std::vector<GridItem>& items);

}  // namespace stet::schedule
