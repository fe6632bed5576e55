// Sign-ins that are under way: people who were sent to a provider and have yet to come back, or
// who have come back and have yet to show a second factor.
//
// Each is known by 256 random bits in a cookie of the browser that began it, kept as a hash, in
// memory: a restart forgets them, and who comes back begins again. Each is taken once. Threads:
// any. Limits: kSeconds, kFlowsMax, and kPerAddressMax from one address, the oldest of which goes.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/clock.h"
#include "storage/base/hash.h"
#include "storage/base/random.h"
#include "storage/base/result.h"

namespace stet::oidc {

struct Flow {
  std::string provider = {};
  std::string state = {};                 // "": it is over, and a second factor is asked for
  std::string nonce = {}, verifier = {};  // of the token; of the code (RFC 7636)
  std::string redirect = {};              // where the provider sends them back to
  std::string return_to = {};             // where they wanted to go
  std::string user = {};                  // id; "": who they are is not known yet
  std::string former_user = {}, former_session = {};  // who was signed in there before
  Instant begun = {};
  int tries = 0;  // of the second factor
};

class Flows {
 public:
  static constexpr std::int64_t kSeconds = 600;
  static constexpr std::size_t kFlowsMax = 10'000, kPerAddressMax = 50;

  Flows(const Clock& clock, RandomSource& random) : clock_(clock), random_(random) {}

  // The cookie's value. kUnavailable: there are too many.
  Result<std::string> add(Flow flow, std::string_view address);
  // The flow of this cookie and state, which is no more from now on.
  std::optional<Flow> take(std::string_view cookie, std::string_view state);
  // Back again, for as long as it would have been there.
  void put_back(std::string_view cookie, Flow flow, std::string_view address);
  std::size_t size() const;

 private:
  struct Kept {
    ContentHash cookie;
    Flow flow;
    std::string group;  // of the address
  };
  using Place = std::list<Kept>::iterator;
  bool is_over(const Flow& flow) const;
  void forget_old();
  void erase(Place place);
  void make_room(const std::string& group);

  const Clock& clock_;
  RandomSource& random_;
  mutable std::mutex mutex_;
  std::list<Kept> flows_;  // the oldest first, but for those that were put back
  std::map<ContentHash, Place> by_cookie_;
  std::map<std::string, std::size_t> by_group_;
};

}  // namespace stet::oidc
