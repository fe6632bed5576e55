#include "cms/schedule_import/page_tables.h"

#include <algorithm>
#include <map>

#include "cms/schedule_import/clean_text.h"
#include "cms/schedule_import/columns.h"
#include "cms/schedule_import/markup.h"
#include "cms/schedule_import/zone_names.h"

namespace stet::schedule_import {
namespace {

constexpr std::size_t kHeaderRowsRead = 3, kNamesBytesRead = 5000;
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// A cell that holds a time and nothing else but, perhaps, a zone or a remark in brackets.
std::optional<TableTime> time_in(const Cell& cell) {
  const std::string& text = cell.text;
  if (text.size() > 100) return std::nullopt;
  auto range = read_clock_range(text);
  if (!range) return std::nullopt;
  bool is_all = range->rest.empty() || range->rest.starts_with('(') || zone_of_name(range->rest);
  if (!is_all) return std::nullopt;
  range->rest = {};
  return TableTime{cell.place, *range, text};
}

using Row = std::vector<Slot>;

struct Columns {
  std::size_t header = kNone;  // its row
  std::size_t time = kNone, end = kNone;
  std::vector<Role> roles;
  std::vector<std::string> rooms;  // by column; where columns are rooms
  bool are_rooms = false;
};

std::size_t width_of(const std::vector<Row>& grid) {
  std::size_t width = 0;
  for (const Row& row : grid) width = std::max(width, row.size());
  return width;
}

const Cell* cell_at(const Row& row, std::size_t column) {
  return column < row.size() ? row[column].cell : nullptr;
}

// A cell that takes up the whole of its row.
const Cell* only_cell(const Row& row, std::size_t width) {
  if (width < 2 || row.empty() || !row[0].cell) return nullptr;
  bool is_alone = row[0].cell->columns >= width ||
                  std::all_of(row.begin() + 1, row.end(), [&](const Slot& slot) {
                    return slot.cell && (slot.cell == row[0].cell || slot.cell->text.empty());
                  });
  return is_alone ? row[0].cell : nullptr;
}

std::vector<Role> roles_of(const Row& row) {
  std::vector<Role> roles;
  for (const Slot& slot : row) {
    roles.push_back(slot.cell ? role_of_header(slot.cell->text) : Role::kNone);
  }
  return roles;
}

bool is_header(const Row& row, const std::vector<Role>& roles) {
  bool says_time = false, says_title = false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i].cell && time_in(*row[i].cell)) return false;
    says_time = says_time || roles[i] == Role::kTime || roles[i] == Role::kStart;
    says_title = says_title || roles[i] == Role::kTitle;
  }
  return says_time || says_title;
}

std::size_t column_of(const std::vector<Role>& roles, Role role) {
  auto found = std::find(roles.begin(), roles.end(), role);
  return found == roles.end() ? kNone : static_cast<std::size_t>(found - roles.begin());
}

// The first column of which at least half of what it holds are times.
std::size_t find_times(const std::vector<Row>& grid, std::size_t width) {
  for (std::size_t column = 0; column < width; ++column) {
    std::size_t times = 0, others = 0;
    for (const Row& row : grid) {
      const Cell* cell = cell_at(row, column);
      if (!cell || !row[column].is_first_row || only_cell(row, width)) continue;
      ++(time_in(*cell) ? times : others);
    }
    if (times > 0 && times >= others) return column;
  }
  return kNone;
}

void name_rooms(const Row& header, Columns& columns) {
  columns.are_rooms = true;
  for (std::size_t i = 0; i < header.size(); ++i) {
    columns.rooms.push_back(i == columns.time || !header[i].cell ? "" : header[i].cell->text);
  }
}

void guess_columns(std::size_t width, Columns& columns) {
  columns.roles.assign(width, Role::kDescription);
  columns.roles[columns.time] = Role::kTime;
  for (std::size_t i = 0; i < width; ++i) {
    if (i == columns.time) continue;
    columns.roles[i] = Role::kTitle;
    break;
  }
}

