#include "api/routes/field_schema_json.h"

#include <algorithm>

#include "api/http/url.h"
#include "api/routes/route.h"
#include "cms/schedule/schedule_view.h"
#include "cms/schema/infer.h"

namespace stet::api {
namespace {

using schema::Field;
using schema::FieldTally;
using schema::FieldType;
using schema::Tally;
using enum schema::FieldType;

constexpr char kSchemaOfSchemas[] = "https://json-schema.org/draft/2020-12/schema";

bool is_moment(const Field& field) {
  const std::string* word = field.initial ? field.initial->string() : nullptr;
  return field.type == kDate && word && (*word == "today" || *word == "now");
}

class Writer {
 public:
  Writer(bool is_declared, bool is_draft) : is_declared_(is_declared), is_draft_(is_draft) {}

  // Adds what is said of a map to a schema that is not yet one of any type.
  void add_map(Json& json,
               const std::vector<Field>& fields,
               const Tally* tally,
               bool takes_others,
               bool is_top) const {
    Json properties = Json::object(), required = Json::array();
    int order = 0;
    for (const Field& field : fields) {
      const FieldTally* seen = tally ? tally->find(field.name) : nullptr;
      Json one = json_of(field, seen, is_optional(field));
      one["x-stet"]["order"] = order++;
      if (field.is_required) one["x-stet"]["required"] = true;
      if (!is_optional(field)) required.push_back(field.name);
      properties[field.name] = std::move(one);
    }
    if (!takes_others && is_top) add_own_keys(properties);
    json["properties"] = std::move(properties);
    if (!required.empty()) json["required"] = std::move(required);
    if (!takes_others) json["additionalProperties"] = false;
  }

 private:
  bool is_optional(const Field& field) const { return !field.is_required || is_draft_; }

  static void add_own_keys(Json& properties) {
    for (std::string_view key : schema::own_keys()) {
      if (properties.contains(key)) continue;
      properties[std::string(key)] = {{"x-stet", {{"is_own", true}}}};
    }
  }

  Json json_of(const Field& field, const FieldTally* seen, bool is_nullable) const {
    Json json = Json::object();
    if (!field.name.empty()) {
      json["title"] = field.label.empty() ? schema::title_of(field.name) : field.label;
    }
    if (!field.help.empty()) json["description"] = field.help;
    if (is_declared_) {
      add_declared(json, field, seen);
      if (is_nullable) add_null(json);
      if (field.initial && !is_moment(field)) json["default"] = api::to_json(*field.initial);
    } else {
      add_seen(json, field, seen, is_nullable);
    }
    json["x-stet"] = notes_of(field, seen);
    // Of long lists only the first items have been looked at: nothing is asked of items.
    if (!is_declared_ && field.type == kList && !field.fields.empty() && seen) {
      json["x-stet"]["items"] = json_of(field.fields.front(), seen->items.get(), true);
    }
    return json;
  }

  static void add_null(Json& json) {
    if (json.contains("enum")) {
      json["enum"].push_back(nullptr);
    } else if (json["type"].is_array()) {
      json["type"].push_back("null");
    } else {
      json["type"] = Json::array({json["type"], "null"});
    }
  }

  void add_sizes(Json& json, const Field& field, std::string_view unit) const {
    std::size_t least = field.size_min.value_or(0);
    if (least == 0 && field.is_required && !is_draft_) least = 1;
    if (least > 0) json["min" + std::string(unit)] = least;
    if (field.size_max) json["max" + std::string(unit)] = *field.size_max;
  }

  void add_declared(Json& json, const Field& field, const FieldTally* seen) const {
    switch (field.type) {
      case kText:
      case kMarkdown:
        json["type"] = "string";
        add_sizes(json, field, "Length");
        if (field.pattern) json["pattern"] = field.pattern->text();
        return;
      case kDate:
        json["type"] = "string";
        json["pattern"] = std::string(schema::kDatePattern);
        return;
      case kBoolean: json["type"] = "boolean"; return;
      case kNumber:
        json["type"] = field.is_whole ? "integer" : "number";
        if (field.min) json["minimum"] = api::to_json(*field.min);
        if (field.max) json["maximum"] = api::to_json(*field.max);
        return;
      case kList:
        json["type"] = "array";
        add_sizes(json, field, "Items");
        if (!field.fields.empty()) {
          json["items"] = json_of(field.fields.front(), seen ? seen->items.get() : nullptr, false);
        }
        return;
      case kTags: return add_tags(json, field);
      case kImage: return add_image(json);
      case kReference:
        json["type"] = "string";
        json["minLength"] = 1;
        return;
      case kSelect:
        json["enum"] = Json::array();
        for (const schema::Option& option : field.options) {
          json["enum"].push_back(api::to_json(option.value));
        }
        return;
      case kObject:
        json["type"] = "object";
        return add_map(
            json, field.fields, seen ? seen->members.get() : nullptr, field.takes_others, false);
      case kAny: return;
    }
  }

