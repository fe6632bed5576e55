#include "cms/schedule/formats/plain.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "cms/liquid/filters/strftime.h"
#include "cms/schedule/formats/conference.h"
#include "cms/schedule/formats/xml_text.h"
#include "storage/base/uuid.h"

namespace stet::schedule {
namespace {

constexpr std::size_t kRoomWidthMax = 24;

std::string_view word_of(SessionStatus status) {
  switch (status) {
    case SessionStatus::kTentative: return "tentative";
    case SessionStatus::kCancelled: return "cancelled";
    case SessionStatus::kConfirmed: break;
  }
  return "confirmed";
}

// Each once.
std::vector<std::string> names_of(const Talk& talk) {
  std::vector<std::string> names;
  std::set<std::string_view> known;
  for (const Person& person : talk.persons) {
    if (known.insert(person.name).second) names.push_back(person.name);
  }
  return names;
}

std::string joined(const std::vector<std::string>& names, std::string_view parting) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "" : parting).append(name);
  return text;
}

void add_cell(std::string& line, std::string_view cell) {
  if (!line.empty() && line.back() != '\n') line += ',';
  std::string text = clean_text(cell);
  if (text.find_first_of(",\"\n") == text.npos) {
    line += text.empty() ? "\"\"" : text;
    return;
  }
  line += '"';
  for (char c : text) line.append(c == '"' ? 2 : 1, c);
  line += '"';
}

std::string one_line(std::string_view text) {
  std::string line = clean_text(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  std::replace(line.begin(), line.end(), '\t', ' ');
  return line;
}

std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string day_heading(const Talk& talk, const Program& program) {
  Date day = day_of(talk.start);
  std::string title =
      liquid::strftime("%A, %B %-d, %Y", Time{.seconds = days_since_epoch(day) * kDaySeconds}, "");
  return title + " (" + program.event.zone.name() + ", " +
         program.event.zone.offset_at(talk.start.seconds).abbreviation + ")\n";
}

std::string status_note(const Talk& talk) {
  if (talk.status == SessionStatus::kConfirmed) return "";
  return " [" + std::string(word_of(talk.status)) + "]";
}

struct FeedEntry {
  std::string title, guid, url, text;
  Instant updated;
};

// As many as the feed can have.
std::vector<const Talk*> newest_talks(const Program& program) {
  std::vector<const Talk*> talks;
  for (const Talk& talk : program.talks) talks.push_back(&talk);
  std::stable_sort(talks.begin(), talks.end(), [](const Talk* a, const Talk* b) {
    return a->changed.value_or(Instant{}) > b->changed.value_or(Instant{});
  });
  if (talks.size() > kFeedEntries) talks.resize(kFeedEntries);
  return talks;
}

// The newest first.
std::vector<FeedEntry> feed_entries(const Program& program, const std::string& self_url) {
  std::vector<FeedEntry> entries;
  for (auto release = program.releases.rbegin(); release != program.releases.rend(); ++release) {
    entries.push_back({"Version " + release->version + ": " + release->summary,
                       uuid_of_url(self_url + "#" + release->version),
                       "",
                       release->text,
                       release->when});
  }
  for (const Talk* talk : newest_talks(program)) {
    entries.push_back({talk->title + status_note(*talk),
                       talk->guid,
                       talk->url,
                       iso_time(talk->start) + " to " + iso_time(talk->end) +
                           (talk->room.empty() ? "" : ", " + talk->room),
                       talk->changed.value_or(Instant{})});
  }
  std::stable_sort(entries.begin(), entries.end(), [](const FeedEntry& a, const FeedEntry& b) {
    return a.updated > b.updated;
  });
  if (entries.size() > kFeedEntries) entries.resize(kFeedEntries);
  return entries;
}

}  // namespace

std::string csv_names(const std::vector<std::string>& names) {
  std::vector<std::string> safe;
  for (const std::string& name : names) {
    std::string& text = safe.emplace_back();
    for (char c : name) {
      if (c == ';' || c == '\\') text += '\\';
      text += c;
    }
  }
  return joined(safe, kCsvParting);
}

