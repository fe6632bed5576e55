#include "cms/schedule_import/gathering.h"

#include <algorithm>

#include "cms/schedule_import/clean_text.h"
#include "cms/schedule_import/own_export.h"
#include "storage/base/utf8.h"

namespace stet::schedule_import {
namespace {

bool is_of_our_time(const Time& time) {
  int year = civil_of_seconds(time.seconds).date.year;
  return year >= 1900 && year <= 2200;
}

CleanText plain_text(std::string_view text, std::size_t bytes_max) {
  CleanText clean;
  clean.markdown = markdown_of_text(readable_text(text, bytes_max, clean.is_cut));
  return clean;
}

// Each once, in order.
void keep_first(std::vector<std::size_t>& places) {
  std::set<std::size_t> seen;
  std::erase_if(places, [&](std::size_t place) { return !seen.insert(place).second; });
}

}  // namespace

Gathering::Gathering(const Wishes& wishes) : wishes_(wishes) {
  if (wishes_.zone) {
    schedule_.zone = *wishes_.zone;
    schedule_.has_zone = true;
  }
}

void Gathering::tell(Finding finding) {
  auto& findings = schedule_.findings;
  if (findings.size() + 1 == kFindingsMax) {
    finding = {Finding::Kind::kLeftOut, {}, "there is more to tell than is told here", ""};
  }
  if (findings.size() < kFindingsMax) findings.push_back(std::move(finding));
}

void Gathering::assume(Place place, std::string message, std::string assumed) {
  tell({Finding::Kind::kAssumed, place, std::move(message), std::move(assumed)});
}

void Gathering::doubt(Place place, std::string message, std::string assumed) {
  tell({Finding::Kind::kDoubt, place, std::move(message), std::move(assumed)});
}

void Gathering::leave_out(Place place, std::string message) {
  tell({Finding::Kind::kLeftOut, place, std::move(message), ""});
}

void Gathering::say_zone(const TimeZone& zone, Place place, std::string_view said) {
  if (!schedule_.has_zone) {
    schedule_.zone = zone;
    schedule_.has_zone = true;
  } else if (wishes_.zone && wishes_.zone->name() != zone.name() && !has_told_zone_) {
    has_told_zone_ = true;
    assume(place,
           "the file says '" + printable(said, 60) + "', which is " + zone.name(),
           wishes_.zone->name() + ", as --time-zone says");
  }
}

const TimeZone& Gathering::zone_for_walls() {
  if (schedule_.has_zone) return schedule_.zone;
  schedule_.has_zone = true;
  if (wishes_.others) {
    schedule_.zone = *wishes_.others;
    assume({},
           "the file does not say in which time zone its times are",
           schedule_.zone.name() + ", as _data/event.yml has it");
  } else {
    doubt(
        {}, "the file does not say in which time zone its times are; say it by --time-zone", "UTC");
  }
  return schedule_.zone;
}

const TimeZone& Gathering::zone_for_instants() {
  has_instants_ = true;
  return schedule_.has_zone || !wishes_.others ? schedule_.zone : *wishes_.others;
}

Schedule Gathering::take() {
  if (!schedule_.has_zone && has_instants_) {
    if (wishes_.others) schedule_.zone = *wishes_.others;
    schedule_.has_zone = true;
    assume({},
           "the file names no time zone, and its times are in UTC",
           "those instants, written in " + schedule_.zone.name() + "; --time-zone says another");
  }
  return std::move(schedule_);
}

std::optional<Time> Gathering::at_wall(const CivilTime& wall, const TimeZone& zone, Place place) {
  auto resolved = zone.resolve(wall);
  std::string shown = iso_instant(Instant{seconds_as_utc(wall)}).substr(0, 16);
  shown[10] = ' ';
  if (resolved.kind == TimeZone::Kind::kMissing) {
    doubt(place,
          shown + " does not exist in " + zone.name() + ": the clock is set forward over it",
          "no time");
    return std::nullopt;
  }
  if (resolved.kind == TimeZone::Kind::kAmbiguous) {
    assume(place,
           shown + " comes twice in " + zone.name() + ": the clock is set back",
           "the first, " + iso_time(resolved.earlier));
  }
  return resolved.earlier;
}

std::string Gathering::name(std::string_view text, Place place) {
  bool is_cut = false;
  std::string clean = one_line(text, kNameBytesMax, is_cut);
  if (is_cut)
    leave_out(place, "a name is longer than 500 bytes: '" + printable(clean, 40) + "...'");
  return clean;
}

std::string Gathering::text(std::string_view text, Place place) {
  CleanText clean =
      is_own() ? plain_text(text, kTextBytesMax) : clean_markdown(text, kTextBytesMax);
  if (clean.is_cut) leave_out(place, "a text is longer than 100,000 bytes, and ends there");
  if (clean.is_converted) {
    assume(place, "a text has HTML in it", "what Markdown has for it; all other tags are gone");
  }
  if (clean.is_disarmed) {
    leave_out(place, "a text has links or attributes that would run in a browser");
  }
  return std::move(clean.markdown);
}

std::optional<Link> Gathering::link(std::string_view title, std::string_view url, Place place) {
  Link link{name(title, place), name(url, place)};
  if (link.url.empty()) return std::nullopt;
  if (!is_harmless_url(link.url)) {
    leave_out(place, "the link '" + printable(link.url, 60) + "' is none that a page should have");
    return std::nullopt;
  }
  if (link.title.empty()) link.title = link.url;
  return link;
}

void Gathering::add_room(const Room& room) {
  if (room.name.empty() || rooms_.size() >= kNamesMax || !rooms_.insert(room.name).second) return;
  schedule_.rooms.push_back(room);
}

void Gathering::add_track(const std::string& name, std::string color) {
  if (name.empty() || tracks_.size() >= kNamesMax) return;
  auto [at, is_new] = tracks_.try_emplace(name, schedule_.tracks.size());
  if (is_new) schedule_.tracks.push_back({name, ""});
  if (!color.empty()) schedule_.tracks[at->second].color = std::move(color);
}

std::optional<std::size_t> Gathering::add_speaker(const std::string& name, const std::string& uid) {
  if (name.empty()) return std::nullopt;
  auto& speakers = schedule_.speakers;
  if (!uid.empty()) {
    if (auto known = speakers_by_uid_.find(uid); known != speakers_by_uid_.end()) {
      return known->second;
    }
  }
  auto named = speakers_by_name_.find(name);
  // Two of one name are two where the file tells them apart.
  bool is_same =
      named != speakers_by_name_.end() && (uid.empty() || speakers[named->second].uid.empty());
  if (!is_same && speakers.size() >= kNamesMax) return std::nullopt;
  std::size_t place = is_same ? named->second : speakers.size();
  if (!is_same) {
    speakers.emplace_back().name = name;
    speakers_by_name_.try_emplace(name, place);
  }
  if (!uid.empty()) {
    speakers[place].uid = uid;
    speakers_by_uid_.emplace(uid, place);
  }
  return place;
}

void Gathering::add(Session session) {
  if (session.title.empty()) {
    return leave_out(session.place, "an entry has no title, and is left out");
  }
  if (is_full())
    return leave_out(session.place, "there are more than 10,000 entries; the rest is left out");
  if (session.start && !is_of_our_time(*session.start)) {
    doubt(session.place,
          "'" + printable(session.title, 60) + "' is not of the years 1900 to 2200",
          "no time");
    session.start.reset();
    session.end.reset();
  }
  if (!session.start || (session.end && !is_of_our_time(*session.end))) session.end.reset();
  if (session.start && session.end && *session.end <= *session.start) {
    doubt(session.place,
          "'" + printable(session.title, 60) + "' ends before it starts",
          "its start, and no end");
    session.end.reset();
  }
  if (!session.uid.empty() && !uids_.insert(session.uid).second) {
    doubt(session.place,
          "two entries have the identifier '" + printable(session.uid, 80) + "'",
          "it is the first one's");
    session.uid.clear();
  }
  keep_first(session.speakers);
  if (session.speakers.size() > kNamesOfOneMax || session.links.size() > kNamesOfOneMax) {
    leave_out(session.place,
              "'" + printable(session.title, 60) + "' has more than 100 speakers or links");
    session.speakers.resize(std::min(session.speakers.size(), kNamesOfOneMax));
    session.links.resize(std::min(session.links.size(), kNamesOfOneMax));
  }
  add_room(session.room);
  add_track(session.track);
  schedule_.sessions.push_back(std::move(session));
}

}  // namespace stet::schedule_import
