#include "cms/schedule/formats/frab_xml.h"

#include <algorithm>

#include "cms/schedule/formats/conference.h"
#include "cms/schedule/formats/xml_text.h"
#include "cms/schedule/uid.h"

namespace stet::schedule {
namespace {

// The schema wants a letter first, and ASCII.
std::string slug_of_track(const Track& track) {
  bool is_fit = track.slug.size() > 1 && track.slug[0] >= 'a' && track.slug[0] <= 'z' &&
                std::all_of(track.slug.begin(), track.slug.end(), [](char c) {
                  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
                });
  return is_fit ? track.slug : "";
}

// What XML Schema takes for an address: no blanks, no braces and the like.
void add_address(XmlText& xml, std::string_view name, const std::string& url) {
  bool is_plain = std::all_of(url.begin(), url.end(), [](char c) {
    constexpr std::string_view kBad = "<>\"{}|\\^`";
    return static_cast<unsigned char>(c) > 0x20 && kBad.find(c) == kBad.npos;
  });
  if (is_web_address(url) && is_plain) xml.element(name, url);
}

void add_conference(XmlText& xml, const Program& program, const std::vector<ConferenceDay>& days) {
  xml.open("conference");
  xml.element("title", program.event.title);
  xml.element("acronym", acronym_of(program));
  if (!days.empty()) {
    xml.element("start", iso_date(days.front().date));
    xml.element("end", iso_date(days.back().date));
  }
  xml.element("days", std::to_string(days.size()));
  xml.element("timeslot_duration", "00:05");
  add_address(xml, "base_url", program.base_url);
  add_address(xml, "url", program.page_url);
  xml.element("time_zone_name", program.event.zone.name());
  if (!program.event.color.empty()) {
    xml.element("color", "", {{"primary", program.event.color}});
  }
  for (const Track& track : tracks_of(program)) {
    xml.element("track",
                "",
                {{"name", track.name}, {"color", track.color}, {"slug", slug_of_track(track)}});
  }
  xml.close();
}

void add_persons(XmlText& xml, const Talk& talk) {
  if (talk.persons.empty()) return xml.element("persons", "");
  xml.open("persons");
  for (const Person& person : talk.persons) {
    xml.element("person",
                person.name,
                {{"id", std::to_string(number_of_guid(person.guid))}, {"guid", person.guid}});
  }
  xml.close();
}

void add_links(XmlText& xml, const Talk& talk) {
  if (talk.links.empty()) return xml.element("links", "");
  xml.open("links");
  for (const Link& link : talk.links) {
    xml.element("link",
                link.title.empty() ? link.url : link.title,
                {{"href", link.url}, {"type", "related"}});
  }
  xml.close();
}

void add_piece(XmlText& xml, const Piece& piece) {
  const Talk& talk = *piece.talk;
  xml.open("event", {{"id", std::to_string(piece.number)}, {"guid", piece.guid}});
  xml.element("room", shown_room(talk.room));
  xml.element("title", talk.title);
  xml.element("subtitle", talk.subtitle);
  xml.element("type", talk.type.empty() ? "other" : talk.type);
  xml.element("date", iso_time(piece.start));
  xml.element("start", clock_text(piece.start));
  xml.element("duration", duration_text(piece));
  xml.element("abstract", "");
  xml.element("track", talk.track);
  add_persons(xml, talk);
  xml.element("language", talk.language);
  xml.element("description", talk.description);
  add_links(xml, talk);
  add_address(xml, "url", talk.url);
  xml.close();
}

void add_day(XmlText& xml, const ConferenceDay& day, std::size_t index) {
  xml.open("day",
           {{"index", std::to_string(index)},
            {"date", iso_date(day.date)},
            {"start", iso_time(day.start)},
            {"end", iso_time(day.end)}});
  for (const auto& [room, pieces] : day.rooms) {
    xml.open("room", {{"name", shown_room(room)}, {"guid", guid_of_room(room)}});
    for (const Piece& piece : pieces) add_piece(xml, piece);
    xml.close();
  }
  xml.close();
}

}  // namespace

std::string frab_xml(const Program& program, const std::string& self_url) {
  std::vector<ConferenceDay> days = conference_days(program);
  XmlText xml;
  xml.open("schedule");
  xml.element("generator", "", {{"name", "stet"}, {"system", program.base_url}});
  add_address(xml, "url", self_url);
  xml.element("version", version_of(program));
  add_conference(xml, program, days);
  for (std::size_t i = 0; i < days.size(); ++i) add_day(xml, days[i], i + 1);
  if (days.empty()) {
    // The schema wants one.
    ConferenceDay none;
    none.end.seconds = kDaySeconds - 60;
    none.start.is_utc = none.end.is_utc = true;
    add_day(xml, none, 1);
  }
  xml.close();
  return xml.take();
}

}  // namespace stet::schedule
