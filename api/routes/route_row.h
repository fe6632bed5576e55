// Rows of the table as one writes them: what most routes need, in a line or two. Threads: as
// route.h.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "api/routes/route.h"

namespace stet::api {

// Who may ask, by what the row itself says; files and areas are asked for by the routes.
enum class For {
  kAnybody,  // without any token or session
  kAny,      // whoever is known
  kReader,   // who may read content
  kPerson,   // who is signed in
  kAdmin,
};

struct RouteRow {
  struct More {
    int status = 200;
    std::span<const QueryParameter> query = {};
    bool has_secret = false;
    bool takes_password = false;
    std::string_view response_type = kJsonType;
    bool is_return_address = false;
  };
  std::string_view method, end;  // behind the root that add_rows() is given
  Run run;
  std::string_view id, summary;
  std::string_view request_schema;  // "": no body
  std::string_view response_schema;
  For who = For::kPerson;
  More more = {};
};

// `root`: behind "/api/v1".
void add_rows(std::string_view root, std::span<const RouteRow> rows, std::vector<Route>& table);

}  // namespace stet::api
