// What the site says of its entries' fields (cms/schema), found for an entry.
//
// Threads: pure functions of an immutable site.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/change/resource.h"
#include "cms/change/validate.h"
#include "cms/schema/field.h"
#include "cms/site/role.h"
#include "storage/base/problem.h"

namespace stet::change {

// "posts", "drafts", "pages", a collection's label, "data/authors" of _data/authors.yml; "": no
// schema is of it.
std::string schema_key_of(const site::RoleOf& role,
                          std::string_view path,
                          const site::Config& config);
// `name`: of data, for each file is a kind of its own.
std::string schema_key_of(const Resource& resource, std::string_view label, std::string_view name);

// The folder of a collection's entries, with a slash; none: there is no such collection.
std::optional<std::string> folder_of_key(const site::Config& config, std::string_view key);

// What the configuration says, without its faults.
schema::Schemas schemas_of(const site::Config& config);

// What is wrong with the schemas themselves and with the rules of reviews, and all entries that are
// not as they say, by path; of more than `problems_max`, the first ones and one that says so. Costs
// nothing where there are none; else a look at the values of the entries that they are about, which
// are in memory, and the bytes of those in which something is wrong, for the places.
inline constexpr std::size_t kSchemaProblemsMax = 1000;
struct SchemaProblem {
  std::string pointer;  // of the field: "/front_matter/status"
  Problem problem;
};
Result<std::vector<SchemaProblem>> schema_problems(const site::Site& site,
                                                   std::size_t problems_max = kSchemaProblemsMax);

}  // namespace stet::change
