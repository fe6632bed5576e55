#include "api/routes/problem_list.h"

namespace stet::api {

Answer list_problem_types(const Call& call) {
  Json items = Json::array();
  for (const ProblemRow& row : problem_types()) {
    items.push_back({{"type", address_of(row)},
                     {"status", row.status},
                     {"title", row.title},
                     {"meaning", row.meaning},
                     {"mend", row.mend}});
  }
  return tagged_response(call, Json{{"items", std::move(items)}});
}

}  // namespace stet::api
