#include "cms/change/field_value.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "cms/document/yaml.h"
#include "cms/liquid/filters/time_parser.h"

namespace stet::change {
namespace {

using document::Data;
using Kind = Data::Kind;

constexpr std::string_view kDateKeys[] = {
    "date", "start", "end", "modified", "last_modified_at", "unpublish"};

bool is_date_key(std::string_view key) {
  return std::find(std::begin(kDateKeys), std::end(kDateKeys), key) != std::end(kDateKeys);
}

bool is_moment(const Data& value) { return value.date() || value.time(); }

// "2020-10-12T10:00:00Z", "... +02:00", not a wall time.
bool names_offset(std::string_view text) {
  return text.size() > 16 && text.find_first_of("Zz+-", 16) != text.npos;
}

void convert(Data& value, const Data* there, bool is_of_date_key) {
  if (const std::string* text = value.string()) {
    bool replaces = there && is_moment(*there);
    if (!replaces && (there || !is_of_date_key)) return;
    Data read = document::resolve_plain(*text);
    bool is_certain = read.date() || (read.time() && names_offset(*text));
    if (!is_moment(read) || !(replaces || is_certain)) return;
    // UTC has two spellings; what was written stays.
    value = replaces && document::to_string(read) == document::to_string(*there) ? *there : read;
  } else if (auto* list = value.list()) {
    const auto* others = there ? there->list() : nullptr;
    for (std::size_t i = 0; i < list->size(); ++i) {
      convert((*list)[i], others && i < others->size() ? &(*others)[i] : nullptr, false);
    }
  } else if (auto* map = value.map()) {
    for (std::size_t i = 0; i < map->size(); ++i) {
      const std::string& key = std::as_const(*map).at(i).first;
      convert(map->value_at(i), there ? there->find(key) : nullptr, is_date_key(key));
    }
  }
}

// Texts of `said` that name UTC by its letter, as they were.
void keep_utc(const Data& said, Data& slot) {
  for (const char* key : {"start", "end"}) {
    const Data* value = said.find(key);
    const std::string* text = value ? value->string() : nullptr;
    bool is_utc = text && !text->empty() && (text->back() == 'Z' || text->back() == 'z');
    if (is_utc && parse_iso_time(*text) && slot.map()) slot.map()->set(key, *value);
  }
}

}  // namespace

std::optional<Time> date_of(const Data& value, const TimeZone& zone) {
  if (const Time* time = value.time()) return zone.at(time->seconds);
  if (const Date* date = value.date()) return zone.resolve({*date, 0, 0, 0}).earlier;
  const std::string* text = value.string();
  if (!text) return std::nullopt;
  auto parsed = liquid::parse_time(*text, zone, Time{});
  if (!parsed || parsed->is_relative) return std::nullopt;
  return zone.at(parsed->time.seconds);
}

bool is_text_like(const Data& value) { return value.is_scalar() && !value.is_nil(); }

std::string text_of(const Data& value) {
  if (!is_text_like(value)) return "";
  if (const std::string* text = value.string()) return *text;
  std::string text = document::to_string(value);
  bool is_quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return is_quoted ? text.substr(1, text.size() - 2) : text;
}

Data with_session_times(Data asked, const Data& there) {
  const Data as_asked = asked;
  asked = with_dates(std::move(asked), there);
  keep_utc(as_asked, asked);
  const Data* said = as_asked.find("slots");
  Data* slots = asked.map() ? asked.map()->find("slots") : nullptr;
  if (!said || !said->list() || !slots || !slots->list()) return asked;
  for (std::size_t i = 0; i < slots->list()->size(); ++i) {
    keep_utc((*said->list())[i], (*slots->list())[i]);
  }
  return asked;
}

Data with_dates(Data asked, const Data& there) {
  convert(asked, &there, false);
  return asked;
}

}  // namespace stet::change