Columns columns_of(const std::vector<Row>& grid, std::size_t width) {
  Columns columns;
  for (std::size_t row = 0; row < std::min(grid.size(), kHeaderRowsRead); ++row) {
    std::vector<Role> roles = roles_of(grid[row]);
    if (!is_header(grid[row], roles)) continue;
    columns.header = row;
    columns.roles = std::move(roles);
    columns.roles.resize(width, Role::kNone);
    break;
  }
  columns.time = column_of(columns.roles, Role::kTime);
  if (columns.time == kNone) {
    columns.time = column_of(columns.roles, Role::kStart);
    columns.end = column_of(columns.roles, Role::kEnd);
  }
  if (columns.time == kNone) columns.time = find_times(grid, width);
  if (columns.time == kNone) return columns;
  if (columns.header == kNone) {
    guess_columns(width, columns);
  } else if (column_of(columns.roles, Role::kTitle) == kNone) {
    bool is_known = std::any_of(columns.roles.begin(), columns.roles.end(), [](Role role) {
      return role == Role::kDescription || role == Role::kSpeakers;
    });
    if (!is_known) {
      name_rooms(grid[columns.header], columns);
    } else {
      auto unnamed = column_of(columns.roles, Role::kNone);
      if (unnamed != kNone) columns.roles[unnamed] = Role::kTitle;
    }
  }
  return columns;
}

class TableReader {
 public:
  explicit TableReader(const Block& table)
      : grid_(grid_of(table.rows)), width_(width_of(grid_)), columns_(columns_of(grid_, width_)) {
    sequences_.push_back({table.place, std::nullopt, {}, {}});
  }

  std::vector<Sequence> run() {
    if (columns_.time == kNone) return {};
    for (std::size_t i = 0; i < grid_.size(); ++i) {
      if (i != columns_.header) read_row(i);
    }
    std::erase_if(sequences_, [](const Sequence& sequence) { return sequence.entries.empty(); });
    return std::move(sequences_);
  }

 private:
  Sequence& now() { return sequences_.back(); }

  void read_row(std::size_t index) {
    const Row& row = grid_[index];
    if (const Cell* alone = only_cell(row, width_)) {
      if (auto date = read_written_date(alone->text)) return begin_day(alone->place, *date);
    }
    std::size_t day = column_of(columns_.roles, Role::kDate);
    if (const Cell* cell = cell_at(row, day); cell && row[day].is_first_row) {
      auto date = read_written_date(cell->text);
      if (date) begin_day(cell->place, *date);
    }
    read_time(row);
    if (columns_.are_rooms) {
      read_rooms(row);
    } else {
      read_entry(row);
    }
  }

  void begin_day(Place place, const WrittenDate& date) {
    const auto& last = now().date;
    bool is_same =
        last && last->year == date.year && last->month == date.month && last->day == date.day;
    if (is_same) return;
    sequences_.push_back({place, date, {}, {}});
    time_.reset();
    open_.clear();
  }

  void read_time(const Row& row) {
    const Cell* cell = cell_at(row, columns_.time);
    if (!cell || (!row[columns_.time].is_first_row && time_)) return;
    auto time = time_in(*cell);
    time_.reset();
    if (!time) return;
    if (const Cell* end = cell_at(row, columns_.end); end && !time->range.end) {
      if (auto until = time_in(*end)) {
        time->range.end = until->range.start;
        time->written += "-" + until->written;
      }
    }
    now().times.push_back(std::move(*time));
    time_ = now().times.size() - 1;
  }

  // An entry whose cell goes on in this row lasts for as long.
  bool goes_on(const Slot& slot) {
    auto open = open_.find(slot.cell);
    if (slot.is_first_row || open == open_.end()) return false;
    if (time_) now().entries[open->second].last = time_;
    return true;
  }

