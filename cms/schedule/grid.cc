#include "cms/schedule/grid.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "cms/schedule/interval_index.h"

namespace stet::schedule {
namespace {

constexpr std::int64_t kRowSeconds = kGridMinutes * 60;

std::int64_t full_rows(std::int64_t seconds) {
  return seconds - (seconds % kRowSeconds + kRowSeconds) % kRowSeconds;
}

// Instants as rows.
class Rows {
 public:
  explicit Rows(const std::vector<GridItem>& items) {
    for (const GridItem& item : items) {
      std::int64_t start = full_rows(item.start);
      std::int64_t end = full_rows(item.end - 1) + kRowSeconds;
      if (pieces_.empty()) {
        pieces_.push_back({start, end, 2});
      } else if (start - pieces_.back().end >= kGapMinutes * 60) {
        pieces_.push_back({start, end, row_behind() + kGapRows});
      } else {
        pieces_.back().end = std::max(pieces_.back().end, end);
      }
    }
  }

  int row_of(std::int64_t instant) const {
    auto piece = std::upper_bound(
        pieces_.begin(), pieces_.end(), instant, [](auto at, auto& one) { return at < one.start; });
    if (piece != pieces_.begin()) --piece;
    return row_in(*piece, instant);
  }
  // The first row in which what ends then is not.
  int row_after(std::int64_t end) const { return row_of(end - 1) + 1; }
  int row_behind() const { return row_in(pieces_.back(), pieces_.back().end); }

 private:
  struct Piece {
    std::int64_t start, end;
    int row;
  };

  static int row_in(const Piece& piece, std::int64_t instant) {
    std::int64_t row = piece.row + (instant - piece.start) / kRowSeconds;
    return static_cast<int>(std::min<std::int64_t>(row, kGridRowsMax));
  }

  std::vector<Piece> pieces_;
};

// Sessions of one room, which get lanes as they come; those that overlap each other one way or
// another are a cluster, and what has a cluster for itself has all lanes.
class Lanes {
 public:
  void add(std::size_t place, const GridPlace& rows) {
    if (rows.row >= cluster_end_) {
      ++clusters_;
      ends_.clear();
    }
    cluster_end_ = std::max(cluster_end_, rows.row + rows.rows);
    auto lane = std::find_if(ends_.begin(), ends_.end(), [&](int end) { return end <= rows.row; });
    if (lane == ends_.end()) lane = ends_.insert(ends_.end(), 0);
    *lane = rows.row + rows.rows;
    members_.push_back({place, static_cast<int>(lane - ends_.begin()), clusters_});
    int& width = widths_[clusters_];
    width = std::max(width, static_cast<int>(ends_.size()));
    lanes_ = std::max(lanes_, width);
  }

  int lanes() const { return lanes_; }

  // `width`: of each lane.
  void place(int column, int width, std::vector<GridPlace>& places) const {
    for (const Member& member : members_) {
      bool is_alone = widths_.at(member.cluster) == 1;
      places[member.place].column = column + member.lane * width;
      places[member.place].columns = is_alone ? lanes_ * width : width;
    }
  }

 private:
  struct Member {
    std::size_t place;
    int lane, cluster;
  };
  std::vector<Member> members_;
  std::map<int, int> widths_;
  std::vector<int> ends_;  // of the present cluster's lanes
  int cluster_end_ = 0, clusters_ = 0, lanes_ = 1;
};

// Those without a room during which nothing else takes place.
std::vector<bool> across_of(const std::vector<GridItem>& items) {
  IntervalIndex index;
  for (std::size_t i = 0; i < items.size(); ++i) {
    index.add({items[i].start, items[i].end}, static_cast<IntervalIndex::Id>(i));
  }
  std::vector<bool> across(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].room != kNoRoom) continue;
    int found = 0;
    index.each_overlap({items[i].start, items[i].end},
                       [&](IntervalIndex::Id) { return ++found < 2; });
    across[i] = found < 2;
  }
  return across;
}

// How many columns each room has, so that all are of the same width whatever their lanes; 0: there
// is no such number that is small enough, and a lane is a column.
int columns_of_all(const std::map<std::size_t, Lanes>& rooms) {
  std::size_t shared = 1;
  for (const auto& [room, lanes] : rooms) {
    shared = std::lcm(shared, static_cast<std::size_t>(lanes.lanes()));
    if (shared > kRoomColumnsMax || shared * rooms.size() >= kGridColumnsMax) return 0;
  }
  return static_cast<int>(shared);
}

}  // namespace

Grid grid_of(const std::vector<GridItem>& items) {
  Grid grid;
  if (items.empty()) return grid;
  const Rows rows(items);
  const std::vector<bool> across = across_of(items);
  std::map<std::size_t, Lanes> rooms;
  for (std::size_t i = 0; i < items.size(); ++i) {
    GridPlace place;
    place.row = rows.row_of(items[i].start);
    place.rows = std::max(1, rows.row_after(items[i].end) - place.row);
    grid.places.push_back(place);
    if (!across[i]) rooms[items[i].room].add(i, place);
  }
  grid.rows = rows.row_behind();
  grid.columns = 1;
  const int shared = columns_of_all(rooms);
  grid.room_columns = std::max(shared, 1);
  for (const auto& [room, lanes] : rooms) {
    const int width = shared == 0 ? 1 : shared / lanes.lanes();
    lanes.place(grid.columns + 1, width, grid.places);
    grid.rooms.push_back({room, grid.columns + 1, lanes.lanes() * width});
    grid.columns += grid.rooms.back().columns;
  }
  grid.columns = std::max(grid.columns, 2);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!across[i]) continue;
    grid.places[i].column = 2;
    grid.places[i].columns = grid.columns - 1;
  }
  grid.is_drawn = static_cast<std::size_t>(grid.columns) <= kGridColumnsMax;
  return grid;
}

}  // namespace stet::schedule
