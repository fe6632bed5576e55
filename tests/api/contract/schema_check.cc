#include "tests/api/contract/schema_check.h"

#include <regex>
#include <set>

namespace stet::api {
namespace {

const std::set<std::string> kKnown = {"$ref",
                                      "type",
                                      "enum",
                                      "const",
                                      "properties",
                                      "required",
                                      "items",
                                      "anyOf",
                                      "oneOf",
                                      "allOf",
                                      "minimum",
                                      "maximum",
                                      "minItems",
                                      "maxItems",
                                      "pattern",
                                      "format",
                                      "description",
                                      "default",
                                      "minLength",
                                      "maxLength",
                                      "examples",
                                      "title",
                                      "deprecated",
                                      "additionalProperties",
                                      "minProperties",
                                      "contentMediaType",
                                      "contentEncoding",
                                      "propertyNames"};

bool is_of_type(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "null") return value.is_null();
  if (type == "number") return value.is_number();
  bool is_whole = value.is_number_float() && value.get<double>() == std::floor(value.get<double>());
  return type == "integer" && (value.is_number_integer() || is_whole);
}

bool fits_type(const Json& value, const Json& type) {
  if (type.is_string()) return is_of_type(value, type.get<std::string>());
  for (const Json& one : type) {
    if (is_of_type(value, one.get<std::string>())) return true;
  }
  return false;
}

std::string shown(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace).substr(0, 80);
}

std::size_t characters(const std::string& text) {
  std::size_t count = 0;
  for (unsigned char c : text) count += (c & 0xc0) != 0x80;
  return count;
}

}  // namespace

const Json& SchemaCheck::resolved(const Json& schema) const {
  const Json* found = &schema;
  while (found->is_object() && found->contains("$ref")) {
    std::string pointer = (*found)["$ref"].get<std::string>().substr(1);
    found = &document_.at(Json::json_pointer(pointer));
  }
  return *found;
}

std::string SchemaCheck::fault_of(const Json& value, const Json& schema) const {
  return check(value, schema, "");
}

std::string SchemaCheck::check(const Json& value,
                               const Json& reference,
                               const std::string& at) const {
  const Json& schema = resolved(reference);
  for (const auto& [keyword, unused] : schema.items()) {
    if (!kKnown.contains(keyword)) return "the schema has the keyword " + keyword;
  }
  std::string fault = check_scalar(value, schema, at);
  if (fault.empty()) fault = check_branches(value, schema, at);
  if (fault.empty() && value.is_object()) fault = check_members(value, schema, at);
  if (!fault.empty() || !value.is_array() || !schema.contains("items")) return fault;
  for (std::size_t i = 0; i < value.size() && fault.empty(); ++i) {
    fault = check(value[i], schema["items"], at + "/" + std::to_string(i));
  }
  return fault;
}

std::string SchemaCheck::check_scalar(const Json& value,
                                      const Json& schema,
                                      const std::string& at) const {
  std::string is = at + " is " + shown(value);
  if (schema.contains("type") && !fits_type(value, schema["type"])) {
    return is + ", and no " + schema["type"].dump();
  }
  if (schema.contains("const") && value != schema["const"]) return is + ", not the constant";
  if (schema.contains("enum")) {
    const Json& allowed = schema["enum"];
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
      return is + ", and none of " + allowed.dump();
    }
  }
  if (value.is_number()) {
    if (schema.contains("minimum") && value < schema["minimum"]) return is + ": too small";
    if (schema.contains("maximum") && value > schema["maximum"]) return is + ": too large";
  }
  if (value.is_array()) {
    if (schema.contains("minItems") && value.size() < schema["minItems"]) return is + ": few items";
    if (schema.contains("maxItems") && value.size() > schema["maxItems"]) return is + ": many";
  }
  if (!value.is_string()) return "";
  const std::string& text = value.get_ref<const std::string&>();
  if (schema.contains("minLength") && characters(text) < schema["minLength"]) return is + ": short";
  if (schema.contains("maxLength") && characters(text) > schema["maxLength"]) return is + ": long";
  bool is_other = schema.contains("pattern") &&
                  !std::regex_search(text, std::regex(schema["pattern"].get<std::string>()));
  return is_other ? is + ", and not of the pattern" : "";
}

std::string SchemaCheck::check_branches(const Json& value,
                                        const Json& schema,
                                        const std::string& at) const {
  // What a branch does not name another may: closed is the whole.
  const SchemaCheck open(document_, false);
  for (const Json& one : schema.value("allOf", Json::array())) {
    std::string fault = open.check(value, one, at);
    if (!fault.empty()) return fault;
  }
  for (const char* keyword : {"anyOf", "oneOf"}) {
    if (!schema.contains(keyword)) continue;
    std::size_t fits = 0;
    std::string faults;
    for (const Json& one : schema[keyword]) {
      std::string fault = check(value, one, at);
      fits += fault.empty() ? 1 : 0;
      faults += fault.empty() ? "" : "; " + fault;
    }
    bool is_one = std::string(keyword) == "oneOf" ? fits == 1 : fits > 0;
    if (!is_one) return at + " fits " + std::to_string(fits) + " of " + keyword + faults;
  }
  return "";
}

std::string SchemaCheck::check_members(const Json& value,
                                       const Json& schema,
                                       const std::string& at) const {
  for (const Json& name : schema.value("required", Json::array())) {
    if (!value.contains(name.get<std::string>())) return at + " lacks " + name.dump();
  }
  if (schema.contains("minProperties") && value.size() < schema["minProperties"]) {
    return at + " has too few members";
  }
  const Json properties = schema.value("properties", Json::object());
  for (const auto& [key, member] : value.items()) {
    std::string place = at + "/" + key, fault;
    if (properties.contains(key)) {
      fault = check(member, properties[key], place);
    } else if (schema.contains("additionalProperties")) {
      const Json& others = schema["additionalProperties"];
      if (others == Json(false)) fault = place + " may not be there";
      if (others.is_object()) fault = check(member, others, place);
    }
    if (!fault.empty()) return fault;
  }
  return is_closed_ ? check_closed(value, schema, at) : "";
}

bool SchemaCheck::add_names(const Json& reference, const Json& value, Json& names) const {
  const Json& schema = resolved(reference);
  if (schema.contains("additionalProperties")) return false;
  if (schema.contains("properties")) names.update(schema["properties"]);
  for (const char* keyword : {"allOf", "anyOf", "oneOf"}) {
    for (const Json& one : schema.value(keyword, Json::array())) {
      bool counts = std::string(keyword) == "allOf" || check(value, one, "").empty();
      if (counts && !add_names(one, value, names)) return false;
    }
  }
  return true;
}

std::string SchemaCheck::check_closed(const Json& value,
                                      const Json& schema,
                                      const std::string& at) const {
  Json names = Json::object();
  if (!add_names(schema, value, names) || names.empty()) return "";
  for (const auto& [key, unused] : value.items()) {
    if (!names.contains(key)) return at + "/" + key + " is in no schema";
  }
  return "";
}

}  // namespace stet::api
