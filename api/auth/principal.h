// Who makes a request, once that is proven.
#pragma once

#include <string>

#include "api/auth/scope.h"

namespace stet::auth {

struct Principal {
  std::string token_id;  // names the token in logs, in commit trailers, for revoking; no secret
  std::string name;      // as its maker called it
  ScopeSet scopes;
  std::string commit_name;  // the author of what the principal writes
  std::string commit_email;

  bool may(Scope scope) const { return scopes.allows(scope); }
  friend bool operator==(const Principal&, const Principal&) = default;
};

}  // namespace stet::auth
