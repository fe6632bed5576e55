#include "cms/change/review_rules.h"

#include "cms/site/value_of.h"

namespace stet::change {
namespace {

using document::Data;

void add_fault(ReviewRules& rules, std::string_view key, std::string fault) {
  rules.pointer = kReviewPointer + std::string(key);
  rules.fault = std::move(fault);
}

void add_approvals(const Data& approvals, ReviewRules& rules) {
  const std::int64_t* number = approvals.integer();
  bool is_right = number && *number >= 0 && *number <= std::int64_t{kApprovalsMax};
  bool is_much = number && *number > 0;
  rules.approvals = is_right ? static_cast<std::size_t>(*number) : is_much ? kApprovalsMax : 1;
  if (is_right) return;
  add_fault(rules,
            "/approvals",
            "approvals is a whole number from 0 to " + std::to_string(kApprovalsMax) +
                ", without quotes; until then it counts as " + std::to_string(rules.approvals));
}

}  // namespace

ReviewRules review_rules_of(const Data* stet) {
  ReviewRules rules;
  const Data* review = stet && stet->is_map() ? stet->find("review") : nullptr;
  if (!review || review->is_nil()) return rules;
  if (!review->is_map()) {
    rules.approvals = 1;
    add_fault(rules, "", "this is a map, such as approvals: 1; until then one is wanted");
    return rules;
  }
  const Data* bypass = review->find("admins_bypass");
  if (bypass && bypass->boolean()) {
    rules.may_admins_bypass = *bypass->boolean();
  } else if (bypass && !bypass->is_nil()) {
    add_fault(rules, "/admins_bypass", "admins_bypass is true or false; until then it is false");
  }
  const Data* approvals = review->find("approvals");
  if (approvals && !approvals->is_nil()) add_approvals(*approvals, rules);
  return rules;
}

ReviewRules review_rules_of(const site::Config& config) {
  liquid::Value stet = config.get("stet");
  if (stet.type() != liquid::Type::kHash || !stet.as_hash().find("review")) return {};
  Data::Map rules;
  rules.set("review", site::data_of(*stet.as_hash().find("review")));
  Data data(std::move(rules));
  return review_rules_of(&data);
}

std::string must_be_a_change(const ReviewRules& rules) {
  return "this site wants " + std::to_string(rules.approvals) +
         (rules.approvals == 1 ? " approval" : " approvals") +
         " for what is live (stet.review of _config.yml)";
}

}  // namespace stet::change
