// The OpenAPI 3.1 document, made of the table that routes and of the schemas of what goes in and
// out. Threads: any.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

Answer read_openapi(const Call& call);

// The whole document; `version` is the program's.
Json openapi_document(std::string_view version);

// Its components' schemas (JSON Schema 2020-12), by name.
const Json& schemas();
const Json& change_schemas();  // parts of them
const Json& people_schemas();
const Json& field_schema_schemas();
const Json& media_schemas();
const Json& presence_schemas();
const Json& schedule_schemas();

}  // namespace stet::api
