#include "cms/schedule/policy.h"

#include "cms/liquid/member.h"
#include "cms/schedule/event.h"

namespace stet::schedule {

std::optional<ClashPolicy> read_clash_policy(const liquid::Value& stet) {
  const liquid::Value* schedule = liquid::find_member(stet, "schedule");
  const liquid::Value* clashes = schedule ? liquid::find_member(*schedule, "clashes") : nullptr;
  if (!clashes || clashes->is_nil()) return ClashPolicy::kWarn;
  // To YAML `off` is a boolean.
  if (clashes->type() == liquid::Type::kBool && !clashes->as_bool()) return ClashPolicy::kOff;
  if (!clashes->is_string()) return std::nullopt;
  if (clashes->as_string() == "refuse") return ClashPolicy::kRefuse;
  if (clashes->as_string() == "warn") return ClashPolicy::kWarn;
  if (clashes->as_string() == "off") return ClashPolicy::kOff;
  return std::nullopt;
}

}  // namespace stet::schedule
