// Who makes a request, once that is proven: a token, or a person who is signed in.
#pragma once

#include <string>

#include "api/auth/roles.h"

namespace stet::auth {

struct Principal {
  std::string token_id;  // names the token in logs, for revoking; no secret. "": a session
  std::string name;      // a token's as its maker called it; else the person's
  Rights rights;
  std::string commit_name;  // the author of what the principal writes
  std::string commit_email;
  std::string user_id = {};     // "": a token that is the server's own
  std::string session_id = {};  // "": a token

  // One that no other principal has.
  std::string id() const { return token_id.empty() ? "user " + user_id : token_id; }
  // For the log of rights: a person by their name.
  const std::string& actor() const { return rights.user.empty() ? token_id : rights.user; }
  friend bool operator==(const Principal&, const Principal&) = default;
};

}  // namespace stet::auth
