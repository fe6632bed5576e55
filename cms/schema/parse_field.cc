#include "cms/schema/parse_field.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "cms/document/json_patch.h"
#include "cms/document/pointer.h"
#include "cms/schema/check.h"
#include "storage/base/utf8.h"

namespace stet::schema {
namespace {

using document::Data;
using document::pointer_token;
using enum FieldType;

constexpr std::uint32_t bit(FieldType type) { return 1u << static_cast<unsigned>(type); }
constexpr std::uint32_t kEvery = ~0u;
constexpr std::uint32_t kTexts = bit(kText) | bit(kMarkdown);
constexpr std::uint32_t kSeveral = bit(kList) | bit(kTags);

struct Attribute {
  std::string_view key;
  std::uint32_t types;
};
constexpr Attribute kAttributes[] = {
    {"name", kEvery},
    {"type", kEvery},
    {"label", kEvery},
    {"help", kEvery},
    {"required", kEvery},
    {"default", kEvery},
    {"pattern", kTexts | bit(kTags)},
    {"min_length", kTexts},
    {"max_length", kTexts},
    {"min", bit(kNumber) | bit(kDate)},
    {"max", bit(kNumber) | bit(kDate)},
    {"integer", bit(kNumber)},
    {"min_items", kSeveral},
    {"max_items", kSeveral},
    {"of", bit(kList)},
    {"options", bit(kSelect)},
    {"collection", bit(kReference)},
    {"external", bit(kImage)},
    {"fields", bit(kObject)},
    {"additional", bit(kObject)},
};

std::string names_for(FieldType type) {
  std::string names;
  for (const Attribute& attribute : kAttributes) {
    if (attribute.types & bit(type)) {
      names.append(names.empty() ? "" : ", ").append(attribute.key);
    }
  }
  return names;
}

std::optional<FieldType> type_named(std::string_view name) {
  for (int i = 0; i < static_cast<int>(kAny); ++i) {
    if (name_of(static_cast<FieldType>(i)) == name) return static_cast<FieldType>(i);
  }
  return std::nullopt;
}

void refuse_unknown(Reader& reader, const Data& map, const std::string& pointer, FieldType type) {
  for (const auto& [key, value] : *map.map()) {
    auto found = std::find_if(std::begin(kAttributes),
                              std::end(kAttributes),
                              [&](const Attribute& one) { return one.key == key; });
    if (found != std::end(kAttributes) && (found->types & bit(type))) continue;
    reader.fault(pointer + "/" + pointer_token(key),
                 "a field of type " + std::string(name_of(type)) + " has no '" +
                     printable(key, 40) + "'; it has " + names_for(type));
  }
}

std::optional<FieldType> take_type(Reader& reader, const Data& map, const std::string& pointer) {
  const Data* value = map.find("type");
  const std::string* name = value ? value->string() : nullptr;
  std::optional<FieldType> type = name ? type_named(*name) : std::nullopt;
  if (type) return type;
  reader.fault(value ? pointer + "/type" : pointer,
               (name ? "there is no type '" + printable(*name, 40) + "'" : "a field has a type") +
                   std::string("; there are text, markdown, date, boolean, number, list, tags, "
                               "image, reference, select and object"));
  return std::nullopt;
}

std::optional<std::size_t> take_size(Reader& reader,
                                     const Data& map,
                                     std::string_view key,
                                     const std::string& pointer) {
  const Data* value = map.find(key);
  if (!value || value->is_nil()) return std::nullopt;
  const std::int64_t* size = value->integer();
  if (size && *size >= 0) return static_cast<std::size_t>(*size);
  reader.fault(pointer + "/" + std::string(key), std::string(key) + " is a number, 0 or more");
  return std::nullopt;
}

void take_sizes(Reader& reader, const Data& map, const std::string& pointer, Field& field) {
  bool is_text = kTexts & bit(field.type);
  if (!is_text && !(kSeveral & bit(field.type))) return;
  field.size_min = take_size(reader, map, is_text ? "min_length" : "min_items", pointer);
  field.size_max = take_size(reader, map, is_text ? "max_length" : "max_items", pointer);
  if (field.size_min && field.size_max && *field.size_max < *field.size_min) {
    reader.fault(pointer, "the largest size is less than the smallest");
  }
}

std::optional<Data> take_bound(Reader& reader,
                               const Data& map,
                               std::string_view key,
                               const std::string& pointer,
                               const Field& field) {
  const Data* value = map.find(key);
  if (!value || value->is_nil()) return std::nullopt;
  bool is_good = field.type == kNumber
                     ? value->integer() || (value->real() && std::isfinite(*value->real()))
                     : is_date(*value);
  if (is_good) return *value;
  reader.fault(pointer + "/" + std::string(key),
               std::string(key) +
                   (field.type == kNumber ? " is a number" : " is a date, such as 2020-10-11"));
  return std::nullopt;
}

void take_bounds(Reader& reader, const Data& map, const std::string& pointer, Field& field) {
  if (field.type != kNumber && field.type != kDate) return;
  field.min = take_bound(reader, map, "min", pointer, field);
  field.max = take_bound(reader, map, "max", pointer, field);
  field.is_whole = reader.flag(map, "integer", pointer, false);
  if (field.min && field.max && is_less(*field.max, *field.min)) {
    reader.fault(pointer + "/max", "max is less than min");
  }
}

void take_pattern(Reader& reader, const Data& map, const std::string& pointer, Field& field) {
  const Data* value = map.find("pattern");
  if (!value || value->is_nil() || !((kTexts | bit(kTags)) & bit(field.type))) return;
  auto pattern = value->string() ? Pattern::compile(*value->string())
                                 : Result<PatternPtr>(invalid_input("a pattern is text"));
  if (!pattern) return reader.fault(pointer + "/pattern", pattern.error().message);
  field.pattern = std::move(*pattern);
}

// A string or a number; of a map, its `value`.
void take_option(Reader& reader, const Data& item, const std::string& pointer, Field& field) {
  Option option;
  const Data* value = item.is_map() ? item.find("value") : &item;
  if (item.is_map()) option.label = reader.text(item, "label", pointer, kLabelBytesMax);
  if (value && value->boolean()) {
    return reader.fault(pointer,
                        "without quotes yes, no, on, off, true and false are no texts; write "
                        "'yes', or make the field a boolean");
  }
  std::string text = value ? date_text(*value) : "";
  bool is_number = value && (value->integer() || value->real());
  bool has_value = is_number || (!text.empty() && text.size() <= kLabelBytesMax);
  if (!has_value) {
    return reader.fault(pointer, "an option is a text or a number, or {value: ..., label: ...}");
  }
  option.value = is_number ? *value : Data(text);
  bool is_known = std::any_of(field.options.begin(), field.options.end(), [&](const Option& one) {
    return is_same(one.value, option.value);
  });
  if (is_known) return reader.fault(pointer, "this option is there already");
  field.options.push_back(std::move(option));
}

void take_options(Reader& reader, const Data& map, const std::string& pointer, Field& field) {
  if (field.type != kSelect) return;
  const Data* value = map.find("options");
  const Data::List* list = value ? value->list() : nullptr;
  std::string own = pointer + "/options";
  if (!list || list->empty() || list->size() > kOptionsMax) {
    return reader.fault(value ? own : pointer,
                        "a select has options: a list of 1 to " + std::to_string(kOptionsMax));
  }
  for (std::size_t i = 0; i < list->size(); ++i) {
    take_option(reader, (*list)[i], own + "/" + std::to_string(i), field);
  }
}

std::optional<Field> parse_field(Reader& reader,
                                 const Data& data,
                                 const Place& place,
                                 bool is_item);

void take_parts(Reader& reader, const Data& map, const Place& place, Field& field) {
  if (field.type == kObject) {
    field.fields =
        parse_fields(reader, map.find("fields"), {place.pointer + "/fields", place.depth + 1});
    field.takes_others = reader.flag(map, "additional", place.pointer, true);
  }
  const Data* of = map.find("of");
  if (field.type != kList || !of || of->is_nil()) return;
  auto item = parse_field(reader, *of, {place.pointer + "/of", place.depth + 1}, true);
  if (item) field.fields.push_back(std::move(*item));
}

void take_collection(Reader& reader, const Data& map, const std::string& pointer, Field& field) {
  if (field.type != kReference) return;
  field.collection = reader.text(map, "collection", pointer, kNameBytesMax);
  if (field.collection.empty()) {
    reader.fault(pointer, "a reference names the collection that it goes to: collection: speakers");
  }
}

void take_initial(Reader& reader, const Data& map, const std::string& pointer, Field& field) {
  const Data* value = map.find("default");
  if (!value || value->is_nil()) return;
  std::string message = initial_fault(field, *value);
  if (!message.empty()) return reader.fault(pointer + "/default", std::move(message));
  field.initial = *value;
}

void take_name(Reader& reader, const Data& map, const std::string& pointer, Field& field) {
  const Data* value = map.find("name");
  const std::string* name = value ? value->string() : nullptr;
  if (name && !name->empty() && name->size() <= kNameBytesMax && *name != "<<") {
    field.name = *name;
    return;
  }
  reader.fault(value ? pointer + "/name" : pointer,
               "a field has a name: the key that it has in an entry, as text");
}

std::optional<Field> parse_field(Reader& reader,
                                 const Data& data,
                                 const Place& place,
                                 bool is_item) {
  const std::size_t before = reader.count();
  const std::string& pointer = place.pointer;
  if (place.depth > kFieldDepthMax) {
    reader.fault(pointer,
                 "fields lie in fields at most " + std::to_string(kFieldDepthMax) + " deep");
    return std::nullopt;
  }
  if (!reader.count_field(pointer)) return std::nullopt;
  Data map = data;
  if (is_item && data.is_string()) map = Data::Map{{"type", data}};
  if (!map.is_map()) {
    reader.fault(pointer,
                 is_item ? "of is a type, or {type: ..., ...}"
                         : "a field is keys with values, such as {name: title, type: text}");
    return std::nullopt;
  }
  Field field;
  if (!is_item) take_name(reader, map, pointer, field);
  auto type = take_type(reader, map, pointer);
  if (!type) return std::nullopt;
  field.type = *type;
  refuse_unknown(reader, map, pointer, *type);
  field.label = reader.text(map, "label", pointer, kLabelBytesMax);
  field.help = reader.text(map, "help", pointer, kHelpBytesMax);
  field.is_required = is_item || reader.flag(map, "required", pointer, false);
  if (field.type == kImage) field.is_external = reader.flag(map, "external", pointer, false);
  take_pattern(reader, map, pointer, field);
  take_sizes(reader, map, pointer, field);
  take_bounds(reader, map, pointer, field);
  take_options(reader, map, pointer, field);
  take_collection(reader, map, pointer, field);
  take_parts(reader, map, place, field);
  if (reader.count() == before) take_initial(reader, map, pointer, field);
  return reader.count() == before ? std::optional(std::move(field)) : std::nullopt;
}

}  // namespace

bool Reader::count_field(const std::string& pointer) {
  if (++fields_ <= kFieldsMax) return true;
  if (fields_ == kFieldsMax + 1) {
    fault(pointer, "there are more than " + std::to_string(kFieldsMax) + " fields");
  } else {
    ++count_;
  }
  return false;
}

std::vector<Field> parse_fields(Reader& reader, const Data* list, const Place& place) {
  std::vector<Field> fields;
  if (!list || list->is_nil()) return fields;
  if (!list->is_list()) {
    reader.fault(place.pointer, "fields are a list, such as [{name: title, type: text}]");
    return fields;
  }
  std::set<std::string> names;
  for (std::size_t i = 0; i < list->list()->size(); ++i) {
    std::string pointer = place.pointer + "/" + std::to_string(i);
    auto field = parse_field(reader, (*list->list())[i], {pointer, place.depth}, false);
    if (!field) continue;
    if (names.insert(field->name).second) {
      fields.push_back(std::move(*field));
    } else {
      reader.fault(pointer + "/name", "there is a field of this name already");
    }
  }
  return fields;
}

}  // namespace stet::schema
