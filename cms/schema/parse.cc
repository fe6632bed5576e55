#include "cms/schema/parse.h"

#include <algorithm>
#include <set>

#include "cms/document/pointer.h"
#include "cms/schema/parse_field.h"
#include "storage/base/utf8.h"

namespace stet::schema {
namespace {

using document::Data;
using document::pointer_token;

constexpr std::string_view kSchemaKeys[] = {"label", "help", "additional", "shape", "fields"};
constexpr std::string_view kDataBegin = "data/";

bool is_key_of_schema(std::string_view key) {
  std::string_view rest = key.starts_with(kDataBegin) ? key.substr(kDataBegin.size()) : key;
  bool is_plain = rest.find_first_of("\\\n\t") == rest.npos && is_utf8(rest);
  return !rest.empty() && rest.size() <= kNameBytesMax && is_plain &&
         (key.starts_with(kDataBegin) || rest.find('/') == rest.npos);
}

void take_shape(Reader& reader, const Data& map, const std::string& pointer, Schema& schema) {
  const Data* shape = map.find("shape");
  if (!shape || shape->is_nil()) return;
  const std::string* name = shape->string();
  if (!schema.key.starts_with(kDataBegin)) {
    return reader.fault(pointer + "/shape", "shape is of data files; an entry is an object");
  }
  if (name && *name == "list") {
    schema.shape = Shape::kList;
  } else if (name && *name == "map") {
    schema.shape = Shape::kMap;
  } else if (!name || *name != "object") {
    reader.fault(pointer + "/shape",
                 "shape is object (the file is one), list or map (it has several)");
  }
}

void parse_schema(Reader& reader, const Data& data, const std::string& pointer, Schema& schema) {
  if (!data.is_map()) {
    return reader.fault(pointer, "this is keys with values, such as fields: [...]");
  }
  for (const auto& [key, value] : *data.map()) {
    bool is_known =
        std::find(std::begin(kSchemaKeys), std::end(kSchemaKeys), key) != std::end(kSchemaKeys);
    if (is_known) continue;
    reader.fault(pointer + "/" + pointer_token(key),
                 "there is no '" + printable(key, 40) +
                     "' here; there are label, help, additional, shape and fields");
  }
  schema.label = reader.text(data, "label", pointer, kLabelBytesMax);
  schema.help = reader.text(data, "help", pointer, kHelpBytesMax);
  schema.takes_others = reader.flag(data, "additional", pointer, true);
  take_shape(reader, data, pointer, schema);
  schema.fields = parse_fields(reader, data.find("fields"), {pointer + "/fields", 1});
}

}  // namespace

void Reader::fault(std::string pointer, std::string message) {
  add(Severity::kError, std::move(pointer), std::move(message));
}

void Reader::add(Severity severity, std::string pointer, std::string message) {
  if (faults_.size() < kFaultsMax) {
    faults_.push_back({severity, std::move(pointer), std::move(message)});
  }
  ++count_;
}

std::string Reader::text(const Data& map,
                         std::string_view key,
                         const std::string& pointer,
                         std::size_t bytes_max) {
  const Data* value = map.find(key);
  if (!value || value->is_nil()) return "";
  const std::string* text = value->string();
  if (text && text->size() <= bytes_max) return *text;
  fault(pointer + "/" + std::string(key),
        std::string(key) + " is text of at most " + std::to_string(bytes_max) +
            " bytes; put it in quotes");
  return "";
}

bool Reader::flag(const Data& map,
                  std::string_view key,
                  const std::string& pointer,
                  bool otherwise) {
  const Data* value = map.find(key);
  if (!value || value->is_nil()) return otherwise;
  if (const bool* flag = value->boolean()) return *flag;
  fault(pointer + "/" + std::string(key), std::string(key) + " is true or false");
  return otherwise;
}

Parsed parse_schemas(const Data& collections) {
  Reader reader;
  Parsed parsed;
  if (!collections.is_nil() && !collections.is_map()) {
    reader.fault("",
                 "collections are labels with what is said of each, such as posts: {fields: []}");
  }
  const Data::Map none;
  for (const auto& [key, value] : collections.is_map() ? *collections.map() : none) {
    std::string pointer = "/" + pointer_token(key);
    if (parsed.schemas.size() == kSchemasMax) {
      reader.fault(pointer, "at most " + std::to_string(kSchemasMax) + " collections have fields");
      break;
    }
    if (!is_key_of_schema(key)) {
      reader.fault(pointer,
                   "'" + printable(key, 40) +
                       "' is no collection; name posts, drafts, pages, a label, or data/NAME");
      continue;
    }
    Schema schema;
    schema.key = key;
    parse_schema(reader, value, pointer, schema);
    parsed.schemas.emplace(key, std::move(schema));
  }
  parsed.faults = reader.take();
  return parsed;
}

}  // namespace stet::schema
