#include "cms/schedule_import/zone_names.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "cms/schedule_import/markup.h"

namespace stet::schedule_import {
namespace {

constexpr std::size_t kSentenceBytesMax = 400;
constexpr std::size_t kNameBytesMax = 80;
constexpr int kPathStepsMax = 6;

struct Abbreviation {
  std::string_view name;
  std::string_view zone;
  int minutes;  // that it says; kNoOffset: it is of summer and winter
  bool is_one_of_several = false;
};
constexpr int kNoOffset = 100'000;

constexpr Abbreviation kAbbreviations[] = {
    {"UTC", "Etc/UTC", 0},
    {"GMT", "Etc/UTC", 0},
    {"Z", "Etc/UTC", 0},
    {"BST", "Europe/London", 60},
    {"WET", "Europe/Lisbon", 0},
    {"WEST", "Europe/Lisbon", 60},
    {"CET", "Europe/Berlin", 60},
    {"CEST", "Europe/Berlin", 120},
    {"MEZ", "Europe/Berlin", 60},
    {"MESZ", "Europe/Berlin", 120},
    {"EET", "Europe/Helsinki", 120},
    {"EEST", "Europe/Helsinki", 180},
    {"MSK", "Europe/Moscow", 180},
    {"TRT", "Europe/Istanbul", 180},
    {"EAT", "Africa/Nairobi", 180},
    {"WAT", "Africa/Lagos", 60},
    {"CAT", "Africa/Maputo", 120},
    {"SAST", "Africa/Johannesburg", 120},
    {"IST", "Asia/Kolkata", 330, true},
    {"PKT", "Asia/Karachi", 300},
    {"ICT", "Asia/Bangkok", 420},
    {"WIB", "Asia/Jakarta", 420},
    {"HKT", "Asia/Hong_Kong", 480},
    {"SGT", "Asia/Singapore", 480},
    {"PHT", "Asia/Manila", 480},
    {"JST", "Asia/Tokyo", 540},
    {"KST", "Asia/Seoul", 540},
    {"AWST", "Australia/Perth", 480},
    {"ACST", "Australia/Adelaide", 570},
    {"ACDT", "Australia/Adelaide", 630},
    {"AEST", "Australia/Sydney", 600},
    {"AEDT", "Australia/Sydney", 660},
    {"NZST", "Pacific/Auckland", 720},
    {"NZDT", "Pacific/Auckland", 780},
    {"BRT", "America/Sao_Paulo", -180},
    {"ART", "America/Argentina/Buenos_Aires", -180},
    {"NST", "America/St_Johns", -210},
    {"AST", "America/Halifax", -240, true},
    {"ADT", "America/Halifax", -180},
    {"ET", "America/New_York", kNoOffset},
    {"EST", "America/New_York", -300},
    {"EDT", "America/New_York", -240},
    {"CT", "America/Chicago", kNoOffset},
    {"CST", "America/Chicago", -360, true},
    {"CDT", "America/Chicago", -300},
    {"MT", "America/Denver", kNoOffset},
    {"MST", "America/Denver", -420},
    {"MDT", "America/Denver", -360},
    {"PT", "America/Los_Angeles", kNoOffset},
    {"PST", "America/Los_Angeles", -480},
    {"PDT", "America/Los_Angeles", -420},
    {"AKST", "America/Anchorage", -540},
    {"AKDT", "America/Anchorage", -480},
    {"HST", "Pacific/Honolulu", -600},
};

// In words, and as Windows names them; small letters.
struct LongName {
  std::string_view name;
  std::string_view zone;
};
constexpr LongName kLongNames[] = {
    {"eastern", "America/New_York"},
    {"central", "America/Chicago"},
    {"mountain", "America/Denver"},
    {"pacific", "America/Los_Angeles"},
    {"central european", "Europe/Berlin"},
    {"central europe", "Europe/Budapest"},
    {"w. europe", "Europe/Berlin"},
    {"romance", "Europe/Paris"},
    {"gmt", "Europe/London"},
    {"greenwich", "Africa/Abidjan"},
    {"e. europe", "Europe/Chisinau"},
    {"fle", "Europe/Kiev"},
    {"gtb", "Europe/Bucharest"},
    {"russian", "Europe/Moscow"},
    {"israel", "Asia/Jerusalem"},
    {"india", "Asia/Kolkata"},
    {"china", "Asia/Shanghai"},
    {"singapore", "Asia/Singapore"},
    {"tokyo", "Asia/Tokyo"},
    {"aus eastern", "Australia/Sydney"},
    {"new zealand", "Pacific/Auckland"},
    {"e. south america", "America/Sao_Paulo"},
    {"south africa", "Africa/Johannesburg"},
    {"afghanistan", "Asia/Kabul"},
    {"alaskan", "America/Anchorage"},
    {"arab", "Asia/Riyadh"},
    {"arabian", "Asia/Dubai"},
    {"arabic", "Asia/Baghdad"},
    {"argentina", "America/Argentina/Buenos_Aires"},
    {"astrakhan", "Europe/Samara"},
    {"atlantic", "America/Halifax"},
    {"aus central", "Australia/Darwin"},
    {"azerbaijan", "Asia/Baku"},
    {"azores", "Atlantic/Azores"},
    {"bangladesh", "Asia/Dhaka"},
    {"belarus", "Europe/Minsk"},
    {"canada central", "America/Regina"},
    {"cape verde", "Atlantic/Cape_Verde"},
    {"caucasus", "Asia/Yerevan"},
    {"cen. australia", "Australia/Adelaide"},
    {"central america", "America/Guatemala"},
    {"central asia", "Asia/Almaty"},
    {"central brazilian", "America/Cuiaba"},
    {"central pacific", "Pacific/Guadalcanal"},
    {"central (mexico)", "America/Mexico_City"},
    {"cuba", "America/Havana"},
    {"e. africa", "Africa/Nairobi"},
    {"e. australia", "Australia/Brisbane"},
    {"egypt", "Africa/Cairo"},
    {"ekaterinburg", "Asia/Yekaterinburg"},
    {"fiji", "Pacific/Fiji"},
    {"georgian", "Asia/Tbilisi"},
    {"greenland", "America/Nuuk"},
    {"hawaiian", "Pacific/Honolulu"},
    {"iran", "Asia/Tehran"},
    {"jordan", "Asia/Amman"},
    {"kaliningrad", "Europe/Kaliningrad"},
    {"korea", "Asia/Seoul"},
    {"libya", "Africa/Tripoli"},
    {"mauritius", "Indian/Mauritius"},
    {"middle east", "Asia/Beirut"},
    {"montevideo", "America/Montevideo"},
    {"morocco", "Africa/Casablanca"},
    {"mountain (mexico)", "America/Mazatlan"},
    {"myanmar", "Asia/Yangon"},
    {"n. central asia", "Asia/Novosibirsk"},
    {"namibia", "Africa/Windhoek"},
    {"nepal", "Asia/Kathmandu"},
    {"newfoundland", "America/St_Johns"},
    {"north asia", "Asia/Krasnoyarsk"},
    {"north asia east", "Asia/Irkutsk"},
    {"pacific sa", "America/Santiago"},
    {"pacific (mexico)", "America/Tijuana"},
    {"pakistan", "Asia/Karachi"},
    {"paraguay", "America/Asuncion"},
    {"sa eastern", "America/Cayenne"},
    {"sa pacific", "America/Bogota"},
    {"sa western", "America/La_Paz"},
    {"samoa", "Pacific/Apia"},
    {"se asia", "Asia/Bangkok"},
    {"sri lanka", "Asia/Colombo"},
    {"syria", "Asia/Damascus"},
    {"taipei", "Asia/Taipei"},
    {"tasmania", "Australia/Hobart"},
    {"tonga", "Pacific/Tongatapu"},
    {"turkey", "Europe/Istanbul"},
    {"ulaanbaatar", "Asia/Ulaanbaatar"},
    {"us eastern", "America/Indiana/Indianapolis"},
    {"us mountain", "America/Phoenix"},
    {"utc", "UTC"},
    {"venezuela", "America/Caracas"},
    {"vladivostok", "Asia/Vladivostok"},
    {"w. australia", "Australia/Perth"},
    {"w. central africa", "Africa/Lagos"},
    {"west asia", "Asia/Tashkent"},
    {"west bank", "Asia/Hebron"},
    {"west pacific", "Pacific/Port_Moresby"},
    {"yakutsk", "Asia/Yakutsk"},
};

std::optional<NamedZone> named(std::string_view zone, std::string_view said) {
  auto found = TimeZone::find(zone);
  if (!found) return std::nullopt;
  return NamedZone{*found, std::string(said), std::nullopt};
}

std::optional<NamedZone> of_abbreviation(std::string_view text) {
  for (const Abbreviation& known : kAbbreviations) {
    if (known.name != text) continue;
    auto zone = named(known.zone, text);
    if (!zone) return std::nullopt;
    if (known.minutes != kNoOffset) zone->said_offset = known.minutes * 60;
    zone->is_one_of_several = known.is_one_of_several;
    return zone;
  }
  return std::nullopt;
}

// "UTC+2", "GMT-05:00": whole hours have a zone of their own.
std::optional<NamedZone> of_offset(std::string_view text) {
  if (!text.starts_with("UTC") && !text.starts_with("GMT")) return std::nullopt;
  std::string_view rest = text.substr(3);
  if (rest.size() < 2 || (rest[0] != '+' && rest[0] != '-')) return std::nullopt;
  bool is_east = rest[0] == '+';
  rest.remove_prefix(1);
  int hours = 0;
  std::size_t digits = 0;
  for (; digits < rest.size() && digits < 2 && rest[digits] >= '0' && rest[digits] <= '9';
       ++digits) {
    hours = hours * 10 + rest[digits] - '0';
  }
  std::string_view minutes = rest.substr(digits);
  if (digits == 0 || hours > 14 || (!minutes.empty() && minutes != ":00" && minutes != "00")) {
    return std::nullopt;
  }
  // POSIX counts westward.
  std::string zone =
      hours == 0 ? "Etc/UTC" : "Etc/GMT" + std::string(is_east ? "-" : "+") + std::to_string(hours);
  return named(zone, text);
}

std::optional<NamedZone> of_long_name(std::string_view text) {
  std::string lower = lower_ascii(text);
  std::string_view name = lower;
  for (std::string_view end : {" time", " standard", " daylight"}) {
    if (name.ends_with(end)) name.remove_suffix(end.size());
  }
  // "Central Standard Time (Mexico)"
  std::string without_time;
  if (std::size_t at = name.find(" standard time ("); at != name.npos) {
    without_time = std::string(name.substr(0, at)) + std::string(name.substr(at + 14));
    name = without_time;
  }
  for (const LongName& known : kLongNames) {
    if (known.name == name) return named(known.zone, text);
  }
  return std::nullopt;
}

// "/freeassociation.example/Tzfile/Europe/Berlin": what comes last may be IANA's.
std::optional<NamedZone> of_path(std::string_view text) {
  std::string_view rest = text;
  int tries = 0;
  for (std::size_t slash = rest.find('/'); slash != rest.npos && ++tries <= kPathStepsMax;
       slash = rest.find('/')) {
    if (auto zone = named(rest, text)) return zone;
    rest.remove_prefix(slash + 1);
  }
  return std::nullopt;
}

bool is_in_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '/' || c == '+' || c == '-' || c == ':';
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t end = at;
    while (end < line.size() && is_in_word(line[end])) ++end;
    if (end > at) {
      std::string_view word = line.substr(at, end - at);
      while (word.ends_with(':') || word.ends_with('-')) word.remove_suffix(1);
      if (!word.empty()) words.push_back(word);
    }
    at = std::max(end, at + 1);
  }
  return words;
}

}  // namespace

