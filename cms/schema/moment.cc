#include "cms/schema/moment.h"

#include <charconv>

#include "cms/document/yaml.h"
#include "cms/schema/check.h"

namespace stet::schema {
namespace {

using document::Data;

constexpr std::size_t kDayBytes = 10;

int digits(std::string_view text, std::size_t begin) {
  int number = 0;
  std::from_chars(text.data() + begin, text.data() + begin + 2, number);
  return number;
}

// Of a time whose form is known.
std::int64_t seconds_of(std::string_view text) {
  CivilTime civil;
  civil.date = parse_iso_date(text.substr(0, kDayBytes)).value_or(Date{});
  civil.hour = static_cast<std::uint8_t>(digits(text, 11));
  civil.minute = static_cast<std::uint8_t>(digits(text, 14));
  if (text[16] == ':') civil.second = static_cast<std::uint8_t>(digits(text, 17));
  std::size_t sign = text.find_first_of("Z+-", 16);
  std::int64_t offset = 0;
  if (text[sign] != 'Z') {
    std::size_t minutes = text[sign + 3] == ':' ? sign + 4 : sign + 3;
    offset = digits(text, sign + 1) * 3600 + digits(text, minutes) * 60;
    if (text[sign] == '-') offset = -offset;
  }
  return seconds_as_utc(civil) - offset;
}

const Pattern& date_pattern() {
  static const PatternPtr pattern = Pattern::compile(kDatePattern).value();
  return *pattern;
}

Data moment_of(const Data& initial, const Time& now) {
  const std::string* word = initial.string();
  if (word && *word == "now") return Time{now.seconds, 0, now.offset_seconds, false};
  return word && *word == "today" ? Data(civil_of(now).date) : initial;
}

void fill(const std::vector<Field>& fields, Data& map, const Time& now) {
  for (const Field& field : fields) {
    Data* there = map.map()->find(field.name);
    if (there && there->is_map() && field.type == FieldType::kObject) {
      fill(field.fields, *there, now);
    } else if (!there && field.initial) {
      bool is_date = field.type == FieldType::kDate;
      map.map()->set(field.name, is_date ? moment_of(*field.initial, now) : *field.initial);
    }
  }
}

void read_date(Data& value, const Data* there) {
  bool is_other = there && !there->is_nil() && !there->date() && !there->time();
  if (!value.is_string() || is_other || !is_date(value)) return;
  Data read = document::resolve_plain(*value.string());
  if (!read.date() && !read.time()) return;
  // UTC has two spellings; what was written stays.
  value = there && document::to_string(read) == document::to_string(*there) ? *there : read;
}

void read_value(const Field& field, Data& value, const Data* there) {
  if (field.type == FieldType::kDate) return read_date(value, there);
  if (field.type == FieldType::kObject) return read_dates(field.fields, value, there);
  if (field.type != FieldType::kList || field.fields.empty() || !value.is_list()) return;
  const Data::List* others = there ? there->list() : nullptr;
  Data::List& items = *value.list();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Data* other = others && i < others->size() ? &(*others)[i] : nullptr;
    read_value(field.fields.front(), items[i], other);
  }
}

}  // namespace

bool is_earlier(std::string_view a, std::string_view b) {
  if (a.size() <= kDayBytes || b.size() <= kDayBytes) {
    return a.substr(0, kDayBytes) < b.substr(0, kDayBytes);
  }
  return seconds_of(a) < seconds_of(b);
}

bool is_date(const Data& value) {
  std::string text = date_text(value);
  return date_pattern().is_found_in(text) && parse_iso_date(text.substr(0, kDayBytes));
}

bool is_initial_moment(const Data& value) {
  return value.string() && (*value.string() == "today" || *value.string() == "now");
}

void fill_initial(const Schema& schema, Data& map, const Time& now) {
  if (map.is_map() && schema.shape == Shape::kObject) fill(schema.fields, map, now);
}

void read_dates(const std::vector<Field>& fields, Data& asked, const Data* there) {
  if (!asked.is_map()) return;
  for (const Field& field : fields) {
    Data* value = asked.map()->find(field.name);
    if (value) read_value(field, *value, there ? there->find(field.name) : nullptr);
  }
}

}  // namespace stet::schema
