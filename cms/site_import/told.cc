#include "cms/site_import/told.h"

namespace stet::site_import {

void Told::assume(Place place, std::string message, std::string assumed) {
  add({Finding::Kind::kAssumed, place, std::move(message), std::move(assumed)});
}

void Told::doubt(Place place, std::string message, std::string assumed) {
  add({Finding::Kind::kDoubt, place, std::move(message), std::move(assumed)});
}

void Told::leave_out(Place place, std::string message) {
  add({Finding::Kind::kLeftOut, place, std::move(message), ""});
}

void Told::count(Place place, const std::string& message, std::size_t number) {
  if (number == 0) return;
  bool is_known = counted_.contains(message);
  if (!is_known && counted_.size() >= schedule_import::kFindingsMax) {
    ++untold_;
    return;
  }
  counted_.try_emplace(message, Counted{place, 0}).first->second.number += number;
}

std::vector<Finding> Told::take() {
  using enum Finding::Kind;
  for (const auto& [message, counted] : counted_) {
    findings_.push_back(
        {kLeftOut, counted.first, std::to_string(counted.number) + " " + message, ""});
  }
  if (untold_ > 0) {
    findings_.push_back(
        {kLeftOut, {}, std::to_string(untold_) + " further findings are not listed", ""});
  }
  if (untold_doubts_ > 0) {
    findings_.push_back({kDoubt,
                         {},
                         std::to_string(untold_doubts_) +
                             " further doubts are not listed; mend those that are, and look again",
                         "what is assumed for each"});
  }
  counted_.clear();
  return std::move(findings_);
}

void Told::add(Finding finding) {
  if (findings_.size() < schedule_import::kFindingsMax) {
    findings_.push_back(std::move(finding));
  } else {
    ++(finding.kind == Finding::Kind::kDoubt ? untold_doubts_ : untold_);
  }
}

}  // namespace stet::site_import
