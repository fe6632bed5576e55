#include "cms/liquid/drop.h"

#include "cms/liquid/convert.h"

namespace stet::liquid {

std::string Drop::to_text(Host& host) const {
  std::string text;
  append_json(text, Value(Ref<Drop>(this)), host, JsonStyle::kPretty);
  return text;
}

}  // namespace stet::liquid
