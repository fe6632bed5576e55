#include "api/routes/hidden_fields.h"

#include <algorithm>

namespace stet::api {
namespace {

// The first step of a path, which is taken off it.
std::string_view take_step(std::string_view& path) {
  std::size_t dot = path.find('.');
  std::string_view step = path.substr(0, dot);
  path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
  return step;
}

bool is_number(std::string_view step) {
  return !step.empty() && step.find_first_not_of("0123456789") == std::string_view::npos;
}

// `hidden` is the field, or what it lies in. A number may be a place in a list, or a key.
bool is_above(std::string_view hidden, std::string_view field) {
  while (!hidden.empty()) {
    std::string_view wanted = take_step(hidden);
    bool is_found = false;
    while (!is_found && !field.empty()) {
      std::string_view step = take_step(field);
      is_found = step == wanted;
      if (!is_found && !is_number(step)) return false;
    }
    if (!is_found) return false;
  }
  return true;
}

// In each item of a list, too.
void erase_field(Json& value, std::string_view field) {
  if (value.is_array()) {
    for (Json& item : value) erase_field(item, field);
  }
  if (!value.is_object()) return;
  value.erase(std::string(field));
  for (std::size_t dot = field.find('.'); dot != std::string_view::npos;
       dot = field.find('.', dot + 1)) {
    auto found = value.find(std::string(field.substr(0, dot)));
    if (found != value.end()) erase_field(*found, field.substr(dot + 1));
  }
}

}  // namespace

bool hides(const std::vector<std::string>& hidden, std::string_view field) {
  return std::any_of(hidden.begin(), hidden.end(), [&](const std::string& one) {
    return one == field || (!one.empty() && is_above(one, field));
  });
}

void erase_hidden(const std::vector<std::string>& hidden, Json& fields) {
  for (const std::string& field : hidden) erase_field(fields, field);
}

}  // namespace stet::api
