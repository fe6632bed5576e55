// What the commit of a write is called where the writer did not say.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cms/change/resource.h"

namespace stet::change {

struct Written {
  const Resource& resource;
  std::string_view label, name;
  std::optional<std::string_view> before, after;  // the file's bytes; none: not there
};

// "Update posts/2020-10-11-x: title, tags, body".
std::string default_message(const Written& written);

}  // namespace stet::change