  void add_tags(Json& json, const Field& field) const {
    bool may_be_text = !field.size_min && !field.size_max && !field.pattern;
    json["type"] = may_be_text ? Json::array({"array", "string"}) : Json("array");
    if (may_be_text && field.is_required && !is_draft_) json["pattern"] = "\\S";
    add_sizes(json, field, "Items");
    json["items"] = {{"type", Json::array({"string", "number"})}, {"minLength", 1}};
    if (!field.pattern) return;
    json["items"]["type"] = "string";
    json["items"]["pattern"] = field.pattern->text();
  }

  static void add_image(Json& json) {
    json["type"] = Json::array({"string", "object"});
    json["minLength"] = 1;
    json["required"] = Json::array({"path"});
    json["properties"] = {{"path", {{"type", "string"}, {"minLength", 1}}},
                          {"alt", {{"type", Json::array({"string", "null"})}}}};
  }

  // The types of JSON that the values have.
  void add_seen(Json& json, const Field& field, const FieldTally* seen, bool is_nullable) const {
    if (!seen) return;
    Json types = Json::array();
    auto add = [&](std::size_t count, const char* type) {
      if (count > 0) types.push_back(type);
    };
    add(seen->texts + seen->dates, "string");
    add(seen->reals > 0 ? 0 : seen->integers, "integer");
    add(seen->reals, "number");
    add(seen->booleans, "boolean");
    add(seen->lists, "array");
    add(seen->maps, "object");
    if (is_nullable || seen->nils > 0) types.push_back("null");
    json["type"] = types.size() == 1 ? types.front() : std::move(types);
    if (seen->maps > 0 && !field.fields.empty() && field.type == kObject) {
      add_map(json, field.fields, seen->members.get(), true, false);
    }
  }

  Json notes_of(const Field& field, const FieldTally* seen) const {
    Json notes = {{"type", schema::name_of(field.type)}};
    if (!field.collection.empty()) {
      notes["collection"] = field.collection;
      notes["entries"] = url_of_key(field.collection);
    }
    if (field.is_external) notes["external"] = true;
    if (is_moment(field)) notes["default"] = *field.initial->string();
    if (field.type == kDate && field.min) notes["min"] = schema::date_text(*field.min);
    if (field.type == kDate && field.max) notes["max"] = schema::date_text(*field.max);
    if (!field.options.empty()) add_options(notes, field);
    if (seen) add_values(notes, field, *seen);
    return notes;
  }

  void add_options(Json& notes, const Field& field) const {
    notes["options"] = Json::array();
    for (const schema::Option& option : field.options) {
      Json value = api::to_json(option.value);
      Json label = option.label;
      if (option.label.empty()) label = value.is_string() ? value : Json(value.dump());
      notes["options"].push_back({{"value", std::move(value)}, {"label", std::move(label)}});
    }
    if (!is_declared_) notes["is_open"] = true;
  }

  static void add_values(Json& notes, const Field& field, const FieldTally& seen) {
    bool is_of_items = field.type == kTags || field.type == kList;
    const FieldTally* counted = is_of_items ? seen.items.get() : &seen;
    notes["count"] = seen.count;
    if (!counted || field.type == kDate || field.type == kNumber || field.type == kMarkdown) return;
    auto used = schema::most_used(counted->values, kValuesShownMax);
    if (used.empty()) return;
    notes["values"] = Json::array();
    for (const schema::Used& one : used) {
      notes["values"].push_back({{"value", one.value}, {"count", one.count}});
    }
  }

  const bool is_declared_, is_draft_;
};

}  // namespace

std::string url_of_key(std::string_view key) {
  std::string path(kApiRoot);
  bool is_plain = key == "posts" || key == "drafts" || key == "pages" ||
                  key == schedule::kSpeakers || key.starts_with("data/");
  if (key == schedule::kSessions) return path + "/schedule/sessions";
  return path + (is_plain ? "/" : "/collections/") + http::percent_encode_path(key);
}

Json to_json(const FieldSchema& fields) {
  const schema::Schema& schema = fields.schema;
  Json json = {{"$schema", kSchemaOfSchemas},
               {"title", schema.label.empty() ? schema::title_of(schema.key) : schema.label}};
  if (!schema.help.empty()) json["description"] = schema.help;
  Json one = {{"type", "object"}};
  Writer writer(fields.is_declared, fields.is_draft);
  bool is_data = schema.key.starts_with("data/");
  writer.add_map(one, schema.fields, &fields.tally, schema.takes_others, !is_data);
  Json notes = {{"key", schema.key},
                {"from", fields.is_declared ? "declared" : "inferred"},
                {"of", is_data ? "/data" : "/front_matter"},
                {"shape", "object"},
                {"entries", fields.tally.entries}};
  if (schema.shape == schema::Shape::kList) {
    notes["shape"] = "list";
    json["type"] = "array";
    json["items"] = std::move(one);
  } else if (schema.shape == schema::Shape::kMap) {
    notes["shape"] = "map";
    json["type"] = "object";
    json["additionalProperties"] = std::move(one);
  } else {
    for (auto& [key, value] : one.items()) json[key] = std::move(value);
  }
  json["x-stet"] = std::move(notes);
  return json;
}

}  // namespace stet::api
