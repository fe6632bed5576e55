// One request that may run, and what every route asks of it. Threads: a value of one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "api/auth/accounts.h"
#include "api/auth/principal.h"
#include "api/auth/sessions.h"
#include "api/changes/record.h"
#include "api/http/message.h"
#include "api/routes/backend.h"
#include "api/routes/problem.h"

namespace stet::api {

struct Route;

// What the commit of every write says of who made it, the first lines of its trailers: the person
// by name, the token by id, or both where it is the person's.
inline constexpr std::string_view kUserTrailer = "Stet-User";
inline constexpr std::string_view kTokenTrailer = "Stet-Token";

struct Call {
  const Backend& backend;
  const http::Request& request;
  const Route& route;
  const auth::Principal& principal;
  std::vector<std::pair<std::string, std::string>> parameters;  // of the path, by the pattern
  bool is_anonymous = false;     // without a token, for the site allows it: `principal` may nothing
  std::string key_trailer = {};  // what a commit says of the Idempotency-Key; "": there is none
  const auth::SignedIn* session = nullptr;  // null: a token asks, or nobody
  changes::RecordPtr change = nullptr;      // in which it is done; null: in what is live

  // "" where the pattern has no such parameter.
  std::string_view parameter(std::string_view name) const;
  std::string_view label() const { return parameter("label"); }
  std::string_view name() const { return parameter("name"); }

  // That is read and written: the served one, or the change's.
  std::string branch() const;

  using Trailers = std::vector<std::pair<std::string, std::string>>;
  Trailers trailers() const;
  // For the log of rights.
  auth::Actor actor() const { return {principal.actor(), request.peer_address}; }
};

// "1" and "true", "0" and "false"; absent: false. Anything else is a 400.
std::variant<bool, ProblemReport> flag_of(const Call& call, std::string_view name);

// A number between 1 and `max`; absent: `otherwise`. Anything else is a 400.
std::variant<std::size_t, ProblemReport> limit_of(const Call& call,
                                                  std::size_t otherwise,
                                                  std::size_t max);

// "a,b" as its parts, empty ones left out.
std::vector<std::string> parts_of(std::string_view list);

ProblemReport bad_query(std::string_view name, std::string detail);  // 400

// What is live, or the change as it is at this moment; 503 before there is a live site.
std::variant<pipeline::Standing, ProblemReport> standing_of(const Call& call);
// The same of one commit of a change.
Result<pipeline::Standing> standing_at(const Backend& backend, const CommitId& head);
std::variant<site::SitePtr, ProblemReport> site_of(const Call& call);

// The request's own path and query with another cursor, for RFC 8288 links; "": without one.
std::string url_with_cursor(const Call& call, std::string_view cursor);

// 200 with an ETag of the answer's bytes, or 304 where the client has them (RFC 9110 13.1.2).
http::Response tagged_response(const Call& call, const Json& json, std::string_view tag_begin = "");
http::Response tagged_response(const Call& call, std::string json, std::string_view tag_begin = "");

Json to_json(const Problem& problem);
Json to_json(const Problems& problems);

}  // namespace stet::api
