// The rows of the table that are about fields, and what they answer.

#include <array>

#include "api/routes/field_schemas.h"
#include "api/routes/openapi.h"
#include "api/routes/route_table.h"

namespace stet::api {
namespace {

constexpr char kSchemas[] = R"json({
"FieldSchemaList": {"type": "object", "required": ["items", "total"], "properties": {
  "total": {"type": "integer"},
  "items": {"type": "array", "items": {"type": "object", "required": ["key", "from", "self"],
    "properties": {"key": {"type": "string", "description": "as stet.collections has it"},
    "title": {"type": "string"}, "from": {"enum": ["declared", "inferred"]},
    "entries": {"type": ["integer", "null"], "description": "null: of a data file"},
    "resource": {"type": "string", "description": "the list of the entries, or the data"},
    "self": {"type": "string"}}}}}},
"FieldSchema": {"type": "object", "required": ["$schema", "x-stet"],
  "description": "a JSON Schema 2020-12 of an entry's front_matter, or of data; x-stet: for forms"}
})json";

}  // namespace

const Json& field_schema_schemas() {
  static const Json parsed = Json::parse(kSchemas);
  return parsed;
}

void add_field_schema_routes(std::vector<Route>& table) {
  table.push_back(read_route("/schemas",
                             list_field_schemas,
                             "schemas",
                             "The kinds of entries whose fields are known",
                             "FieldSchemaList"));
  Route read = read_route("/schemas/{name...}",
                          read_field_schema,
                          "schema",
                          "The fields of a kind of entries, declared or inferred",
                          "FieldSchema");
  read.response_type = "application/schema+json";
  table.push_back(std::move(read));
}

}  // namespace stet::api
