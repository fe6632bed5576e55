#include "cms/schedule/program.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "cms/schedule/uid.h"
#include "storage/base/utf8.h"
#include "storage/base/uuid.h"

namespace stet::schedule {
namespace {

constexpr std::int32_t kNumberMax = 0x7fffffff;
constexpr char32_t kLineSeparator = 0x2028, kParagraphSeparator = 0x2029;

// What XML and calendars can carry: no controls, and none of the two that are no characters.
bool is_character(char32_t c) {
  if (c < 0x20) return c == '\n' || c == '\t';
  return !(c >= 0x7f && c < 0xa0) && c != 0xfffe && c != 0xffff;
}

// Tags that end a paragraph, and those that begin a line.
constexpr std::string_view kBlockTags[] = {
    "p", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "table", "blockquote", "dl"};
constexpr std::string_view kLineTags[] = {"br", "li", "tr", "dt", "dd", "div"};

template <std::size_t N>
bool is_among(const std::string_view (&tags)[N], std::string_view name) {
  return std::find(std::begin(tags), std::end(tags), name) != std::end(tags);
}

struct Entity {
  std::string_view name, text;
};
constexpr Entity kEntities[] = {{"amp", "&"},
                                {"lt", "<"},
                                {"gt", ">"},
                                {"quot", "\""},
                                {"apos", "'"},
                                {"#39", "'"},
                                {"nbsp", " "}};
constexpr std::size_t kEntityBytesMax = 6;

// The name of the tag at `at`, which is behind its "<", in small letters, without a slash.
std::string tag_name(std::string_view html, std::size_t at) {
  std::string name;
  if (at < html.size() && html[at] == '/') ++at;
  for (; at < html.size() && name.size() < 16; ++at) {
    char c = html[at];
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!is_letter) break;
    name += c;
  }
  return name;
}

// Behind the tag at `at`: of a script or a style also behind what it holds.
std::size_t end_of_tag(std::string_view html, std::size_t at, const std::string& name) {
  if (html.substr(at).starts_with("<!--")) {
    std::size_t end = html.find("-->", at);
    return end == html.npos ? html.size() : end + 3;
  }
  std::size_t end = html.find('>', at);
  if (end == html.npos) return html.size();
  if ((name == "script" || name == "style") && html[at + 1] != '/') {
    std::size_t close = html.find("</" + name, end);
    return close == html.npos ? html.size() : end_of_tag(html, close, "");
  }
  return end + 1;
}

std::size_t add_entity(std::string_view html, std::size_t at, std::string& text) {
  std::string_view rest = html.substr(at + 1, kEntityBytesMax + 1);
  for (const Entity& entity : kEntities) {
    if (rest.starts_with(entity.name) && rest.substr(entity.name.size()).starts_with(';')) {
      text += entity.text;
      return at + entity.name.size() + 2;
    }
  }
  text += '&';
  return at + 1;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// Blanks joined, no blank at a line's ends, one empty line at most, none at the ends.
std::string tidied(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t breaks = 2;
  bool has_blank = false;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\n') {
      if (breaks < 2) out += '\n';
      ++breaks;
      has_blank = false;
      ++at;
    } else if (is_blank(text[at])) {
      has_blank = breaks == 0;
      ++at;
    } else {
      if (has_blank) out += ' ';
      std::size_t end = at;
      while (end < text.size() && text[end] != '\n' && !is_blank(text[end])) ++end;
      out.append(text.substr(at, end - at));
      at = end;
      has_blank = false;
      breaks = 0;
    }
  }
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

// Two sessions may say the same uid, and of two slots without an id nothing tells which is which:
// then the first one keeps it.
void part_twins(std::vector<Talk>& talks) {
  std::set<std::string> taken;
  for (Talk& talk : talks) {
    bool is_twin = false;
    for (int n = 1; !taken.insert(talk.guid).second; ++n) {
      talk.guid = uuid_of_url(talk.guid + "/" + talk.slug + "/" + std::to_string(n));
      is_twin = true;
    }
    if (is_twin) talk.uid = talk.guid;
  }
}

void give_numbers(std::vector<Talk>& talks) {
  std::vector<Talk*> by_guid;
  for (Talk& talk : talks) by_guid.push_back(&talk);
  std::stable_sort(by_guid.begin(), by_guid.end(), [](const Talk* a, const Talk* b) {
    return a->guid < b->guid;
  });
  std::set<std::int32_t> taken;
  for (Talk* talk : by_guid) {
    std::int32_t number = number_of_guid(talk->guid);
    while (!taken.insert(number).second) number = number == kNumberMax ? 1 : number + 1;
    talk->number = number;
  }
}

}  // namespace

