// The OpenAPI document has every route and every parameter of the table, and no other.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "api/routes/openapi.h"
#include "api/routes/route.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

void collect_references(const Json& json, std::set<std::string>& references) {
  if (json.is_object()) {
    for (const auto& [key, value] : json.items()) {
      if (key == "$ref") references.insert(value.get<std::string>());
      collect_references(value, references);
    }
  } else if (json.is_array()) {
    for (const Json& item : json) collect_references(item, references);
  }
}

TEST(OpenApi, EveryRouteIsInItAndNoOther) {
  Json document = openapi_document("1.2.3");
  EXPECT_EQ(document["openapi"], "3.1.0");
  EXPECT_EQ(document["info"]["version"], "1.2.3");
  std::set<std::string> in_document, in_table, ids;
  for (const auto& [path, operations] : document["paths"].items()) {
    for (const auto& [method, operation] : operations.items()) {
      in_document.insert(method + " " + path);
      ids.insert(operation["operationId"].get<std::string>());
    }
  }
  for (const Route& route : routes()) {
    std::string path = route.pattern, method = route.method;
    if (std::size_t at = path.find("...}"); at != std::string::npos) path.erase(at, 3);
    for (char& c : method) c = static_cast<char>(std::tolower(c));
    in_table.insert(method + " " + path);
  }
  EXPECT_EQ(in_document, in_table);
  EXPECT_EQ(in_table.size(), routes().size());
  EXPECT_EQ(ids.size(), routes().size()) << "two operations have one id";
}

TEST(OpenApi, EveryPathParameterIsDeclared) {
  Json document = openapi_document("1");
  for (const auto& [path, operations] : document["paths"].items()) {
    std::set<std::string> in_path;
    for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{', at + 1)) {
      in_path.insert(path.substr(at + 1, path.find('}', at) - at - 1));
    }
    for (const auto& [method, operation] : operations.items()) {
      std::set<std::string> declared;
      for (const Json& parameter : operation["parameters"]) {
        if (parameter["in"] == "path") declared.insert(parameter["name"].get<std::string>());
      }
      EXPECT_EQ(declared, in_path) << method << " " << path;
    }
  }
}

TEST(OpenApi, EverySchemaIsThereAndIsUsed) {
  Json document = openapi_document("1");
  std::set<std::string> references, defined;
  collect_references(document, references);
  for (const auto& [name, schema] : document["components"]["schemas"].items()) {
    defined.insert("#/components/schemas/" + name);
  }
  EXPECT_EQ(references, defined);
}

// Enough of JSON Schema for our own: type, properties, required, items, $ref, anyOf, const, enum.
bool is_valid(const Json& value, const Json& schema, std::string& why, const std::string& place);

bool is_of_type(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  return type == "null" && value.is_null();
}

bool fits_type(const Json& value, const Json& type) {
  if (type.is_string()) return is_of_type(value, type.get<std::string>());
  for (const Json& one : type) {
    if (is_of_type(value, one.get<std::string>())) return true;
  }
  return false;
}

bool fits_object(const Json& value,
                 const Json& schema,
                 std::string& why,
                 const std::string& place) {
  for (const Json& name : schema.value("required", Json::array())) {
    if (value.contains(name.get<std::string>())) continue;
    why = place + " lacks " + name.get<std::string>();
    return false;
  }
  if (!schema.contains("properties")) return true;
  for (const auto& [key, member] : value.items()) {
    if (!schema["properties"].contains(key)) {
      why = place + "/" + key + " is in no schema";
      return false;
    }
    if (!is_valid(member, schema["properties"][key], why, place + "/" + key)) return false;
  }
  return true;
}

bool is_valid(const Json& value, const Json& schema, std::string& why, const std::string& place) {
  if (schema.contains("$ref")) {
    std::string name = schema["$ref"].get<std::string>();
    return is_valid(value, schemas()[name.substr(name.rfind('/') + 1)], why, place);
  }
  if (schema.contains("anyOf")) {
    for (const Json& one : schema["anyOf"]) {
      if (is_valid(value, one, why, place)) return true;
    }
    return false;
  }
  why = place + " is " + value.dump().substr(0, 60);
  if (schema.contains("const") && value != schema["const"]) return false;
  if (schema.contains("type") && !fits_type(value, schema["type"])) return false;
  if (value.is_object() && !fits_object(value, schema, why, place)) return false;
  if (!value.is_array() || !schema.contains("items")) return true;
  for (const Json& item : value) {
    if (!is_valid(item, schema["items"], why, place + "/-")) return false;
  }
  return true;
}

struct Row {
  Asked asked;
  const char* schema;
};

void expect_schema(World& world, const Row& row) {
  Told told = world.api(row.asked);
  std::string why;
  Json json = told.json();
  ASSERT_FALSE(json.is_discarded()) << row.asked.target;
  EXPECT_TRUE(is_valid(json, schemas()[row.schema], why, ""))
      << row.asked.method << " " << row.asked.target << ": " << why;
}

