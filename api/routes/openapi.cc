#include "api/routes/openapi.h"

#include <algorithm>

#include "api/routes/leader.h"
#include "api/routes/route.h"

namespace stet::api {
namespace {

constexpr char kAbout[] =
    "Reads and writes a site whose database is a git repository. Every request needs a bearer "
    "token, or the session of somebody who is signed in (POST /session): then whatever is not a "
    "GET shows the session's csrf in X-CSRF-Token. A token that is somebody's may do what its "
    "scopes and their role both allow. But for reads of what is published, where the site allows "
    "them to all (stet: {api: {anonymous: true}} in its configuration). Every write is a commit, "
    "and is answered when its page is live (Prefer: wait, which is "
    "the default; Prefer: respond-async answers 202 after the commit, "
    "which is published at once, and in a storm of writes as soon as the last publication is done "
    "and five times as long, a second at most, has passed). Writes name the version "
    "that they know: If-Match with the ETag of a GET.\n\n"
    "JSON has no dates. They are shown as \"2020-10-12\" and times as "
    "\"2020-10-12 10:00:00 +0000\". A string becomes a date in the file where the file has a date "
    "under that key, so that an entry that is read and sent back changes no byte; and under the "
    "keys date, start, end, modified and last_modified_at, where the string is a day or a time "
    "with its offset. All other strings stay strings.";

// "/posts/{name...}" as OpenAPI writes it.
std::string template_of(const Route& route) {
  std::string pattern = route.pattern;
  if (std::size_t dots = pattern.find("...}"); dots != std::string::npos) pattern.erase(dots, 3);
  return pattern;
}

Json path_parameters(std::string_view pattern) {
  Json parameters = Json::array();
  for (std::size_t open; (open = pattern.find('{')) != std::string_view::npos;) {
    std::size_t close = pattern.find('}', open);
    std::string name(pattern.substr(open + 1, close - open - 1));
    pattern.remove_prefix(close + 1);
    bool is_rest = name.ends_with("...");
    if (is_rest) name.erase(name.size() - 3);
    Json parameter = {
        {"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}};
    if (is_rest) parameter["description"] = "slashes may stand as they are";
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

Json query_parameter(const QueryParameter& query) {
  Json schema = {{"type", query.type}};
  std::string name(query.name);
  bool is_map = name.ends_with("[]");
  if (is_map) {
    name.erase(name.size() - 2);
    Json by_operator = {{"type", "object"}, {"additionalProperties", {{"type", query.type}}}};
    schema = {{"type", "object"},
              {"additionalProperties",
               {{"anyOf", Json::array({{{"type", query.type}}, std::move(by_operator)})}}}};
  }
  Json parameter = {{"name", name},
                    {"in", "query"},
                    {"required", query.is_required},
                    {"description", query.description},
                    {"schema", std::move(schema)}};
  if (is_map) parameter["style"] = "deepObject";
  return parameter;
}

Json header_parameter(std::string_view name, bool is_required, std::string_view description) {
  return {{"name", name},
          {"in", "header"},
          {"required", is_required},
          {"description", description},
          {"schema", {{"type", "string"}}}};
}

Json parameters_of(const Route& route) {
  Json parameters = path_parameters(route.pattern);
  for (const QueryParameter& query : route.query) parameters.push_back(query_parameter(query));
  bool is_write = route.method != "GET";
  if (route.precondition != Precondition::kNone) {
    parameters.push_back(header_parameter(
        "If-Match", route.precondition == Precondition::kIfMatch, "the ETag of a GET, or *"));
  }
  if (route.precondition == Precondition::kIfMatchOrNone) {
    parameters.push_back(header_parameter("If-None-Match", false, "*: only if it is not there"));
  }
  if (is_write && !route.is_anonymous) {
    parameters.push_back(header_parameter(
        "X-CSRF-Token", false, "the session's csrf, where a session's cookie says who asks"));
  }
  if (is_write && !route.has_secret) {
    parameters.push_back(header_parameter(
        "Idempotency-Key",
        false,
        "a key of the client's making, in quotes: sent again within a day, with the same request, "
        "the first answer comes again, and nothing is done twice"));
  }
  if (route.is_entry_write) {
    parameters.push_back(
        header_parameter("Prefer", false, "wait (the default) or respond-async (RFC 7240)"));
  } else if (is_write) {
    return parameters;
  } else if (route.response_type.ends_with("json")) {
    parameters.push_back(header_parameter("If-None-Match", false, "ETags that the client has"));
  }
  return parameters;
}

Json content_of(std::string_view type, const std::string& schema) {
  Json reference = {{"$ref", "#/components/schemas/" + schema}};
  if (schema.empty()) reference = {{"type", "object"}};
  Json content = Json::object();
  content[std::string(type)] = {{"schema", std::move(reference)}};
  return content;
}

Json problem_of(std::string_view description) {
  return {{"description", description},
          {"content", content_of("application/problem+json", "Problem")}};
}

void add_write_responses(const Route& route, const Json& success, Json& responses) {
  if (route.status != 200) responses["200"] = success;  // of a dry run
  if (route.precondition == Precondition::kIfMatchOrNone) responses["201"] = success;
  responses["202"] = success;
  responses["409"] = problem_of("a conflict, by fields");
  responses["412"] = problem_of("it has changed, with the merge as a proposal");
}

// A parameter that names what may not be there.
bool names_in_query(const Route& route) {
  return std::any_of(route.query.begin(), route.query.end(), [](const QueryParameter& query) {
    return query.name == "ref" || query.name == "path" || query.name == "from" ||
           query.name == "url" || query.name == "since";
  });
}

Json responses_of(const Route& route) {
  bool is_write = route.method != "GET";
  bool is_json = route.response_type.ends_with("json");
  Json content = is_json ? content_of(route.response_type, route.response_schema) : Json::object();
  if (!is_json) content[std::string(route.response_type)] = {{"schema", {{"type", "string"}}}};
  if (!route.stream_type.empty()) {
    content[std::string(route.stream_type)] = {{"schema", {{"type", "string"}}}};
  }
  Json success = {{"description", route.is_entry_write ? "done and live" : "the answer"},
                  {"content", std::move(content)}};
  Json responses = Json::object();
  responses[std::to_string(route.status)] = success;
  if (route.is_entry_write) add_write_responses(route, success, responses);
  if (!is_write && is_json) responses["304"] = {{"description", "the client has it"}};
  if (route.id == "publish_change") {
    responses["202"] = success;
    responses["202"]["description"] = "it has a set time, and is not live yet";
  }
  if (is_of_leader(route)) {
    responses["307"] = {
        {"description", "this server follows another, which takes writes"},
        {"headers", {{"Location", {{"schema", {{"type", "string"}, {"format", "uri"}}}}}}},
        {"content", content_of("application/json", "Leader")}};
  }
  responses["400"] = problem_of("not well-formed");
  if (!route.is_anonymous || route.takes_password) {
    responses["401"] = problem_of(route.is_anonymous ? "wrong, or a code is needed as well"
                                                     : "no valid token, and nobody is signed in");
  }
  bool is_refused = route.scope || route.needs_some_write || is_write || route.needs_session;
  if (is_refused) responses["403"] = problem_of("the token lacks a scope, or the role is another");
  if (route.is_return_address) {
    responses["403"] = success;
    responses["403"]["description"] = "nobody has come in; the page goes on all the same";
  }
  responses["429"] = problem_of(route.takes_password ? "too many wrong passwords: wait"
                                                     : "more quickly than the limits let: wait");
  bool names_something = route.pattern.find('{') != std::string::npos;
  if (route.id == "events") {
    responses["409"] = problem_of("history was rewritten: go on from base");
    responses["410"] = problem_of("too long ago: read the entries anew, and go on from head");
    responses["429"] = problem_of("too many streams of one person or address");
  }
  bool may_be_absent = route.id == "remote";  // without an upstream
  if (names_something || is_write || may_be_absent || names_in_query(route)) {
    responses["404"] = problem_of("not there");
  }
  bool reads_entry = !is_write && route.resource && names_something;
  if (reads_entry) responses["409"] = problem_of("several have this name, or it cannot be read");
  if (is_write && !route.is_entry_write) responses["409"] = problem_of("it is so already");
  if (!route.request_type.empty()) {
    responses["413"] = problem_of("more than is taken");
    responses["415"] = problem_of("another media type is needed");
  }
  if (is_write) responses["422"] = problem_of("fields are wrong, by pointers");
  bool asks_version = route.precondition != Precondition::kNone || route.id == "make_commit" ||
                      route.id == "move_sessions";
  if (asks_version) responses["428"] = problem_of("no If-Match");
  responses["503"] = problem_of("not now");
  if (is_write) responses["507"] = problem_of("the disk is full");
  return responses;
}

// Any one of them will do.
std::vector<auth::Scope> scopes_of(const Route& route) {
  if (route.scope) return {*route.scope};
  if (!route.needs_some_write) return {};
  return {auth::Scope::kPostsWrite, auth::Scope::kScheduleWrite, auth::Scope::kThemeWrite};
}

Json security_of(const Route& route) {
  Json security = Json::array();
  if (route.is_anonymous) return security;
  for (auth::Scope scope : scopes_of(route)) {
    security.push_back({{"token", Json::array({auth::name_of(scope)})}});
  }
  if (security.empty() && !route.needs_session) security.push_back({{"token", Json::array()}});
  security.push_back({{"session", Json::array()}});
  // Without either, where the site allows it.
  if (route.may_be_public) security.push_back(Json::object());
  return security;
}

Json operation_of(const Route& route) {
  Json operation = {
      {"operationId", route.id}, {"summary", route.summary}, {"parameters", parameters_of(route)}};
  if (!route.request_type.empty()) {
    Json content = content_of(route.request_type, route.request_schema);
    if (route.takes_bytes) {
      content["*/*"] = {{"schema", {{"type", "string"}, {"contentMediaType", "*/*"}}}};
    }
    if (route.takes_json_patch) content.update(content_of(kJsonPatchType, "JsonPatch"));
    operation["requestBody"] = {{"required", true}, {"content", std::move(content)}};
  }
  if (route.deprecated_at != 0) operation["deprecated"] = true;
  operation["responses"] = responses_of(route);
  operation["security"] = security_of(route);
  return operation;
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

}  // namespace

Json openapi_document(std::string_view version) {
  Json paths = Json::object();
  for (const Route& route : routes()) {
    paths[template_of(route)][lower(route.method)] = operation_of(route);
  }
  return {{"openapi", "3.1.0"},
          {"jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema"},
          {"info", {{"title", "stet"}, {"version", version}, {"description", kAbout}}},
          {"servers", Json::array({{{"url", "/"}}})},
          {"paths", std::move(paths)},
          {"components",
           {{"schemas", schemas()},
            {"securitySchemes",
             {{"token", {{"type", "http"}, {"scheme", "bearer"}}},
              {"session",
               {{"type", "apiKey"},
                {"in", "cookie"},
                {"name", "__Host-stet"},
                {"description", "without TLS the cookie's name is stet"}}}}}}}};
}

Answer read_openapi(const Call& call) {
  return tagged_response(call, openapi_document(call.backend.version));
}

}  // namespace stet::api
