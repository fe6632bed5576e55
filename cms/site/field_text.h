// A field's plain value as text, as Ruby's to_s has it; "" for nil, lists and maps.
#pragma once

#include <string>

#include "cms/liquid/value.h"

namespace stet::site {

std::string field_text(const liquid::Value& value);

}  // namespace stet::site
