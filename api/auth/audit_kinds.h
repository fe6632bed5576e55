// What the log of rights knows: each line of it is of one of these kinds. Threads: any.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace stet::auth {

std::span<const std::string_view> audit_kinds();  // by name
bool is_audit_kind(std::string_view kind);
std::string audit_kinds_text();  // "identity-bound, identity-unbound, ..."

}  // namespace stet::auth
