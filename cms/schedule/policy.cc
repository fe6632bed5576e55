#include "cms/schedule/policy.h"

#include <string_view>

#include "cms/liquid/member.h"

namespace stet::schedule {
namespace {

// Null where the site says nothing.
const liquid::Value* said(const liquid::Value& stet, std::string_view key) {
  const liquid::Value* schedule = liquid::find_member(stet, "schedule");
  const liquid::Value* value = schedule ? liquid::find_member(*schedule, key) : nullptr;
  return value && !value->is_nil() ? value : nullptr;
}

}  // namespace

std::optional<ClashPolicy> read_clash_policy(const liquid::Value& stet) {
  const liquid::Value* clashes = said(stet, "clashes");
  if (!clashes) return ClashPolicy::kWarn;
  // To YAML `off` is a boolean.
  if (clashes->type() == liquid::Type::kBool && !clashes->as_bool()) return ClashPolicy::kOff;
  if (!clashes->is_string()) return std::nullopt;
  if (clashes->as_string() == "refuse") return ClashPolicy::kRefuse;
  if (clashes->as_string() == "warn") return ClashPolicy::kWarn;
  if (clashes->as_string() == "off") return ClashPolicy::kOff;
  return std::nullopt;
}

std::optional<PublicPolicy> read_public_policy(const liquid::Value& stet) {
  const liquid::Value* value = said(stet, "public");
  if (!value) return PublicPolicy::kAll;
  if (!value->is_string()) return std::nullopt;
  if (value->as_string() == "all") return PublicPolicy::kAll;
  if (value->as_string() == "released") return PublicPolicy::kReleased;
  return std::nullopt;
}

bool is_held_back(const liquid::Value& stet) {
  return read_public_policy(stet) != PublicPolicy::kAll;
}

}  // namespace stet::schedule
