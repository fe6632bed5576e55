#include "cms/liquid/drop.h"

#include "cms/liquid/convert.h"

namespace stet::liquid {

std::string Drop::to_text(Host& host) const {
  std::string text;
  append_json(text, Value(Ref<Drop>(this)), host, JsonStyle::kPretty);
  return text;
}

std::vector<Value> List::first(std::size_t count, Host& host) const {
  std::vector<Value> items;
  items.reserve(count);
  for (std::size_t i = 0; i < count; ++i) items.push_back(at(i, host));
  return items;
}

bool List::visit_field(std::string_view, Host&, const VisitField&) const { return false; }

}  // namespace stet::liquid
