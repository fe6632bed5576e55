#include "tests/api/contract/described.h"

#include <algorithm>
#include <cctype>

#include "api/http/url.h"

namespace stet::api {
namespace {

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// What a header can be on the wire.
std::string as_field(std::string text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < ' '; });
  return text;
}

void carry(Wire wire, Asked& asked) {
  asked.headers["Content-Type"] = std::move(wire.type);
  asked.body = std::move(wire.bytes);
}

constexpr std::string_view kBoundary = "--of-the-test";

std::string form_of(const Json& body) {
  std::string form;
  auto add = [&](const std::string& name, const Json& value) {
    // What is uploaded has a file name.
    std::string file = name == "file" ? "; filename=\"note.txt\"" : "";
    form += "--" + std::string(kBoundary) + "\r\nContent-Disposition: form-data; name=\"" + name +
            "\"" + file + "\r\n\r\n" + text_of(value) + "\r\n";
  };
  if (!body.is_object()) return text_of(body);
  for (const auto& [name, value] : body.items()) {
    if (!value.is_array()) add(name, value);
    for (const Json& item : value.is_array() ? value : Json::array()) add(name, item);
  }
  return form + "--" + std::string(kBoundary) + "--\r\n";
}

}  // namespace

std::vector<Json> Operation::parameters_in(std::string_view where) const {
  std::vector<Json> found;
  for (const Json& parameter : json->value("parameters", Json::array())) {
    if (parameter["in"] == where) found.push_back(parameter);
  }
  return found;
}

Json Operation::content() const {
  const Json body = json->value("requestBody", Json::object());
  return body.value("content", Json::object());
}

bool Operation::takes(std::string_view way) const {
  for (const Json& one : json->value("security", Json::array())) {
    if (one.contains(way)) return true;
  }
  return false;
}

bool Operation::is_open() const {
  const Json security = json->value("security", Json::array());
  return security.empty() ||
         std::any_of(security.begin(), security.end(), [](const Json& way) { return way.empty(); });
}

std::vector<Operation> operations_of(const Json& document) {
  std::vector<Operation> operations;
  for (const auto& [path, methods] : document["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      operations.push_back({upper(method), path, &operation});
    }
  }
  return operations;
}

Wire wire_form(const Json& body, const std::string& media_type) {
  if (media_type.find("json") != std::string::npos) {
    return {media_type, body.dump(-1, ' ', false, Json::error_handler_t::replace)};
  }
  if (media_type == "multipart/form-data") {
    return {media_type + "; boundary=" + std::string(kBoundary), form_of(body)};
  }
  return {media_type == "*/*" ? "text/plain" : media_type, text_of(body)};
}

std::string filled(std::string target, const std::map<std::string, std::string>& chosen) {
  for (const auto& [name, value] : chosen) {
    std::size_t at = target.find("{" + name + "}");
    if (at != std::string::npos) target.replace(at, name.size() + 2, value);
  }
  return target;
}

Asked Requests::make(const Operation& operation, Extent extent, const std::string& media_type) {
  values_.begin(operation.id());
  Asked asked{.method = operation.method, .target = ""};
  asked.target = path_of(operation) + query_of(operation, extent);
  add_headers(operation, extent, asked);
  const Json content = operation.content();
  if (content.empty()) return asked;
  std::string type = media_type.empty() ? content.begin().key() : media_type;
  carry(wire_form(values_.make_body(content[type]["schema"]), type), asked);
  return asked;
}

std::string Requests::path_of(const Operation& operation,
                              const std::string& odd_one,
                              const std::string& odd) {
  chosen_.clear();
  std::string path, pattern = operation.path;
  for (std::size_t open; (open = pattern.find('{')) != std::string::npos;) {
    std::size_t close = pattern.find('}', open);
    path += pattern.substr(0, open);
    std::string parameter = pattern.substr(open + 1, close - open - 1);
    std::string list = path.substr(0, path.size() - 1);
    std::string value = parameter == odd_one ? odd : value_in(operation, list, parameter);
    chosen_[parameter] = value;
    path += value;
    pattern = pattern.substr(close + 1);
  }
  return http::percent_encode_path(path + pattern);
}

