// What a site says of the fields of its entries:
//
//     stet:
//       collections:
//         posts:                      # drafts, pages, speakers, schedule, any collection's label,
//           label: Articles           # or data/NAME for _data/NAME.yml
//           additional: true          # false: no keys but these, and those of Jekyll's own
//           fields:
//             - {name: title, type: text, required: true, max_length: 80}
//             - {name: status, type: select, options: [new, {value: old, label: From before}]}
//             - {name: links, type: list, of: {type: object, fields: [{name: url, type: text}]}}
//
// Of every field: name, type, label, help, required, default. Of texts: pattern, min_length,
// max_length; of tags pattern too. Of numbers: min, max, integer; of dates: min, max. Of lists and
// tags: min_items, max_items; of lists: of. Of objects: fields, additional. Of references:
// collection. Of images: external. Of data files: shape, which is object, list or map. Drafts
// follow what is said of posts, where nothing is said of drafts.
//
// Threads: values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/document/data.h"
#include "cms/schema/pattern.h"

namespace stet::schema {

enum class FieldType : std::uint8_t {
  kText,
  kMarkdown,
  kDate,  // a day, or a time with its offset from UTC
  kBoolean,
  kNumber,
  kList,
  kTags,       // a list of words, or, where nothing limits them, one text of words
  kImage,      // the path of a file, or {path, alt}
  kReference,  // the name of an entry of `collection`, as the API has it
  kSelect,
  kObject,
  kAny,  // of inferred fields alone: values of several types
};

// "text"; "any".
std::string_view name_of(FieldType type);

struct Option {
  document::Data value;  // a string or a number
  std::string label;     // "": the value
};

struct Field {
  std::string name;  // "" of a list's items
  FieldType type = FieldType::kText;
  std::string label, help;  // "": none
  bool is_required = false;
  std::optional<document::Data> initial;          // what a new entry has, unless it says otherwise
  PatternPtr pattern;                             // null: none
  std::optional<document::Data> min, max;         // of numbers and dates
  std::optional<std::size_t> size_min, size_max;  // characters, or items
  bool is_whole = false;                          // a number without a fraction
  bool is_external = false;                       // an image may be elsewhere: https://...
  bool takes_others = true;                       // an object's other keys
  std::vector<Option> options;
  std::string collection;
  std::vector<Field> fields;  // of an object; of a list: none, or the one that its items are
};

enum class Shape : std::uint8_t { kObject, kList, kMap };  // one, several, or several by name

struct Schema {
  std::string key;  // "posts", "data/authors"
  std::string label, help;
  Shape shape = Shape::kObject;
  bool takes_others = true;
  std::vector<Field> fields;
};

using Schemas = std::map<std::string, Schema, std::less<>>;

// Of an entry; null where nothing is said of its kind.
const Schema* find_schema(const Schemas& schemas, std::string_view key);

// Keys that Jekyll and stet give a meaning to in front matter, whatever a schema says.
bool is_own_key(std::string_view key);
std::vector<std::string_view> own_keys();

// What a date is in JSON (a regular expression); whether its day is in the calendar is not said.
extern const char kDatePattern[];

// As JSON has it: dates are texts.
std::string date_text(const document::Data& value);  // "" for what is no date, time or text

}  // namespace stet::schema