void put_in_order(Program& program) {
  std::map<std::string, std::size_t> places;
  for (const Room& room : program.event.rooms) places.emplace(room.name, places.size());
  auto place_of = [&](const Talk& talk) {
    auto found = places.find(talk.room);
    return found == places.end() ? places.size() : found->second;
  };
  auto sort = [&] {
    std::stable_sort(program.talks.begin(), program.talks.end(), [&](const Talk& a, const Talk& b) {
      return std::forward_as_tuple(a.start.seconds, place_of(a), a.room, a.guid, a.slug) <
             std::forward_as_tuple(b.start.seconds, place_of(b), b.room, b.guid, b.slug);
    });
  };
  sort();
  part_twins(program.talks);
  sort();
  give_numbers(program.talks);
}

std::optional<Instant> last_change(const Program& program) {
  std::optional<Instant> last;
  for (const Talk& talk : program.talks) {
    if (talk.changed && (!last || talk.changed->seconds > last->seconds)) last = talk.changed;
  }
  return last;
}

Date day_of(const Time& start) {
  CivilTime civil = civil_of(start);
  if (civil.hour >= kDayStartHour) return civil.date;
  return date_of_days(days_since_epoch(civil.date) - 1);
}

std::vector<Date> days_of(const Program& program) {
  std::set<Date> days;
  for (const Talk& talk : program.talks) {
    if (talk.status == SessionStatus::kCancelled) continue;
    if (days.size() < kDaysMax) days.insert(day_of(talk.start));
  }
  const Event& event = program.event;
  if (event.start) {
    std::int64_t first = days_since_epoch(*event.start);
    std::int64_t last = days_since_epoch(event.end.value_or(*event.start));
    for (std::int64_t day = first; day <= last && days.size() < kDaysMax; ++day) {
      days.insert(date_of_days(day));
    }
  }
  return {days.begin(), days.end()};
}

std::vector<std::string> rooms_of(const Program& program) {
  std::vector<std::string> rooms;
  std::set<std::string> others;
  for (const Talk& talk : program.talks) {
    if (talk.status != SessionStatus::kCancelled) others.insert(talk.room);
  }
  const bool has_none = others.erase("") > 0;
  for (const Room& room : program.event.rooms) {
    rooms.push_back(room.name);
    others.erase(room.name);
  }
  rooms.insert(rooms.end(), others.begin(), others.end());
  if (has_none) rooms.emplace_back();
  return rooms;
}

std::vector<Track> tracks_of(const Program& program) {
  std::set<std::string> names;
  for (const Talk& talk : program.talks) {
    if (talk.status != SessionStatus::kCancelled && !talk.track.empty()) names.insert(talk.track);
  }
  Event event;
  event.tracks = program.event.tracks;
  add_tracks(event, {names.begin(), names.end()});
  return std::move(event.tracks);
}

std::string text_of_html(std::string_view html) {
  std::string text;
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] == '&') {
      at = add_entity(html, at, text);
    } else if (html[at] == '\n') {
      text += ' ';
      ++at;
    } else if (html[at] != '<') {
      std::size_t end = at;
      while (end < html.size() && html[end] != '<' && html[end] != '&' && html[end] != '\n') ++end;
      text.append(html.substr(at, end - at));
      at = end;
    } else {
      std::string name = tag_name(html, at + 1);
      bool is_close = html.substr(at).starts_with("</");
      if (is_among(kBlockTags, name) || (!is_close && is_among(kLineTags, name))) text += '\n';
      at = end_of_tag(html, at, name);
    }
  }
  return cut_text(tidied(clean_text(text)));
}

std::string cut_text(std::string text) {
  if (text.size() <= kDescriptionBytesMax) return text;
  std::string_view cut = std::string_view(text).substr(0, kDescriptionBytesMax);
  text.resize(utf8_prefix(cut));
  return text + "…";
}

std::string clean_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() && text[plain] >= 0x20 && text[plain] < 0x7f) ++plain;
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    char32_t c = take_code_point(text);
    if (c == '\r') {
      if (text.starts_with('\n')) continue;
      c = '\n';
    }
    if (c == kLineSeparator || c == kParagraphSeparator) c = '\n';
    if (is_character(c)) append_code_point(out, c);
  }
  return out;
}

std::string line_of(std::string_view text) {
  std::string out;
  bool has_blank = false;
  for (char c : clean_text(text)) {
    if (c == ' ' || c == '\n' || c == '\t') {
      has_blank = !out.empty();
    } else {
      if (has_blank) out += ' ';
      has_blank = false;
      out += c;
    }
  }
  return out;
}

}  // namespace stet::schedule