std::vector<std::string> names_of_csv(std::string_view cell, std::size_t names_max) {
  std::vector<std::string> names;
  while (!cell.empty() && names.size() <= names_max) {
    std::string& name = names.emplace_back();
    while (!cell.empty() && !cell.starts_with(kCsvParting)) {
      if (cell.size() > 1 && cell.front() == '\\') cell.remove_prefix(1);
      name += cell.front();
      cell.remove_prefix(1);
    }
    cell.remove_prefix(std::min(cell.size(), std::string_view(kCsvParting).size()));
  }
  return names;
}

std::string csv_text(const Program& program) {
  // Of rooms a spreadsheet knows the names alone.
  std::vector<const Talk*> talks;
  for (const Talk& talk : program.talks) talks.push_back(&talk);
  std::stable_sort(talks.begin(), talks.end(), [](const Talk* a, const Talk* b) {
    return std::tie(a->start.seconds, a->room, a->uid) <
           std::tie(b->start.seconds, b->room, b->uid);
  });
  std::string text = std::string(kCsvHeader) + "\r\n";
  for (const Talk* one : talks) {
    const Talk& talk = *one;
    std::string minutes = std::to_string((talk.end.seconds - talk.start.seconds) / 60);
    std::string line;
    for (std::string_view cell :
         std::initializer_list<std::string_view>{talk.uid, talk.title, talk.subtitle}) {
      add_cell(line, cell);
    }
    add_cell(line, iso_time(talk.start));
    add_cell(line, iso_time(talk.end));
    add_cell(line, minutes);
    add_cell(line, program.event.zone.name());
    for (std::string_view cell : std::initializer_list<std::string_view>{
             talk.room, talk.track, talk.type, word_of(talk.status), talk.language}) {
      add_cell(line, cell);
    }
    add_cell(line, csv_names(names_of(talk)));
    add_cell(line, talk.url);
    add_cell(line, talk.description);
    text += line + "\r\n";
  }
  return text;
}

std::string table_text(const Program& program) {
  std::size_t width = 1;
  for (const Talk& talk : program.talks) {
    width = std::max(width, std::min(kRoomWidthMax, characters_of(one_line(talk.room))));
  }
  std::string text = one_line(program.name) + "\n";
  std::optional<Date> day;
  for (const Talk& talk : program.talks) {
    if (day != day_of(talk.start)) {
      day = day_of(talk.start);
      text += "\n" + day_heading(talk, program) + "\n";
    }
    std::string room = shown_room(one_line(talk.room));
    std::size_t length = characters_of(room);
    std::string names = one_line(joined(names_of(talk), ", "));
    text += clock_text(talk.start) + "-" + clock_text(talk.end) + "  " + room +
            std::string(length < width ? width - length : 0, ' ') + "  " + one_line(talk.title) +
            (names.empty() ? "" : " (" + names + ")") + status_note(talk) + "\n";
  }
  if (program.talks.empty()) text += "\nNothing is scheduled yet.\n";
  return text;
}

std::string changes_feed(const Program& program, const std::string& self_url) {
  std::vector<FeedEntry> entries = feed_entries(program, self_url);
  auto updated = last_change(program).value_or(Instant{});
  if (!entries.empty()) updated = std::max(updated, entries.front().updated);
  XmlText xml;
  xml.open("feed", {{"xmlns", "http://www.w3.org/2005/Atom"}});
  xml.element("title", program.name + ": changes of the schedule");
  xml.element("id", "urn:uuid:" + uuid_of_url(self_url));
  xml.element("updated", iso_instant(updated));
  xml.element("generator", "stet");
  if (is_web_address(self_url)) {
    xml.element("link", "", {{"rel", "self"}, {"href", self_url}});
    xml.element("link", "", {{"rel", "alternate"}, {"href", program.page_url}});
  }
  xml.open("author");
  xml.element("name", program.event.title.empty() ? "The organizers" : program.event.title);
  xml.close();
  for (const FeedEntry& entry : entries) {
    xml.open("entry");
    xml.element("title", entry.title);
    xml.element("id", "urn:uuid:" + entry.guid);
    xml.element("updated", iso_instant(entry.updated));
    if (!entry.url.empty()) xml.element("link", "", {{"rel", "alternate"}, {"href", entry.url}});
    xml.element("content", entry.text, {{"type", "text"}});
    xml.close();
  }
  xml.close();
  return xml.take();
}

}  // namespace stet::schedule
