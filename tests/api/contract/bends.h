// A request with one thing wrong, for each thing that can be: a field of its body, a member too
// many or too few, a parameter, a header, the media type.
//
// Whether the server must refuse it follows from the document: what its schema refuses is refused.
// The rest may go either way, as long as the answer is one that the document has.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/api/contract/described.h"

namespace stet::api {

struct Bend {
  std::string what;              // "/front_matter is true"
  bool must_be_refused = false;  // by a status from 400 on
  std::function<void(Asked&)> apply;
};

class Bends {
 public:
  Bends(const Json& document, SchemaValues& values, Dice& dice)
      : check_(document), values_(values), dice_(dice) {}

  // Of a body that was made of `schema`; `most` of them, spread over all places.
  std::vector<Bend> of_body(const Json& body,
                            const Json& schema,
                            const std::string& media_type,
                            std::size_t most);
  std::vector<Bend> of_media_type(const Operation& operation) const;
  std::vector<Bend> of_query(const Operation& operation);
  std::vector<Bend> of_headers(const Operation& operation);
  std::vector<Bend> of_path(const Operation& operation, Requests& requests);

 private:
  void add_places(const Json& value, const std::string& at, std::vector<std::string>& places) const;
  void add_bent_at(const Json& body, const std::string& place, std::vector<Json>& bent);

  SchemaCheck check_;
  SchemaValues& values_;
  Dice& dice_;
};

}  // namespace stet::api
