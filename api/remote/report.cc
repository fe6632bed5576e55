#include "api/remote/report.h"

namespace stet::remote {

std::string_view name_of(RemoteState state) {
  switch (state) {
    case RemoteState::kNever: return "never";
    case RemoteState::kInStep: return "in_step";
    case RemoteState::kAhead: return "ahead";
    case RemoteState::kParked: return "parked";
    case RemoteState::kGone: return "gone";
    case RemoteState::kFailing: return "failing";
  }
  return "";
}

}  // namespace stet::remote
