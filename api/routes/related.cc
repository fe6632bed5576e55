#include "api/routes/related.h"

#include <algorithm>
#include <map>
#include <string>

#include "api/routes/hidden_fields.h"

namespace stet::api {
namespace {

struct Candidate {
  site::DocumentPtr document;
  std::size_t shared = 0;
};
using Candidates = std::map<std::string, Candidate>;  // by path

void add_list(const site::Site& site,
              const std::string& list,
              const site::Document& document,
              Candidates& candidates) {
  site.list(list).for_range(
      0, kRelatedSeenMax, [&](const site::ListKey&, const site::ItemPtr& item) {
        const auto* other = dynamic_cast<const site::Document*>(item.get());
        if (!other || other->path() == document.path()) return;
        Candidate& candidate = candidates[other->path()];
        candidate.document = site::DocumentPtr(other);
        ++candidate.shared;
      });
}

}  // namespace

std::vector<site::DocumentPtr> related_to(const site::Site& site,
                                          const site::Document& document,
                                          const std::vector<std::string>& hidden) {
  Candidates candidates;
  auto add = [&](const std::string& group, const std::vector<std::string>& terms) {
    if (hides(hidden, group)) return;
    for (const std::string& term : terms) add_list(site, group + "." + term, document, candidates);
  };
  add("tags", document.facts().tags);
  add("categories", document.facts().categories);
  std::vector<Candidate> best;
  for (auto& [path, candidate] : candidates) best.push_back(std::move(candidate));
  std::sort(best.begin(), best.end(), [](const Candidate& a, const Candidate& b) {
    if (a.shared != b.shared) return a.shared > b.shared;
    const Time &left = a.document->facts().date, &right = b.document->facts().date;
    return left != right ? left > right : a.document->path() < b.document->path();
  });
  std::vector<site::DocumentPtr> related;
  for (Candidate& candidate : best) {
    if (related.size() == kRelatedMax) break;
    related.push_back(std::move(candidate.document));
  }
  return related;
}

}  // namespace stet::api
