// Whether an entry's fields are what its schema says.
//
// The same answer as the JSON Schema that is served (api/routes/field_schema_json.h), but for what
// that cannot say: whether files and entries that are named exist, whether a day is in the
// calendar, bounds of dates. Of drafts, what is needed and missing is a warning: they are not done.
// Threads: pure functions. Cost: linear in the entry. Input may be any data.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cms/document/data.h"
#include "cms/schema/field.h"
#include "storage/base/problem.h"

namespace stet::schema {

// What of the site is asked for.
struct World {
  std::function<bool(std::string_view path)> has_file;
  std::function<bool(std::string_view collection, std::string_view name)> has_entry;
};

// `pointer` from the entry's data on: "/tags/0".
using Tell = std::function<void(Severity, std::string pointer, std::string message)>;

struct Asked {
  const Schema& schema;
  const World& world;
  bool is_draft = false;
};
void check(const Asked& asked, const document::Data& data, const Tell& tell);

// Why the value cannot be the default of the field; "": it can. Of dates `today` and `now` can.
std::string initial_fault(const Field& field, const document::Data& value);

// A day, or a time that names its offset.
bool is_date(const document::Data& value);
// Of two numbers, or of two dates; a day that bounds a time counts as a whole.
bool is_less(const document::Data& a, const document::Data& b);
// As JSON sees them: 1 is 1.0.
bool is_same(const document::Data& a, const document::Data& b);

}  // namespace stet::schema
