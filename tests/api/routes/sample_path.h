// A path that a route's pattern fits, for tests that walk the table of routes.
#pragma once

#include <string>

#include "api/routes/route.h"

namespace stet::api {

inline std::string sample_path(const Route& route) {
  std::string path;
  for (std::size_t i = 0; i < route.pattern.size(); ++i) {
    if (route.pattern[i] != '{') {
      path += route.pattern[i];
      continue;
    }
    path += "sample";
    i = route.pattern.find('}', i);
  }
  return path;
}

}  // namespace stet::api