std::optional<NamedZone> zone_of_name(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > kNameBytesMax) return std::nullopt;
  if (auto zone = of_abbreviation(text)) return zone;
  if (auto zone = of_offset(text)) return zone;
  if (text.find('/') != text.npos) return of_path(text);
  return of_long_name(text);
}

std::optional<NamedZone> zone_of_id(std::string_view text) {
  text = trimmed(text);
  if (!text.empty() && text.size() <= kNameBytesMax) {
    if (auto zone = named(text, text)) return zone;
  }
  return zone_of_name(text);
}

std::optional<NamedZone> zone_in_sentence(std::string_view line) {
  if (line.size() > kSentenceBytesMax) return std::nullopt;
  std::vector<std::string_view> words = words_of(line);
  bool speaks_of_times = std::any_of(words.begin(), words.end(), [](std::string_view word) {
    std::string lower = lower_ascii(word);
    return lower == "time" || lower == "times" || lower == "timezone" || lower == "zone";
  });
  if (!speaks_of_times) return std::nullopt;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    bool is_name = word.size() > 1 && (of_abbreviation(word) || word.find('/') != word.npos ||
                                       word.starts_with("UTC") || word.starts_with("GMT"));
    if (auto zone = is_name ? zone_of_name(word) : std::nullopt) return zone;
    bool precedes_time =
        i + 1 < words.size() && (words[i + 1] == "Time" || words[i + 1] == "time" ||
                                 words[i + 1] == "Standard" || words[i + 1] == "Daylight");
    if (auto zone = precedes_time ? of_long_name(word) : std::nullopt) return zone;
  }
  return std::nullopt;
}

std::string offset_text(std::int32_t seconds) {
  std::int32_t minutes = std::abs(seconds) / 60;
  auto two = [](std::int32_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return std::string("UTC") + (seconds < 0 ? "-" : "+") + two(minutes / 60) + ":" +
         two(minutes % 60);
}

}  // namespace stet::schedule_import
