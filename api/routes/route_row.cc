#include "api/routes/route_row.h"

namespace stet::api {

void add_rows(std::string_view root, std::span<const RouteRow> rows, std::vector<Route>& table) {
  for (const RouteRow& row : rows) {
    Route route;
    route.method = row.method;
    route.pattern = std::string(kApiRoot).append(root).append(row.end);
    route.run = row.run;
    if (row.who == For::kAdmin) route.scope = auth::Scope::kAdmin;
    if (row.who == For::kReader) route.scope = auth::Scope::kContentRead;
    route.id = row.id;
    route.summary = row.summary;
    if (!row.request_schema.empty()) {
      route.request_type = row.method == "PATCH" ? kMergePatchType : kJsonType;
      route.request_schema = row.request_schema;
    }
    route.response_schema = row.response_schema;
    route.status = row.more.status;
    route.query = row.more.query;
    route.is_anonymous = row.who == For::kAnybody;
    route.needs_session = row.who == For::kPerson;
    route.has_secret = row.more.has_secret;
    route.takes_password = row.more.takes_password;
    route.response_type = row.more.response_type;
    route.is_return_address = row.more.is_return_address;
    table.push_back(std::move(route));
  }
}

}  // namespace stet::api
