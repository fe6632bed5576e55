#include "api/routes/route.h"

#include "api/http/response_head.h"
#include "api/http/url.h"
#include "api/routes/route_table.h"

namespace stet::api {
namespace {

std::string_view literal_beginning(std::string_view pattern) {
  return pattern.substr(0, pattern.find('{'));
}

// None where the pattern does not fit the path.
std::optional<std::vector<std::pair<std::string, std::string>>> fit(std::string_view pattern,
                                                                    std::string_view path) {
  std::vector<std::pair<std::string, std::string>> parameters;
  while (true) {
    std::string_view literal = literal_beginning(pattern);
    if (!path.starts_with(literal)) return std::nullopt;
    path.remove_prefix(literal.size());
    pattern.remove_prefix(literal.size());
    if (pattern.empty()) {
      if (!path.empty()) return std::nullopt;
      return parameters;
    }
    std::size_t close = pattern.find('}');
    std::string_view name = pattern.substr(1, close - 1);
    pattern.remove_prefix(close + 1);
    bool is_rest = name.ends_with("...");
    if (is_rest) name.remove_suffix(3);
    std::string_view value = is_rest ? path : path.substr(0, path.find('/'));
    if (value.empty() || (is_rest && value.ends_with('/'))) return std::nullopt;
    parameters.emplace_back(name, value);
    path.remove_prefix(value.size());
  }
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> table = make_routes();
  return table;
}

Match match_route(std::string_view method, std::string_view path) {
  if (method == "HEAD") method = "GET";
  Match match;
  std::string_view pattern;
  for (const Route& route : routes()) {
    std::string_view literal = literal_beginning(route.pattern);
    if (literal.size() < literal_beginning(pattern).size()) continue;
    if (!path.starts_with(literal)) continue;
    auto parameters = fit(route.pattern, path);
    if (!parameters) continue;
    if (route.pattern != pattern) {
      pattern = route.pattern;
      match = {};
    }
    match.allowed.push_back(route.method);
    if (route.method != method) continue;
    match.route = &route;
    match.parameters = std::move(*parameters);
  }
  return match;
}

std::string accepted_types(const Route& route) {
  std::string types(route.request_type);
  if (route.takes_bytes) types += ", */*";
  if (route.takes_json_patch) types += ", " + std::string(kJsonPatchType);
  return types;
}

std::string_view accepting_field(std::string_view method) {
  if (method == "PATCH") return "Accept-Patch";
  return method == "POST" ? "Accept-Post" : "Accept";
}

void add_retirement(const Route& route, http::Headers& headers) {
  if (route.deprecated_at == 0) return;
  headers.add("Deprecation", "@" + std::to_string(route.deprecated_at));
  if (route.sunset_at != 0) headers.add("Sunset", http::http_date({route.sunset_at}));
  headers.add("Link", "</docs/deprecation>; rel=\"deprecation\"; type=\"text/html\"");
}

std::string allow_field(const std::vector<std::string_view>& methods) {
  std::string allow;
  for (std::string_view method : methods) {
    if (!allow.empty()) allow += ", ";
    allow += method;
    if (method == "GET") allow += ", HEAD";
  }
  return allow;
}

std::string entry_url(const change::Resource& resource,
                      std::string_view label,
                      std::string_view name) {
  std::string path = std::string(kApiRoot) + "/" + std::string(resource.name);
  if (resource.has_label()) path += "/" + std::string(label);
  if (!resource.is_single()) path += "/" + std::string(name);
  return http::percent_encode_path(path);
}

}  // namespace stet::api