  void add(const Cell& cell, TableEntry entry) {
    entry.first = entry.last = time_;
    if (cell.rows > 1) open_.emplace(&cell, now().entries.size());
    now().entries.push_back(std::move(entry));
  }

  void read_rooms(const Row& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const Cell* cell = row[i].cell;
      if (!cell || i == columns_.time || !row[i].is_first) {
        if (cell && i != columns_.time && !row[i].is_first_row &&
            (i == 0 || row[i - 1].cell != cell)) {
          goes_on(row[i]);
        }
        continue;
      }
      std::string text = cell->markdown();
      std::size_t end = text.find('\n');
      TableEntry entry;
      entry.place = cell->place;
      entry.title = plain_of_markdown(text.substr(0, end));
      if (entry.title.empty()) continue;
      if (end != text.npos) entry.description = std::string(trimmed(text.substr(end)));
      // What goes over several rooms is for all.
      if (cell->columns == 1 && i < columns_.rooms.size()) entry.room = columns_.rooms[i];
      entry.links = cell->links();
      add(*cell, std::move(entry));
    }
  }

  void read_entry(const Row& row) {
    TableEntry entry;
    const Cell* title = nullptr;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!row[i].cell || i == columns_.time || i == columns_.end || !row[i].is_first) {
        bool is_title = row[i].cell && i < columns_.roles.size() &&
                        columns_.roles[i] == Role::kTitle && i != columns_.time;
        if (is_title && goes_on(row[i])) return;
        continue;
      }
      Role role = i < columns_.roles.size() ? columns_.roles[i] : Role::kDescription;
      if (role == Role::kTitle) title = row[i].cell;
      read_cell(role, *row[i].cell, entry);
    }
    if (!title) return;
    if (entry.title.empty() && entry.description.empty()) return;
    entry.place = title->place;
    if (entry.title.empty()) entry.title = plain_of_markdown(std::exchange(entry.description, ""));
    add(*title, std::move(entry));
  }

  static void read_cell(Role role, const Cell& cell, TableEntry& entry) {
    switch (role) {
      case Role::kTitle:
        entry.title = cell.text;
        entry.links = cell.links();
        break;
      case Role::kSpeakers: entry.speakers = cell.text; break;
      case Role::kRoom: entry.room = cell.text; break;
      case Role::kTrack: entry.track = cell.text; break;
      case Role::kType: entry.type = cell.text; break;
      case Role::kLanguage: entry.language = cell.text; break;
      case Role::kDate:
      case Role::kPrivate:
      case Role::kUid: break;
      default:
        if (std::string text = cell.markdown(); !text.empty()) {
          entry.description += (entry.description.empty() ? "" : "\n\n") + text;
        }
    }
  }

  std::vector<Row> grid_;
  std::size_t width_;
  Columns columns_;
  std::vector<Sequence> sequences_;
  std::optional<std::size_t> time_;          // of the row
  std::map<const Cell*, std::size_t> open_;  // cells over several rows; their entries
};

}  // namespace

std::vector<Sequence> read_table_entries(const Block& table) { return TableReader(table).run(); }

std::vector<std::string> split_names(const std::string& text) {
  std::string rest = text.substr(0, kNamesBytesRead);
  for (std::string_view parting : {" and ", " & ", ";", "\n", " / "}) {
    for (std::size_t at = rest.find(parting); at != rest.npos; at = rest.find(parting, at + 1)) {
      rest.replace(at, parting.size(), ",");
    }
  }
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= rest.size();) {
    std::size_t end = std::min(rest.find(',', at), rest.size());
    std::string name(trimmed(std::string_view(rest).substr(at, end - at)));
    if (!name.empty() && name.size() <= kNameBytesMax && names.size() < 100) names.push_back(name);
    at = end + 1;
  }
  return names;
}

}  // namespace stet::schedule_import
