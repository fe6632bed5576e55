// What a list is asked for, out of the query. Threads: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/routes/entries.h"
#include "api/routes/list_cursor.h"

namespace stet::api {

inline constexpr std::size_t kEntriesShown = 20, kEntriesMax = 200;
inline constexpr std::size_t kSortFieldsMax = 8;

struct ListRequest {
  ListSpec spec;
  std::vector<std::string> fields;  // "front_matter.title"; none: all but what is large
  Showing showing;
  std::size_t limit = kEntriesShown;
  std::optional<ListCursor> cursor;
};

// 400 names the parameter that is wrong.
std::variant<ListRequest, ProblemReport> list_request_of(const Call& call, const Reading& reading);

// The members that `fields` names, or all but those that are large.
Json shown_members(Json entry, const std::vector<std::string>& fields);

}  // namespace stet::api
