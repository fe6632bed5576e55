#include "api/auth/audit_kinds.h"

#include <algorithm>
#include <array>

namespace stet::auth {
namespace {

constexpr auto kKinds = std::to_array<std::string_view>({
    "identity-bound",
    "identity-unbound",
    "password-changed",
    "password-reset-issued",
    "password-reset-used",
    "recovery-code-used",
    "recovery-codes-renewed",
    "review-dismissed",
    "second-factor-off",
    "second-factor-on",
    "sign-in",
    "sign-in-failed",
    "sign-out",
    "sign-out-everywhere",
    "token-created",
    "token-revoked",
    "user-change-refused",
    "user-changed",
    "user-created",
    "user-deleted",
    "user-disabled",
    "user-enabled",
});
static_assert(std::is_sorted(kKinds.begin(), kKinds.end()));

}  // namespace

std::span<const std::string_view> audit_kinds() { return kKinds; }

bool is_audit_kind(std::string_view kind) {
  return std::binary_search(kKinds.begin(), kKinds.end(), kind);
}

std::string audit_kinds_text() {
  std::string text;
  for (std::string_view kind : kKinds) text.append(text.empty() ? "" : ", ").append(kind);
  return text;
}

}  // namespace stet::auth
