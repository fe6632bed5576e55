#include "cms/schedule_import/read_csv.h"

#include <algorithm>
#include <map>

#include "cms/document/table.h"
#include "cms/schedule/formats/plain.h"
#include "cms/schedule_import/columns.h"
#include "cms/schedule_import/gathering.h"
#include "cms/schedule_import/markup.h"
#include "cms/schedule_import/own_export.h"
#include "cms/schedule_import/page_tables.h"
#include "cms/schedule_import/written_moments.h"
#include "cms/schedule_import/zone_names.h"
#include "storage/base/utf8.h"

namespace stet::schedule_import {
namespace {

using Texts = std::map<Role, std::string>;

char separator_in(std::string_view bytes) {
  std::map<char, std::size_t> counts;
  bool is_quoted = false;
  for (char c : bytes) {
    if (c == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (c == '\n') break;
    if (c == ',' || c == ';' || c == '\t') ++counts[c];
  }
  char best = ',';
  for (const auto& [mark, count] : counts) {
    if (count > counts[best]) best = mark;
  }
  return best;
}

class CsvReader {
 public:
  CsvReader(std::string_view bytes, std::string_view path, const Wishes& wishes)
      : bytes_(bytes), path_(path), wishes_(wishes), gathering_(wishes) {}

  Schedule run() {
    if (bytes_.starts_with("\xef\xbb\xbf")) bytes_.remove_prefix(3);
    if (!is_utf8(bytes_)) {
      gathering_.doubt(
          {}, "the file is not UTF-8; save it as such", "what is not is shown as \uFFFD");
    }
    Problems problems;
    const char separator = separator_of_file();
    document::Table table = document::read_table(bytes_, separator, path_, problems);
    for (const Problem& problem : problems) {
      gathering_.doubt({problem.line, problem.column}, problem.message, "what can be read of it");
    }
    std::string header;
    for (const document::Cell& cell : table.header.cells) {
      roles_.push_back(role_of_header(cell.text));
      header += (roles_.size() > 1 ? "," : "") + cell.text;
    }
    if (header == schedule::kCsvHeader) gathering_.set_own();
    tell_columns(table);
    if (std::find(roles_.begin(), roles_.end(), Role::kTitle) == roles_.end()) {
      gathering_.doubt({1, 1}, "no column is called Title or Name", "nothing");
      return gathering_.take();
    }
    find_order(table);
    int line = first_line_;
    std::size_t at = 0;
    for (const document::TableRow& row : table.rows) {
      line += static_cast<int>(std::count(bytes_.begin() + static_cast<std::ptrdiff_t>(at),
                                          bytes_.begin() + static_cast<std::ptrdiff_t>(row.begin),
                                          '\n'));
      at = row.begin;
      read_row(row, {line, 1});
    }
    return gathering_.take();
  }

 private:
  // "sep=;", which Excel wants and writes, is no header.
  char separator_of_file() {
    constexpr std::string_view kSaid = "sep=";
    std::size_t end = bytes_.find('\n');
    if (!bytes_.starts_with(kSaid) || end > kSaid.size() + 2) return separator_in(bytes_);
    const char said = bytes_[kSaid.size()];
    bytes_.remove_prefix(end + 1);
    ++first_line_;
    return said == '\r' || said == '\n' ? separator_in(bytes_) : said;
  }

  void tell_columns(const document::Table& table) {
    std::string unknown;
    for (std::size_t i = 0; i < roles_.size(); ++i) {
      const std::string& name = table.header.cells[i].text;
      if ((roles_[i] != Role::kNone && roles_[i] != Role::kPrivate) || trimmed(name).empty())
        continue;
      if (unknown.size() < 300) unknown += (unknown.empty() ? "" : ", ") + printable(name, 40);
    }
    if (!unknown.empty())
      gathering_.leave_out({1, 1}, "columns that are not taken over: " + unknown);
  }

  Texts texts_of(const document::TableRow& row) const {
    Texts texts;
    for (std::size_t i = 0; i < std::min(row.cells.size(), roles_.size()); ++i) {
      std::string_view text = trimmed(row.cells[i].text);
      if (roles_[i] == Role::kNone || roles_[i] == Role::kPrivate || text.empty()) continue;
      std::string& all = texts[roles_[i]];
      bool is_list = roles_[i] == Role::kSpeakers;
      if (!all.empty()) all += is_list ? ", " : " ";
      all += text;
    }
    return texts;
  }

  // Whether some date can only be read with the day, or with the month, first.
  void find_order(const document::Table& table) {
    if (wishes_.day_first) return;
    bool day = false, month = false;
    for (const document::TableRow& row : table.rows) {
      for (const auto& [role, text] : texts_of(row)) {
        if (role != Role::kDate && role != Role::kStart && role != Role::kEnd) continue;
        auto moment = text.find('/') == text.npos ? std::nullopt : read_written_moment(text);
        if (!moment || !moment->date || moment->date->may_be_swapped) continue;
        bool begins_with_day = std::to_string(moment->date->day) == text.substr(0, text.find('/'));
        if (moment->date->day <= 12) continue;
        (begins_with_day ? day : month) = true;
      }
    }
    if (day != month) order_ = day;
  }

  std::optional<Time> time_of(const WrittenMoment& moment,
                              const std::optional<WrittenDate>& other,
                              Place place) {
    auto written = moment.date ? moment.date : other;
    if (!written || !moment.seconds) return std::nullopt;
    auto year = written->year ? written->year : wishes_.year;
    if (!year) {
      gathering_.doubt(place, "a date has no year; say it by --year", "no time");
      return std::nullopt;
    }
    auto day_first = wishes_.day_first ? wishes_.day_first : order_;
    bool is_swapped = written->may_be_swapped && day_first.value_or(false);
    int month = is_swapped ? written->day : written->month,
        day = is_swapped ? written->month : written->day;
    Date date{*year, static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)};
    if (!is_valid(date)) return std::nullopt;
    if (written->may_be_swapped && !day_first && !has_told_order_) {
      has_told_order_ = true;
      gathering_.doubt(place,
                       "dates can be read with the month or the day first",
                       iso_date(date) + "; --day-first reads them the other way round");
    }
    std::int64_t seconds = days_since_epoch(date) * 86400 + *moment.seconds;
    if (moment.offset_seconds) {
      return gathering_.zone_for_walls().at(seconds - *moment.offset_seconds);
    }
    return gathering_.at_wall(civil_of_seconds(seconds), gathering_.zone_for_walls(), place);
  }

  void read_times(Texts& texts, Session& session) {
    Place place = session.place;
    auto zone =
        gathering_.is_own() ? zone_of_id(texts[Role::kZone]) : zone_of_name(texts[Role::kZone]);
    if (zone) {
      gathering_.say_zone(zone->zone, place, zone->said);
    }
    auto day = read_written_date(texts[Role::kDate]);
    std::string start = texts[Role::kStart].empty() ? texts[Role::kTime] : texts[Role::kStart];
    std::string end = texts[Role::kEnd];
    if (auto range = read_clock_range(start); range && range->end && end.empty()) {
      std::size_t dash = start.find_first_of("-\xe2");
      end = dash == start.npos ? "" : start.substr(start.find_first_of("0123456789", dash));
      start = start.substr(0, dash);
    }
    session.written = gathering_.name(start, place);
    auto from = read_written_moment(start);
    if (!from) {
      return gathering_.doubt(place,
                              start.empty() ? "'" + printable(session.title, 60) + "' has no time"
                                            : "'" + printable(start, 60) + "' is no time",
                              "no time");
    }
    session.start = time_of(*from, day, place);
    if (!session.start) return;
    auto until = read_written_moment(end);
    if (until) session.end = time_of(*until, from->date ? from->date : day, place);
    auto duration = read_duration(texts[Role::kDuration]);
    if (!session.end && duration && *duration > 0) {
      session.end = gathering_.zone_for_walls().at(session.start->seconds + *duration);
    }
  }

  void read_row(const document::TableRow& row, Place place) {
    Texts texts = texts_of(row);
    if (texts.empty()) return;
    std::string active = lower_ascii(texts[Role::kActive]);
    if (active == "n" || active == "no" || active == "false" || active == "0") {
      return gathering_.leave_out(
          place, "'" + printable(texts[Role::kTitle], 60) + "' is not published, and is left out");
    }
    Session session;
    session.place = place;
    auto name = [&](Role role) { return gathering_.name(texts[role], place); };
    session.uid = name(Role::kUid);
    session.title = name(Role::kTitle);
    session.subtitle = name(Role::kSubtitle);
    session.room = name(Role::kRoom);
    session.track = name(Role::kTrack);
    session.type = name(Role::kType);
    session.language = name(Role::kLanguage);
    session.status = status_of(lower_ascii(texts[Role::kStatus]));
    session.description = gathering_.text(texts[Role::kDescription], place);
    if (gathering_.is_own()) {
      session.page = page_in_url(texts[Role::kUrl], "schedule");
    } else if (auto link = gathering_.link("", texts[Role::kUrl], place)) {
      session.links.push_back(*link);
    }
    for (const std::string& one : names_in(texts[Role::kSpeakers])) {
      auto speaker = gathering_.add_speaker(gathering_.name(one, place), "");
      if (speaker) session.speakers.push_back(*speaker);
    }
    read_times(texts, session);
    gathering_.add(std::move(session));
  }

  std::vector<std::string> names_in(const std::string& text) const {
    return gathering_.is_own() ? schedule::names_of_csv(text, kNamesOfOneMax) : split_names(text);
  }

  static std::string status_of(const std::string& said) {
    if (said == "tentative" || said == "waitlisted") return "tentative";
    if (said == "cancelled" || said == "canceled") return "cancelled";
    return said == "confirmed" ? "confirmed" : "";
  }

  std::string_view bytes_, path_;
  const Wishes& wishes_;
  Gathering gathering_;
  std::vector<Role> roles_;
  std::optional<bool> order_;  // the day stands first; none: nobody knows
  bool has_told_order_ = false;
  int first_line_ = 1;
};

}  // namespace

Schedule read_csv(std::string_view bytes, std::string_view path, const Wishes& wishes) {
  return CsvReader(bytes, path, wishes).run();
}

}  // namespace stet::schedule_import