std::string Requests::value_in(const Operation& operation,
                               const std::string& list,
                               const std::string& parameter) {
  bool is_put = operation.method == "PUT";
  if (is_put && parameter == "name" && dice_.one_in(4)) {
    return dice_.any_of(hints_.at("new name"));
  }
  const std::vector<std::string>* hinted = find_hints(hints_, operation.id(), parameter);
  bool is_own = hints_.contains(operation.id() + "/" + parameter);
  if (is_own) return dice_.any_of(*hinted);
  if (auto found = found_in(list, parameter)) return *found;
  make_some(operation, list);
  if (auto found = found_in(list, parameter)) return *found;
  return hinted ? dice_.any_of(*hinted) : "sample";
}

// One of the items that a GET of what stands before the parameter lists.
std::optional<std::string> Requests::found_in(const std::string& list,
                                              const std::string& parameter) {
  Told told = ask_({.target = http::percent_encode_path(list)});
  Json json = told.status == 200 ? told.json() : Json();
  if (!json.is_object() || !json.contains("items") || !json["items"].is_array()) return {};
  std::vector<std::string> found;
  for (const Json& item : json["items"]) {
    for (const std::string& key :
         {parameter, std::string("id"), std::string("number"), std::string("name")}) {
      if (!item.is_object() || !item.contains(key)) continue;
      found.push_back(text_of(item[key]));
      break;
    }
  }
  if (found.empty()) return {};
  return dice_.any_of(found);
}

// By a POST to the list, where the document has one.
void Requests::make_some(const Operation& operation, const std::string& list) {
  for (const Operation& post : operations_of(document_)) {
    if (post.method != "POST" || filled(post.path, chosen_) != list) continue;
    const Json content = post.content();
    if (content.empty()) continue;
    for (int i = 0; i < 2; ++i) {
      values_.begin(post.id());
      std::string type = content.begin().key();
      Asked asked{.method = "POST", .target = http::percent_encode_path(list)};
      carry(wire_form(values_.make_body(content[type]["schema"]), type), asked);
      ask_(std::move(asked));
    }
  }
  values_.begin(operation.id());
}

std::string Requests::query_of(const Operation& operation, Extent extent) {
  std::string query;
  auto add = [&](const std::string& name, const std::string& value) {
    query += (query.empty() ? "?" : "&") + http::percent_encode(name) + "=" +
             http::percent_encode(value);
  };
  for (const Json& parameter : operation.parameters_in("query")) {
    std::string name = parameter["name"];
    bool is_filter = parameter.value("style", "") == "deepObject";
    bool is_wanted = extent == Extent::kSome && dice_.one_in(is_filter ? 2 : 4);
    bool is_needed = parameter.value("required", false) || (is_filter && operation.method != "GET");
    if (!is_needed && !is_wanted) continue;
    if (!is_filter) {
      add(name, text_of(values_.make(parameter["schema"], name)));
      continue;
    }
    static const std::vector<std::string> kKeys = {
        "[title]", "[tags]", "[date][gt]", "[a.b][in]", "[path][exists]"};
    std::string key = is_needed ? "[title][exists]" : dice_.any_of(kKeys);
    add(name + key, key.ends_with("[exists]") ? "true" : dice_.one_in(2) ? "b" : "2020-01-02");
  }
  return query;
}

void Requests::add_headers(const Operation& operation, Extent extent, Asked& asked) {
  for (const Json& parameter : operation.parameters_in("header")) {
    std::string name = parameter["name"];
    bool is_read = operation.method == "GET";
    if (name == "X-CSRF-Token") continue;  // the caller's own
    if (name == "If-Match") {
      bool is_other = extent == Extent::kSome && dice_.one_in(6);
      asked.headers[name] = is_other ? text_of(values_.make(parameter["schema"], name)) : "*";
    } else if (name == "Idempotency-Key") {
      if (dice_.one_in(8)) asked.headers[name] = "\"key " + std::to_string(++keys_) + "\"";
    } else if (extent == Extent::kSome && dice_.one_in(is_read ? 3 : 8)) {
      asked.headers[name] = as_field(text_of(values_.make(parameter["schema"], name)));
    }
  }
}

}  // namespace stet::api
