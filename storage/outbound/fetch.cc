#include "storage/outbound/fetch.h"

namespace stet::storage {

Result<HttpAnswer> fetch(const AddressFilter& filter,
                         const CallLimits& limits,
                         const std::string& agent,
                         HttpCall call) {
  auto caller = TRY(HttpCaller::open(filter, limits, agent));
  TRY(caller->start(1, std::move(call)));
  while (caller->under_way() > 0) {
    for (auto& [name, answer] : caller->wait(limits.total_ms_max)) {
      if (!answer.failure.empty()) return unavailable(answer.failure);
      return std::move(answer);
    }
  }
  return unavailable("there was no answer");
}

}  // namespace stet::storage
