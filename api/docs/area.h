// The areas of the API, a page each: which operations are told of where.
//
// An operation whose path begins with a segment that no area names has an area of its own, so that
// none is left out. Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/routes/json.h"

namespace stet::docs {

struct Operation {
  std::string method;               // "GET"
  std::string path;                 // "/api/v1/posts/{name}"
  const api::Json* json = nullptr;  // of the document, which outlives this
};

struct Area {
  std::string name;  // the end of its page's address
  std::string title;
  std::string about;  // a sentence or two, with `code`; more is in its text (prose.h)
  std::vector<Operation> operations;

  std::string page() const { return "/docs/" + name; }
};

// Those that have operations, in the order of the guide.
std::vector<Area> areas_of(const api::Json& document);

}  // namespace stet::docs
