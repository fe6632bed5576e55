#include "cms/site/field_text.h"

#include "cms/liquid/convert.h"

namespace stet::site {

std::string field_text(const liquid::Value& value) {
  using liquid::Type;
  switch (value.type()) {
    case Type::kString: return std::string(value.as_string());
    case Type::kInteger: return std::to_string(value.as_integer());
    case Type::kFloat: return liquid::float_text(value.as_float());
    case Type::kBool: return value.as_bool() ? "true" : "false";
    case Type::kDate: return iso_date(value.as_date());
    case Type::kTime: return liquid::time_text(value.as_time());
    default: return "";
  }
}

}  // namespace stet::site
