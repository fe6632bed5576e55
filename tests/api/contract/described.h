// The operations of an OpenAPI document, and requests that are made of what it says of each.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/api/contract/schema_values.h"
#include "tests/api/routes/world.h"

namespace stet::api {

struct Operation {
  std::string method, path;  // "GET", "/api/v1/posts/{name}"
  const Json* json = nullptr;

  std::string name() const { return method + " " + path; }
  std::string id() const { return json->value("operationId", ""); }
  std::vector<Json> parameters_in(std::string_view where) const;  // "path", "query", "header"
  // Media types with their schemas; an empty object: there is no body.
  Json content() const;
  // One of the ways to say who one is is this: "token", "session".
  bool takes(std::string_view way) const;
  bool is_open() const;  // nobody may ask, too
};

std::vector<Operation> operations_of(const Json& document);

// How much of what may be left out a request has.
enum class Extent { kLeast, kSome };

class Requests {
 public:
  using Ask = std::function<Told(Asked)>;

  // `ask` is by somebody who may do all: it is asked for what there is, and makes what there is
  // not.
  Requests(const Json& document, SchemaValues& values, Dice& dice, const Hints& hints, Ask ask)
      : document_(document), values_(values), dice_(dice), hints_(hints), ask_(std::move(ask)) {}

  // As the document has it. `media_type`: of those of the body; "": the first.
  Asked make(const Operation& operation, Extent extent, const std::string& media_type = "");
  // The path alone, with what there is in its places; or with `odd` in the place of `parameter`.
  std::string path_of(const Operation& operation,
                      const std::string& parameter = "",
                      const std::string& odd = "");
  // What the last path has in its places.
  const std::map<std::string, std::string>& chosen() const { return chosen_; }

 private:
  std::string value_in(const Operation& operation,
                       const std::string& list,
                       const std::string& parameter);
  std::optional<std::string> found_in(const std::string& list, const std::string& parameter);
  void make_some(const Operation& operation, const std::string& list);
  std::string query_of(const Operation& operation, Extent extent);
  void add_headers(const Operation& operation, Extent extent, Asked& asked);

  const Json& document_;
  SchemaValues& values_;
  Dice& dice_;
  const Hints& hints_;
  Ask ask_;
  std::map<std::string, std::string> chosen_;
  int keys_ = 0;
};

// A body as it goes over the wire, with what Content-Type says then. A form has a part for each
// member, and one for each item of a list; "*/*" stands for any bytes.
struct Wire {
  std::string type, bytes;
};
Wire wire_form(const Json& body, const std::string& media_type);

// `target` with the values of `chosen` in place of {names}.
std::string filled(std::string target, const std::map<std::string, std::string>& chosen);

}  // namespace stet::api
