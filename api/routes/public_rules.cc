#include "api/routes/public_rules.h"

#include <algorithm>

#include "cms/liquid/member.h"

namespace stet::api {
namespace {

using liquid::member_of;
using liquid::Type;
using liquid::Value;

std::vector<std::string> texts_in(const Value& value) {
  std::vector<std::string> texts;
  if (value.is_string()) texts.emplace_back(value.as_string());
  if (value.type() != Type::kArray) return texts;
  for (const Value& item : value.as_array().items) {
    if (item.is_string()) texts.emplace_back(item.as_string());
  }
  return texts;
}

bool holds(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

bool PublicRules::allows(std::string_view resource,
                         std::string_view label,
                         std::string_view collection) const {
  if (!is_open || holds(resources, resource)) return is_open;
  if (resources.empty()) return !holds(unwritten, collection);
  return !label.empty() && holds(resources, std::string(resource) + "/" + std::string(label));
}

std::optional<std::string> PublicRules::answer_to(std::string_view origin, bool has_token) const {
  if (!is_open && !has_token) return std::nullopt;
  if (!has_token && holds(origins, "*")) return "*";
  return holds(origins, origin) ? std::optional(std::string(origin)) : std::nullopt;
}

PublicRules public_rules_of(const site::Config& config) {
  PublicRules rules;
  Value api = member_of(config.get("stet"), "api");
  Value anonymous = member_of(api, "anonymous");
  if (anonymous.type() == Type::kArray) rules.resources = texts_in(anonymous);
  rules.is_open = anonymous.type() == Type::kBool ? anonymous.as_bool() : !rules.resources.empty();
  rules.hidden = texts_in(member_of(api, "hidden"));
  rules.origins = texts_in(member_of(api, "cors"));
  for (const site::CollectionConfig& collection : config.collections()) {
    if (!collection.is_output) rules.unwritten.push_back(collection.label);
  }
  Value age = member_of(api, "max_age");
  if (age.type() == Type::kInteger) {
    rules.max_age_seconds =
        std::clamp<std::int64_t>(age.as_integer(), 0, PublicRules::kMaxAgeSecondsMax);
  }
  return rules;
}

}  // namespace stet::api
