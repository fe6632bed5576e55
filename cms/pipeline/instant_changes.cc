#include "cms/pipeline/instant_changes.h"

#include "cms/liquid/filters/moment.h"

namespace stet::pipeline {

void add_changed_instants(site::Changes& changes,
                          const site::Site& after,
                          const std::map<std::string, std::string, std::less<>>& seen) {
  Time now = after.time();
  for (const auto& [how, printed] : seen) {
    std::string would_print =
        how.empty() ? iso_time(now) : liquid::print_instant(how, now, after.config().zone());
    if (would_print == printed) continue;
    reads::Key key(reads::Kind::kInstant, after.names().id_of(how));
    changes.keys.push_back({key, "time, which"});
  }
}

}  // namespace stet::pipeline
