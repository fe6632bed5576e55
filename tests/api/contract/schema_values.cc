#include "tests/api/contract/schema_values.h"

#include <algorithm>
#include <set>

namespace stet::api {
namespace {

constexpr int kDepthMax = 4;
constexpr int kTextsTried = 20;  // until one fits

const std::vector<std::string> kTexts = {
    "x", "2020-01-02", "A title", "b", "about", "Ünïcode 日本"};

const std::vector<std::string> kOddTexts = {
    "",
    " ",
    "../../etc/passwd",
    "a/b/c",
    "null",
    "%",
    "{{ x }}{% y",
    "---\na: [",
    std::string("nul\0byte", 8),
    "\xef\xbf\xbd",
    "line\r\nX: y",
    std::string(3000, 'a'),
    "-1",
    "99999999999999999999999",
    "1e400",
    "0000000000000000000000000000000000000001",
    "*",
    "\"",
    "a,b,,c",
    "2020-13-45",
};

}  // namespace

std::string SchemaValues::odd_text() { return dice_.any_of(kOddTexts); }

const std::vector<std::string>* find_hints(const Hints& hints,
                                           const std::string& operation,
                                           const std::string& name) {
  auto found = hints.find(operation + "/" + name);
  if (found == hints.end()) found = hints.find(name);
  return found == hints.end() ? nullptr : &found->second;
}

Json SchemaValues::make_text(const std::string& name) {
  const std::vector<std::string>* hints = find_hints(hints_, operation_, name);
  if (hints && !dice_.one_in(12)) return dice_.any_of(*hints);
  return dice_.any_of(kTexts);
}

Json SchemaValues::make_body(const Json& schema) {
  auto hints = hints_.find(operation_ + "/");
  if (hints != hints_.end() && !dice_.one_in(4)) return Json::parse(dice_.any_of(hints->second));
  return make(schema);
}

Json SchemaValues::make_whole(const Json& schema) {
  is_whole_ = true;
  Json made = make(schema);
  is_whole_ = false;
  return made;
}

// Members about conflicts mean something only where there is one.
bool SchemaValues::is_wanted(const std::string& key, bool is_needed, int depth) {
  static const std::set<std::string> kSeldom = {
      "if_none_match", "label", "message", "resolutions", "seen", "head", "base", "code"};
  if (is_needed || is_whole_) return is_needed || depth < kDepthMax;
  return depth < kDepthMax && dice_.one_in(kSeldom.contains(key) ? 8 : 2);
}

Json SchemaValues::make(const Json& reference, const std::string& name, int depth) {
  const Json& schema = check_.resolved(reference);
  if (schema.contains("const")) return schema["const"];
  if (schema.contains("enum")) return dice_.any_of(schema["enum"]);
  for (const char* keyword : {"anyOf", "oneOf"}) {
    if (schema.contains(keyword)) return make(dice_.any_of(schema[keyword]), name, depth);
  }
  if (schema.contains("allOf")) {
    Json all = Json::object();
    for (const Json& one : schema["allOf"]) {
      Json made = make(one, name, depth);
      if (made.is_object()) all.update(made);
    }
    return all;
  }
  static const std::vector<std::string> kTypes = {"object", "string", "integer", "array", "null"};
  Json type = schema.contains("type") ? schema["type"] : Json(dice_.any_of(kTypes));
  if (type.is_array()) type = dice_.any_of(type);
  if (type == "object") return make_object(schema, depth);
  if (type == "array") {
    Json list = Json::array();
    std::size_t least = schema.value("minItems", std::size_t{0});
    std::size_t size = depth > kDepthMax ? least : least + dice_.roll(3) + (is_whole_ ? 1 : 0);
    for (std::size_t i = 0; i < size; ++i) {
      list.push_back(make(schema.value("items", Json::object()), name, depth + 1));
    }
    return list;
  }
  if (type == "integer" || type == "number") {
    std::int64_t least = schema.value("minimum", std::int64_t{0});
    std::int64_t most = schema.value("maximum", least + 30);
    return least +
           static_cast<std::int64_t>(dice_.roll(static_cast<std::uint64_t>(most - least) + 1));
  }
  if (type == "boolean") return dice_.one_in(2);
  if (type == "null") return nullptr;
  Json text = make_text(name);
  for (int i = 0; i < kTextsTried && !check_.fault_of(text, schema).empty(); ++i) {
    text = make_text(name);
  }
  return text;
}

Json SchemaValues::make_object(const Json& schema, int depth) {
  Json object = Json::object();
  const Json required = schema.value("required", Json::array());
  const Json properties = schema.value("properties", Json::object());
  for (const auto& [key, member] : properties.items()) {
    bool is_needed = std::find(required.begin(), required.end(), key) != required.end();
    if (is_wanted(key, is_needed, depth)) object[key] = make(member, key, depth + 1);
  }
  const Json others = schema.value("additionalProperties", Json());
  bool is_free = !schema.contains("properties") && (!others.is_object() || others.empty()) &&
                 others != Json(false);
  if (is_free) {
    object["title"] = make_text("title");
    if (dice_.one_in(2)) object["tags"] = Json::array({"b", "c"});
  } else if (others.is_object() && !others.empty()) {
    for (std::uint64_t i = dice_.roll(2); i > 0; --i) {
      object["key" + std::to_string(i)] = make(others, "", depth + 1);
    }
  }
  return object;
}

}  // namespace stet::api
