// What a list is asked for, out of the query. Threads: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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

// 400 names the first that is none of the members.
std::optional<ProblemReport> fault_of_fields(const std::vector<std::string>& fields,
                                             std::span<const std::string_view> members);

// The members that `fields` names, or all but those that are large. What is none of the entry's
// members is a field of its front matter.
Json shown_members(Json entry, const std::vector<std::string>& fields);

}  // namespace stet::api
