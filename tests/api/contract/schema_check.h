// Whether a value is what a schema says (JSON Schema 2020-12): of the keywords that our schemas
// use. A keyword that it does not know is an error of the schema, not a thing to pass over.
#pragma once

#include <string>

#include "api/routes/json.h"

namespace stet::api {

class SchemaCheck {
 public:
  // `document`: what references are of; it must outlive this. `is_closed`: members that no schema
  // names are errors, where there are names at all.
  explicit SchemaCheck(const Json& document, bool is_closed = true)
      : document_(document), is_closed_(is_closed) {}

  // "": it is valid; else where and why not.
  std::string fault_of(const Json& value, const Json& schema) const;

  const Json& resolved(const Json& schema) const;

 private:
  std::string check(const Json& value, const Json& schema, const std::string& at) const;
  std::string check_members(const Json& value, const Json& schema, const std::string& at) const;
  std::string check_scalar(const Json& value, const Json& schema, const std::string& at) const;
  std::string check_branches(const Json& value, const Json& schema, const std::string& at) const;
  std::string check_closed(const Json& value, const Json& schema, const std::string& at) const;
  // False where members of any name may be there.
  bool add_names(const Json& schema, const Json& value, Json& names) const;

  const Json& document_;
  bool is_closed_;
};

}  // namespace stet::api
