// What the contract test asks about: a site with something of everything, people of each kind, and
// what a generator cannot guess: which texts mean something, and what must be done beforehand.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/api/contract/described.h"
#include "tests/api/routes/search_world.h"

namespace stet::api {

// With search's index where `operation` is about it.
std::shared_ptr<World> contract_world(const Operation& operation);

Hints hints_of(const std::string& head);

// Requests that make an operation possible, by its operationId. `{id}` is what the operation's own
// path has in that place.
struct Step {
  std::string_view operation, method, target, body;
};
std::vector<Step> steps_of(const Operation& operation);

struct Caller {
  std::string name;
  std::map<std::string, std::string> headers;
};

// The server's own token and an admin's session may do whatever can be done; the others are nobody,
// people of lesser roles, and a token that reads.
struct Callers {
  Caller nobody, reads, server, session;
  std::vector<Caller> people;
};
Callers callers_of(World& world);

// What cannot be done by requests alone: it needs a provider, a secret, a code, an upstream.
bool needs_more_than_requests(const std::string& operation);

}  // namespace stet::api
