// What the site says of its entries' fields (cms/schema), found for an entry.
//
// Threads: pure functions of an immutable site.
#pragma once

#include <string>
#include <string_view>

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

// What the configuration says, without its faults.
schema::Schemas schemas_of(const site::Config& config);

// What is wrong with the schemas themselves, and all entries that are not as they say, by path.
// Costs nothing where there are none, else the files that they are about.
Result<Problems> schema_problems(const site::Site& site);

}  // namespace stet::change
