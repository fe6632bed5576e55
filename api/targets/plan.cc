#include "api/targets/plan.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "cms/publish/mime.h"

namespace stet::targets {
namespace {

// The first element that lies below the folder `path`, if there is one.
bool has_below(const std::set<std::string_view>& paths, const std::string& path) {
  const std::string folder = path + "/";
  auto found = paths.lower_bound(folder);
  return found != paths.end() && found->starts_with(folder);
}

bool has_above(const std::set<std::string_view>& paths, std::string_view path) {
  for (std::size_t at = path.rfind('/'); at != path.npos && at > 0; at = path.rfind('/', at - 1)) {
    if (paths.contains(path.substr(0, at))) return true;
  }
  return false;
}

void part_clearings(Plan& plan) {
  std::set<std::string_view> written;
  for (const auto* changes : {&plan.assets, &plan.pages}) {
    for (const Change& change : *changes) written.insert(change.path.view());
  }
  std::vector<Change> rest;
  for (Change& change : plan.deletions) {
    bool is_in_the_way =
        has_below(written, change.path.string()) || has_above(written, change.path.view());
    (is_in_the_way ? plan.clearings : rest).push_back(std::move(change));
  }
  plan.deletions = std::move(rest);
}

}  // namespace

Plan plan_of(const Manifest& held, const Manifest& wanted) {
  Plan plan;
  plan.waiting = wanted.stale_count();
  for (Change& change : changes_between(held, wanted)) {
    if (!change.entry) {
      plan.deletions.push_back(std::move(change));
    } else if (!change.entry->is_stale()) {
      auto& phase = publish::is_shown_last(change.entry->page()->type) ? plan.pages : plan.assets;
      phase.push_back(std::move(change));
    }
  }
  part_clearings(plan);
  return plan;
}

}  // namespace stet::targets