TEST(OpenApi, AnswersAboutPeopleAreAsTheirSchemasSay) {
  World world;
  auto jo = world.person("jo", auth::Role::kEditor);
  auto session = world.signed_in("jo");
  for (const Row& row : {Row{{"GET", "/account"}, "Account"},
                         Row{{"GET", "/users"}, "UserList"},
                         Row{{"GET", "/users/" + jo.id}, "User"},
                         Row{{"GET", "/tokens"}, "TokenList"},
                         Row{{"GET", "/audit"}, "Audit"},
                         Row{{"GET", "/account", "", session}, "Account"},
                         Row{{"GET", "/session", "", session}, "Session"},
                         Row{{"GET", "/account/sessions", "", session}, "SessionList"},
                         Row{{"GET", "/account/tokens", "", session}, "TokenList"},
                         Row{{"POST",
                              "/account/tokens",
                              R"({"name": "x", "scopes": ["content:read"], "days": 1})",
                              session},
                             "TokenWithSecret"}}) {
    expect_schema(world, row);
  }
}

TEST(OpenApi, AnswersAreAsTheirSchemasSay) {
  World world;
  std::string commit = world.head();
  std::map<std::string, std::string> match = {{"If-Match", "*"}};
  for (const Row& row :
       {Row{{"GET", "/posts?limit=1&expand=url,html,excerpt,related,problems,derived"},
            "EntryList"},
        Row{{"GET", "/posts/2020-01-01-first?expand=url,html,excerpt,related,problems,derived"},
            "Entry"},
        Row{{"GET", "/posts?filter[title][contains]=i&sort=-title&ref=main"}, "EntryList"},
        Row{{"GET", "/pages"}, "EntryList"},
        Row{{"GET", "/drafts"}, "EntryList"},
        Row{{"GET", "/files?expand=url"}, "FileList"},
        Row{{"GET", "/files/_config.yml"}, "File"},
        Row{{"GET", "/data?fields=path,data"}, "DataList"},
        Row{{"GET", "/config"}, "Data"},
        Row{{"GET", "/history?path=about.md"}, "History"},
        Row{{"GET", "/versions/" + commit + "?path=about.md"}, "Version"},
        Row{{"GET", "/versions/main?path=_config.yml"}, "Version"},
        Row{{"GET", "/versions/main?path=_layouts/default.html"}, "Version"},
        Row{{"GET", "/diff?from=main"}, "Diff"},
        Row{{"POST",
             "/commits",
             R"({"actions": [{"action": "create", "path": "x.txt", "content": "x"},
                             {"action": "move", "path": "about.md", "if_match": "*",
                              "to": "on.md"}]})"},
            "CommitAnswer"},
        Row{{"POST", "/revert?dry_run=1", R"({"commit": "main"})"}, "CommitAnswer"},
        Row{{"POST", "/commits", R"({"actions": [{"action": "delete", "path": "x.txt"}]})"},
            "Problem"},
        Row{{"GET", "/status"}, "Status"},
        Row{{"GET", "/explain?url=/first/"}, "Explanation"},
        Row{{"GET", "/problems"}, "ProblemList"},
        Row{{"GET", "/publications"}, "PublicationList"},
        Row{{"POST", "/previews", R"({"of": 1})"}, "PreviewAddress"},
        Row{{"POST", "/rollback", R"({"to": 9})"}, "Problem"},
        Row{{"GET", "/tags"}, "TermList"},
        Row{{"POST", "/tags/rename", R"({"from": "b", "to": "c"})"}, "CommitAnswer"},
        Row{{"GET", "/errors"}, "ProblemTypeList"},
        Row{{"GET", "/nothing"}, "Problem"},
        Row{{"PATCH", "/posts/2020-01-01-first", R"({"bodi": 1})", match}, "Problem"},
        Row{{"PATCH", "/posts/2020-01-01-first?dry_run=1", R"({"body": "x"})", match},
            "WriteAnswer"},
        Row{{"PATCH", "/posts/2020-01-01-first", R"({"body": "x"})", match}, "WriteAnswer"},
        Row{{"PATCH", "/config", R"({"title": "x"})", match}, "WriteAnswer"},
        Row{{"DELETE", "/posts/2020-01-01-first", "", match}, "WriteAnswer"},
        Row{{"POST", "/rollback", R"({"to": 1})"}, "Rollback"},
        Row{{"GET", "/status"}, "Status"},
        Row{{"DELETE", "/rollback"}, "Rollback"}}) {
    expect_schema(world, row);
  }
}

TEST(OpenApi, EveryRefusalHasAGeneralType) {
  Json document = openapi_document("1");
  for (const auto& [path, operations] : document["paths"].items()) {
    for (const auto& [method, operation] : operations.items()) {
      for (const auto& [status, answer] : operation["responses"].items()) {
        if (status < "400") continue;
        EXPECT_NE(problem_type_of(ProblemType::kOfStatus, std::stoi(status)), nullptr)
            << method << " " << path << " " << status << ": add a row to problem_type.cc";
      }
    }
  }
}

TEST(OpenApi, IsServedToAnyValidToken) {
  World world;
  Told told = world.api({.target = "/openapi.json",
                         .headers = {{"Authorization", "Bearer " + world.token("content:read")}}});
  EXPECT_EQ(told.status, 200);
  EXPECT_EQ(told.json()["openapi"], "3.1.0");
}

}  // namespace
}  // namespace stet::api
