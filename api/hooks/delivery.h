// Whether a delivery is what it says it is: looked at before anything is done, with nothing but the
// request and the secrets. Threads: pure functions. Cost: a hash of the body for each secret and
// each way in which the forge may have signed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/hooks/signature.h"
#include "api/http/message.h"
#include "storage/base/clock.h"

namespace stet::hooks {

inline constexpr std::uint64_t kBodyBytesMax = std::uint64_t{25} << 20;  // as GitHub caps them
inline constexpr std::int64_t kToleranceSeconds = 5 * 60;  // of Standard Webhooks' timestamps
inline constexpr std::size_t kDeliveryBytesMax = 200;      // of the id

struct Delivery {
  enum class Kind {
    kRefused,  // `status` and `detail` say why; `accepts`: the types that would do, of a 415
    kPing,     // asks whether we are there
    kIgnored,  // is about something that moves no branch
    kPush,     // a branch may have moved
  };
  Kind kind = Kind::kRefused;
  int status = 403;
  std::string detail = {}, accepts = {};
  std::string_view forge = {};  // of kPush: who sent it
  std::string id = {};          // and what tells it from others; "": it does not say
};

// `secrets` of this provider: several while one is being replaced; an empty one never counts.
Delivery judge_delivery(const http::Request& request,
                        std::string_view provider,
                        const std::vector<std::string>& secrets,
                        Instant now);

}  // namespace stet::hooks
