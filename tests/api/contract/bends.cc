#include "tests/api/contract/bends.h"

#include <algorithm>

#include "api/http/url.h"

namespace stet::api {
namespace {

constexpr std::size_t kPlacesMax = 60;
constexpr std::string_view kUnknown = "zzz";

void add_to_query(Asked& asked, const std::string& name, const std::string& value) {
  asked.target += (asked.target.find('?') == std::string::npos ? "?" : "&") +
                  http::percent_encode(name) + "=" + http::percent_encode(value);
}

std::string escaped_member(std::string name) {
  for (std::size_t at = 0; (at = name.find_first_of("~/", at)) != std::string::npos; at += 2) {
    name.replace(at, 1, name[at] == '~' ? "~0" : "~1");
  }
  return name;
}

std::string shown(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace).substr(0, 120);
}

// With slashes it may be the path of another operation.
bool takes_slashes(const Json& parameter) { return parameter.contains("description"); }

}  // namespace

void Bends::add_places(const Json& value,
                       const std::string& at,
                       std::vector<std::string>& places) const {
  if (places.size() >= kPlacesMax) return;
  places.push_back(at);
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      add_places(member, at + "/" + escaped_member(key), places);
    }
  } else if (value.is_array() && !value.empty()) {
    add_places(value[0], at + "/0", places);
  }
}

void Bends::add_bent_at(const Json& body, const std::string& place, std::vector<Json>& bent) {
  const Json::json_pointer pointer(place);
  auto add = [&](const Json& other) {
    Json changed = body;
    changed[pointer] = other;
    bent.push_back(std::move(changed));
  };
  const Json& value = body[pointer];
  add(nullptr);
  add(value.is_string() ? Json(-1) : Json("text"));
  add(value.is_boolean() ? Json(1.5e300) : Json(true));
  add(value.is_array() ? Json::object({{"x", 1}}) : Json::array({1}));
  if (value.is_string()) {
    add(values_.odd_text());
    add(std::string(dice_.one_in(2) ? 100'000 : 300, 'a'));
  }
  if (!value.is_object()) return;
  Json more = body;
  more[pointer][std::string(kUnknown)] = values_.odd_text();
  bent.push_back(std::move(more));
  for (const auto& [key, unused] : value.items()) {
    Json less = body;
    less[pointer].erase(key);
    bent.push_back(std::move(less));
  }
}

std::vector<Bend> Bends::of_body(const Json& body,
                                 const Json& schema,
                                 const std::string& media_type,
                                 std::size_t most) {
  std::vector<std::string> places;
  add_places(body, "", places);
  std::vector<Json> bent;
  for (const std::string& place : places) add_bent_at(body, place, bent);
  std::vector<Bend> bends;
  // Spread over all places, and others with another seed.
  std::size_t stride = bent.size() / most + 1;
  for (std::size_t i = dice_.roll(stride); i < bent.size(); i += stride) {
    // Of a form only JSON says which type a value has.
    bool is_json = media_type.find("json") != std::string::npos;
    std::string fault = is_json ? check_.fault_of(bent[i], schema) : "";
    std::string wire = wire_form(bent[i], media_type).bytes;
    bends.push_back({.what = "the body is " + shown(bent[i]) +
                             (fault.empty() ? "" : ", of which the document says: " + fault),
                     .must_be_refused = !fault.empty(),
                     .apply = [wire](Asked& asked) { asked.body = wire; }});
  }
  return bends;
}

std::vector<Bend> Bends::of_media_type(const Operation& operation) const {
  const Json content = operation.content();
  if (content.empty() || content.contains("*/*")) return {};
  std::vector<Bend> bends;
  bends.push_back({"another media type", true, [](Asked& asked) {
                     asked.headers["Content-Type"] = "text/x-other";
                   }});
  bends.push_back(
      {"no media type", true, [](Asked& asked) { asked.headers.erase("Content-Type"); }});
  bool is_json = content.begin().key().find("json") != std::string::npos;
  if (!is_json) return bends;
  for (const char* text : {"", "{", "{\"a\": 1, \"a\": 2}", "\xff\xfe", "[[[[[[[["}) {
    bends.push_back({"the body is no JSON: " + std::string(text), true, [text](Asked& asked) {
                       asked.body = text;
                     }});
  }
  return bends;
}

std::vector<Bend> Bends::of_query(const Operation& operation) {
  std::vector<Bend> bends;
  // A provider may send browsers back with whatever it likes.
  bool takes_all = operation.path.ends_with("/callback");
  bends.push_back({"an unknown parameter", !takes_all, [](Asked& asked) {
                     add_to_query(asked, std::string(kUnknown), "1");
                   }});
  for (const Json& parameter : operation.parameters_in("query")) {
    const std::string name = parameter["name"];
    const Json& schema = parameter["schema"];
    bool is_typed = schema["type"] == "integer" || schema["type"] == "boolean";
    std::vector<std::pair<std::string, bool>> texts = {
        {"no such " + std::string(kUnknown), is_typed},
        {values_.odd_text(), false},
        {values_.odd_text(), false}};
    for (const auto& [text, is_wrong] : texts) {
      std::string key = schema["type"] == "object" ? name + "[" + text.substr(0, 20) + "]" : name;
      bends.push_back({name + " is '" + text.substr(0, 60) + "'",
                       is_wrong,
                       [key, text](Asked& asked) { add_to_query(asked, key, text); }});
    }
    if (!parameter.value("required", false)) continue;
    bends.push_back({"no " + name, true, [](Asked& asked) {
                       asked.target.resize(std::min(asked.target.find('?'), asked.target.size()));
                     }});
  }
  return bends;
}

std::vector<Bend> Bends::of_headers(const Operation& operation) {
  std::vector<Bend> bends;
  for (const Json& parameter : operation.parameters_in("header")) {
    const std::string name = parameter["name"];
    std::string text = values_.odd_text();
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < ' '; });
    bends.push_back({name + " is '" + text.substr(0, 60) + "'", false, [name, text](Asked& asked) {
                       asked.headers[name] = text;
                     }});
    if (!parameter.value("required", false)) continue;
    bends.push_back({"no " + name, true, [name](Asked& asked) { asked.headers.erase(name); }});
  }
  return bends;
}

std::vector<Bend> Bends::of_path(const Operation& operation, Requests& requests) {
  std::vector<Bend> bends;
  for (const Json& parameter : operation.parameters_in("path")) {
    const std::string name = parameter["name"];
    for (int i = 0; i < 3; ++i) {
      std::string odd = values_.odd_text();
      if (!takes_slashes(parameter)) std::erase(odd, '/');
      if (odd.empty()) odd = "%";
      auto apply = [&requests, operation, name, odd](Asked& asked) {
        std::string query =
            asked.target.substr(std::min(asked.target.find('?'), asked.target.size()));
        asked.target = requests.path_of(operation, name, odd) + query;
      };
      bends.push_back({name + " of the path is '" + odd.substr(0, 60) + "'", false, apply});
    }
  }
  return bends;
}

}  // namespace stet::api
