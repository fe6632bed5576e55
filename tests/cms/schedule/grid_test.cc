#include "cms/schedule/grid.h"

#include <gtest/gtest.h>

#include <string>

namespace stet::schedule {
namespace {

constexpr std::int64_t kTen = 1'602'511'200;  // 2020-10-12T14:00:00Z

GridItem item(int from, int until, std::size_t room = 0) {
  return {kTen + from * 60, kTen + until * 60, room};
}

// "row+rows column+columns" of each, then the rooms as "room:column+columns".
std::string show(const std::vector<GridItem>& items) {
  const Grid grid = grid_of(items);
  if (!grid.is_drawn) return "not drawn";
  std::string text;
  auto span = [&](int first, int count) {
    text += std::to_string(first) + "+" + std::to_string(count) + " ";
  };
  for (const GridPlace& place : grid.places) {
    span(place.row, place.rows);
    span(place.column, place.columns);
    text += "| ";
  }
  for (const GridRoom& room : grid.rooms) {
    text += (room.room == kNoRoom ? "-" : std::to_string(room.room)) + ":";
    span(room.column, room.columns);
  }
  return text;
}

TEST(Grid, PlacesSessionsByFiveMinutesAndRoom) {
  struct {
    std::string what;
    std::vector<GridItem> items;
    std::string out;
  } cases[] = {
      {"one", {item(0, 30)}, "2+6 2+1 | 0:2+1 "},
      {"two rooms", {item(0, 30, 4), item(15, 60, 7)}, "2+6 2+1 | 5+9 3+1 | 4:2+1 7:3+1 "},
      {"minutes that are no fives", {item(1, 29)}, "2+6 2+1 | 0:2+1 "},
      {"shorter than a row", {item(0, 30), item(31, 32)}, "2+6 2+1 | 8+1 2+1 | 0:2+1 "},
      {"one after the other", {item(0, 5), item(5, 10)}, "2+1 2+1 | 3+1 2+1 | 0:2+1 "},
      {"two at once in one room stand in lanes",
       {item(0, 30), item(10, 40), item(30, 50), item(60, 70)},
       "2+6 2+1 | 4+6 3+1 | 8+4 2+1 | 14+2 2+2 | 0:2+2 "},
      {"which makes that room no wider than others",
       {item(0, 30), item(0, 30, 1), item(10, 40)},
       "2+6 2+1 | 2+6 4+2 | 4+6 3+1 | 0:2+2 1:4+2 "},
      {"a short gap is as long as it is",
       {item(0, 10), item(65, 70)},
       "2+2 2+1 | 15+1 2+1 | 0:2+1 "},
      {"a long one is not", {item(0, 10), item(600, 610)}, "2+2 2+1 | 10+2 2+1 | 0:2+1 "},
      {"a break without a room lies across",
       {item(0, 30, 0), item(0, 30, 1), item(30, 60, kNoRoom)},
       "2+6 2+1 | 2+6 3+1 | 8+6 2+2 | 0:2+1 1:3+1 "},
      {"unless something else takes place",
       {item(0, 30, 0), item(20, 60, kNoRoom)},
       "2+6 2+1 | 6+8 3+1 | 0:2+1 -:3+1 "},
      {"nothing has a room", {item(0, 30, kNoRoom)}, "2+6 2+1 | "},
      {"two days long ends with the grid", {item(0, 2880)}, "2+399 2+1 | 0:2+1 "},
  };
  for (const auto& c : cases) EXPECT_EQ(show(c.items), c.out) << c.what;
  EXPECT_EQ(show({}), "not drawn");
}

TEST(Grid, NoTwoSessionsStandInOnePlace) {
  std::vector<GridItem> items;
  for (int i = 0; i < 300; ++i) {
    int from = i * 4, length = 5 + (i * 37) % 90;
    items.push_back(item(from, from + length, i % 11 == 0 ? kNoRoom : (i * 7) % 5));
  }
  const Grid grid = grid_of(items);
  ASSERT_TRUE(grid.is_drawn);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const GridPlace& a = grid.places[i];
    EXPECT_GE(a.column, 2);
    EXPECT_LE(a.column + a.columns - 1, grid.columns);
    for (std::size_t k = i + 1; k < items.size(); ++k) {
      const GridPlace& b = grid.places[k];
      bool is_apart = a.row + a.rows <= b.row || b.row + b.rows <= a.row ||
                      a.column + a.columns <= b.column || b.column + b.columns <= a.column;
      EXPECT_TRUE(is_apart) << i << " and " << k;
    }
  }
}

TEST(Grid, TooManyColumnsAreNotDrawn) {
  std::vector<GridItem> items;
  for (std::size_t room = 0; room < 149; ++room) items.push_back(item(0, 30, room));
  EXPECT_TRUE(grid_of(items).is_drawn);
  items.push_back(item(0, 30, 149));
  EXPECT_FALSE(grid_of(items).is_drawn);
}

}  // namespace
}  // namespace stet::schedule
