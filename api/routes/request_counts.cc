#include "api/routes/request_counts.h"

#include <algorithm>

#include "api/http/url.h"
#include "api/routes/route.h"

namespace stet::api {
namespace {

struct Other {
  std::string_view prefix, name;
};
constexpr Other kOthers[] = {{"/site.git", "git"},
                             {"/hooks/", "hooks"},
                             {"/micropub", "micropub"},
                             {"/admin/", "editor"},
                             {"/docs/", "docs"},
                             {"/metrics", "metrics"},
                             {"/", "other"}};

std::size_t place_of(std::string_view method, std::string_view target) {
  const std::string_view path = target.substr(0, target.find('?'));
  if (auto decoded = http::percent_decode(path)) {
    const Match match = match_route(method, *decoded);
    if (match.route) return static_cast<std::size_t>(match.route - routes().data());
  }
  const auto* found = std::find_if(std::begin(kOthers), std::end(kOthers), [&](const Other& other) {
    return path.starts_with(other.prefix);
  });
  if (found == std::end(kOthers)) --found;
  return routes().size() + static_cast<std::size_t>(found - std::begin(kOthers));
}

}  // namespace

void RequestCounts::note(Origin& origin, int status) {
  note_status(origin.statuses, status);
  const auto* limit = std::find(kLimitStatuses.begin(), kLimitStatuses.end(), status);
  if (limit == kLimitStatuses.end()) return;
  origin.limits[static_cast<std::size_t>(limit - kLimitStatuses.begin())]++;
}

RequestCounts::RequestCounts() : routes_(api::routes().size() + std::size(kOthers)) {}

void RequestCounts::note_route(std::string_view method,
                               std::string_view target,
                               int status,
                               std::int64_t took_us) {
  RouteCounts& of = routes_[place_of(method, target)];
  note_status(of.statuses, status);
  const auto& bounds = RouteCounts::kBoundsUs;
  const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), took_us) - bounds.begin();
  of.took[static_cast<std::size_t>(bucket)]++;
  of.took_us += static_cast<std::uint64_t>(std::max<std::int64_t>(took_us, 0));
}

std::vector<RequestCounts::Named> RequestCounts::routes() const {
  std::vector<Named> named;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    const std::size_t known = api::routes().size();
    named.push_back({i < known ? api::routes()[i].id : kOthers[i - known].name, routes_[i]});
  }
  return named;
}

}  // namespace stet::api
