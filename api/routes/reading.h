// Which site a request reads, and as whom. Threads: values.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "api/routes/call.h"

namespace stet::api {

struct Reading {
  site::SitePtr site;               // never null
  std::string scope;                // "" of what is live, else the commit
  bool is_public = false;           // without a token: what the site shows, and no more
  std::vector<std::string> hidden;  // fields that are left out; "author.email" of maps
};

// What is live, or what `ref` names: a branch, or a commit by its 40 digits. 404: there is none;
// 401: a `ref` without a token; 503: nothing is published yet.
std::variant<Reading, ProblemReport> reading_of(const Call& call);

// An entry's JSON without what is not for everybody.
void make_public(const Reading& reading, Json& entry);

}  // namespace stet::api
