#include "cms/schedule_import/read_page.h"

#include <algorithm>

#include "cms/document/document.h"
#include "cms/schedule_import/day_order.h"
#include "cms/schedule_import/gathering.h"
#include "cms/schedule_import/markup.h"
#include "cms/schedule_import/page_tables.h"
#include "cms/schedule_import/zone_names.h"
#include "storage/base/utf8.h"

namespace stet::schedule_import {
namespace {

constexpr int kDayMinutes = 24 * 60;
constexpr std::size_t kSequenceTimesMax = 2000, kSentencesRead = 5000;

std::string text_in(const document::Document& page, std::string_view key) {
  const document::Data* value = page.front_matter.find(key);
  return value && value->string() ? *value->string() : "";
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string clock(int minutes) {
  return two_digits(minutes / 60 % 24) + ":" + two_digits(minutes % 60) +
         (minutes > kDayMinutes ? " of the next day" : "");
}

std::string clocks(const Reading& reading) {
  if (reading.end < 0) return clock(reading.start);
  std::string end = reading.end == kDayMinutes ? "24:00" : clock(reading.end);
  return clock(reading.start) + " to " + end;
}

CivilTime civil(const Date& day, int minutes) {
  return civil_of_seconds(days_since_epoch(day) * 86400 + std::int64_t{minutes} * 60);
}

class PageReader {
 public:
  PageReader(std::string_view bytes, std::string_view path, const Wishes& wishes)
      : page_(document::parse_document(bytes, path)),
        path_(path),
        wishes_(wishes),
        blocks_(read_blocks(page_.body(bytes), page_.body_line)),
        gathering_(wishes) {}

  Schedule run() {
    gathering_.schedule().title = gathering_.name(title(), {});
    find_zone();
    for (const Block& block : blocks_) read(block);
    std::vector<ClockRange> ranges;
    for (const Dated& dated : sequences_) {
      for (const TableTime& time : dated.sequence.times) ranges.push_back(time.range);
    }
    has_24_hours_ = are_of_24_hours(ranges);
    for (const Dated& dated : sequences_) add_sequence(dated);
    compare_offset();
    if (gathering_.schedule().sessions.empty()) {
      gathering_.leave_out({}, "there is no table with times on this page");
    }
    return gathering_.take();
  }

 private:
  struct Dated {
    Sequence sequence;
    std::optional<WrittenDate> date;
    Place date_place;
  };

  std::string title() const {
    std::string title = text_in(page_, "title");
    if (!title.empty()) return title;
    for (const Block& block : blocks_) {
      if (block.kind == Block::Kind::kHeading && block.level == 1) return block.text;
    }
    return "";
  }

  void find_zone() {
    std::size_t sentences = 0;
    for (const Block& block : blocks_) {
      if (block.kind == Block::Kind::kTable || ++sentences > kSentencesRead) continue;
      auto zone = zone_in_sentence(block.text);
      if (!zone) continue;
      if (!zone_) {
        zone_ = zone;
        zone_place_ = block.place;
        gathering_.say_zone(zone->zone, block.place, zone->said);
        if (zone->is_one_of_several && !wishes_.zone) {
          gathering_.doubt(block.place,
                           "'" + zone->said + "' is the name of several time zones",
                           zone->zone.name() + "; --time-zone says another");
        }
      } else if (zone->zone.name() != zone_->zone.name()) {
        gathering_.doubt(
            block.place,
            "the page speaks of '" + zone_->said + "', and here of '" + zone->said + "'",
            "all times are " + zone_->zone.name());
      }
    }
  }

  void read(const Block& block) {
    if (block.kind == Block::Kind::kHeading) return read_heading(block);
    if (block.kind != Block::Kind::kTable) return;
    std::vector<Sequence> sequences = read_table_entries(block);
    if (sequences.empty() && date_) {
      gathering_.leave_out(block.place, "this table has no column of times, and is left out");
    }
    for (Sequence& sequence : sequences) {
      Dated dated{
          {}, sequence.date ? sequence.date : date_, sequence.date ? sequence.place : date_place_};
      dated.sequence = std::move(sequence);
      sequences_.push_back(std::move(dated));
    }
  }

  // A day holds until another day, or a heading as high as its own.
  void read_heading(const Block& heading) {
    if (auto date = read_written_date(heading.text)) {
      date_ = date;
      date_place_ = heading.place;
      date_level_ = heading.level;
    } else if (heading.level <= date_level_) {
      date_.reset();
    }
  }

  std::optional<int> year() {
    if (has_year_) return year_;
    has_year_ = true;
    if (wishes_.year) return year_ = wishes_.year;
    const std::pair<std::string, std::string> sources[] = {
        {"title", title()}, {"permalink", text_in(page_, "permalink")}, {"file's name", path_}};
    for (const auto& [what, text] : sources) {
      year_ = year_in(text);
      if (!year_) continue;
      gathering_.assume(date_place_of_first_,
                        "the days of this page have no year",
                        std::to_string(*year_) + ", by the page's " + what + ", '" +
                            printable(text, 80) + "'; --year says another");
      return year_;
    }
    gathering_.doubt(
        date_place_of_first_,
        "the days of this page have no year, and nothing else on it says one; say it by "
        "--year",
        "no times");
    return year_;
  }

  std::optional<Date> day_of(const Dated& dated) {
    if (!dated.date) {
      gathering_.doubt(
          dated.sequence.place, "nothing above this table says which day it is of", "no times");
      return std::nullopt;
    }
    const WrittenDate& written = *dated.date;
    date_place_of_first_ = dated.date_place;
    auto year = written.year ? written.year : this->year();
    if (!year) return std::nullopt;
    bool is_swapped = written.may_be_swapped && wishes_.day_first.value_or(false);
    int month = is_swapped ? written.day : written.month,
        day = is_swapped ? written.month : written.day;
    Date date{*year, static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)};
    if (!is_valid(date)) {
      gathering_.doubt(
          dated.date_place, "the year " + std::to_string(*year) + " has no such day", "no times");
      return std::nullopt;
    }
    if (written.may_be_swapped && !wishes_.day_first) {
      gathering_.doubt(dated.date_place,
                       "this date can be read with the month or the day first",
                       iso_date(date) + "; --day-first reads it the other way round");
    }
    if (written.weekday && *written.weekday != weekday(date)) {
      gathering_.doubt(dated.date_place,
                       iso_date(date) + " is another weekday than the page says",
                       iso_date(date) + "; is the year right?");
    }
    return date;
  }

  void add_sequence(const Dated& dated) {
    const Sequence& sequence = dated.sequence;
    const std::optional<Date> day = day_of(dated);
    std::vector<ClockRange> ranges;
    for (const TableTime& time : sequence.times) {
      if (ranges.size() < kSequenceTimesMax) ranges.push_back(time.range);
    }
    const std::vector<SettledTime> times = settle_day(ranges, has_24_hours_);
    for (std::size_t i = 0; i < times.size() && day; ++i) tell(sequence.times[i], times[i]);
    for (const TableEntry& entry : sequence.entries) {
      Session session = session_of(entry);
      if (!entry.first || *entry.first >= times.size()) {
        gathering_.doubt(
            entry.place, "'" + printable(entry.title, 60) + "' has no time", "no time");
      } else {
        session.written = gathering_.name(sequence.times[*entry.first].written, entry.place);
        if (day) set_times(entry, times, *day, session);
      }
      gathering_.add(std::move(session));
    }
  }

  void tell(const TableTime& time, const SettledTime& settled) {
    std::string written = "'" + printable(time.written, 60) + "'";
    if (!settled.is_settled) {
      gathering_.doubt(time.place,
                       written + " can be " + clocks(settled.reading) + " or " +
                           clocks(settled.other) + ", and the entries beside it do not say which",
                       "no time; write AM or PM to each");
    } else if (settled.reading.price > 0 && settled.needed_a_rule) {
      gathering_.assume(time.place,
                        written + " as it is written does not fit the entries beside it",
                        clocks(settled.reading) + ", for they follow one another");
    } else if (settled.needed_a_rule) {
      gathering_.assume(time.place,
                        written + " can be read in more than one way",
                        clocks(settled.reading) + ", for it fits the entries beside it");
    }
  }

  void set_times(const TableEntry& entry,
                 const std::vector<SettledTime>& times,
                 const Date& day,
                 Session& session) {
    const SettledTime& first = times[*entry.first];
    std::size_t last_place = std::min(entry.last.value_or(*entry.first), times.size() - 1);
    const SettledTime& last = times[last_place];
    if (!first.is_settled) return;
    const TimeZone& zone = gathering_.zone_for_walls();
    session.start = gathering_.at_wall(civil(day, first.reading.start), zone, entry.place);
    if (!session.start || !last.is_settled) return;
    int end = last.reading.end;
    if (end < 0) {
      // Until what comes next begins.
      for (std::size_t i = last_place + 1; i < times.size() && end < 0; ++i) {
        if (times[i].is_settled && times[i].reading.start > last.reading.start)
          end = times[i].reading.start;
      }
      if (end < 0) {
        gathering_.doubt(entry.place,
                         "'" + printable(entry.title, 60) + "' does not say when it ends",
                         "no end");
        return;
      }
      gathering_.assume(entry.place,
                        "'" + printable(entry.title, 60) + "' does not say when it ends",
                        clock(end) + ", when the next entry begins");
    }
    session.end = gathering_.at_wall(civil(day, end), zone, entry.place);
  }

  Session session_of(const TableEntry& entry) {
    Session session;
    session.place = entry.place;
    session.title = gathering_.name(entry.title, entry.place);
    session.description = gathering_.text(entry.description, entry.place);
    session.room = gathering_.name(entry.room, entry.place);
    session.track = gathering_.name(entry.track, entry.place);
    session.type = gathering_.name(entry.type, entry.place);
    session.language = gathering_.name(entry.language, entry.place);
    for (const Link& link : entry.links) {
      if (auto clean = gathering_.link(link.title, link.url, entry.place)) {
        session.links.push_back(std::move(*clean));
      }
    }
    for (const std::string& name : split_names(entry.speakers)) {
      auto speaker = gathering_.add_speaker(gathering_.name(name, entry.place), "");
      if (speaker) session.speakers.push_back(*speaker);
    }
    return session;
  }

  // "EST" in October: the offset that is meant is the one that the clocks show.
  void compare_offset() {
    if (!zone_ || !zone_->said_offset || wishes_.zone) return;
    for (const Session& session : gathering_.schedule().sessions) {
      if (!session.start) continue;
      auto there = zone_->zone.offset_at(session.start->seconds);
      if (there.seconds == *zone_->said_offset) continue;
      std::string day = iso_date(civil_of(*session.start).date);
      gathering_.assume(zone_place_,
                        "the page says " + zone_->said + ", which is " +
                            offset_text(*zone_->said_offset) + "; on " + day + " clocks in " +
                            zone_->zone.name() + " show " + there.abbreviation + ", " +
                            offset_text(there.seconds),
                        there.abbreviation + " (" + offset_text(there.seconds) +
                            "), the time on the clocks there; --time-zone says another");
      return;
    }
  }

  document::Document page_;
  std::string path_;
  const Wishes& wishes_;
  std::vector<Block> blocks_;
  Gathering gathering_;
  std::vector<Dated> sequences_;
  std::optional<NamedZone> zone_;
  Place zone_place_, date_place_, date_place_of_first_;
  std::optional<WrittenDate> date_;
  int date_level_ = 0;
  std::optional<int> year_;
  bool has_year_ = false, has_24_hours_ = false;
};

}  // namespace

Schedule read_page(std::string_view bytes, std::string_view path, const Wishes& wishes) {
  return PageReader(bytes, path, wishes).run();
}

}  // namespace stet::schedule_import
