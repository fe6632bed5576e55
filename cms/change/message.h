// What the commit of a write is called where the writer did not say.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cms/change/resource.h"
#include "cms/document/document.h"

namespace stet::change {

struct Written {
  const Resource& resource;
  std::string_view label, name;
  std::optional<std::string_view> before, after;  // the file's bytes; none: not there
  // As they are parsed; null: they were not, or are no documents.
  const document::Document *parsed_before = nullptr, *parsed_after = nullptr;
};

// "Update posts/2020-10-11-x: title, tags, body".
std::string default_message(const Written& written);

}  // namespace stet::change
