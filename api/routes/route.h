// The table of what /api/v1 can do: it routes, it says who may, and it becomes the OpenAPI
// document.
//
// A path pattern has {name} for one segment and, at its end only, {name...} for one or more,
// slashes and all. Of two patterns that fit, the one with the longer literal beginning is meant.
// Threads: immutable after the first call.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/auth/roles.h"
#include "api/routes/call.h"
#include "cms/change/resource.h"

namespace stet::api {

using Run = Answer (*)(const Call&);

struct QueryParameter {
  std::string_view name;  // one that ends in "[]" stands for "name[key]=value", any number of them
  std::string_view type;  // of JSON Schema: "string", "integer", "boolean"
  std::string_view description;
  bool is_required = false;
};

// What a request must say of the state that it knows.
enum class Precondition {
  kNone,
  kIfMatch,        // 428 without
  kIfMatchOrNone,  // If-Match, or If-None-Match: *, to make what is not there
};

struct Route {
  std::string method;  // GET answers HEAD too
  std::string pattern;
  Run run = nullptr;
  std::optional<auth::Scope> scope;            // none: any valid token
  const change::Resource* resource = nullptr;  // what it is about, where that is one
  std::string id, summary;                     // OpenAPI's operationId and summary
  std::string_view request_type = {};          // media type of the body; "": there is none
  bool takes_json_patch = false;               // that as well, in its own media type
  std::string request_schema = {};             // names of components
  int status = 200;                            // of success
  std::string response_schema = {};
  std::span<const QueryParameter> query = {};
  Precondition precondition = Precondition::kNone;
  bool is_entry_write = false;  // a commit, with all that it can be answered
  std::string_view response_type = "application/json";
  std::string_view stream_type = {};  // what it also answers, for who asks for it
  // Any of the scopes that write will do, as far as the route goes; each file asks for its own.
  bool needs_some_write = false;
  bool is_of_changes = false;  // any of the rights to propose will do then
  bool is_anonymous = false;   // for those who have yet to say who they are
  bool needs_session = false;  // for people who are signed in, not for their tokens
  bool has_secret = false;  // goes in or comes out, and is kept nowhere: takes no Idempotency-Key
  bool takes_password = false;  // and is slowed down where it is wrong
  // Browsers are sent here from another origin, with whatever parameters.
  bool is_return_address = false;
  bool may_be_public = false;  // a read that a site may open to those without a token
  // Of what is going to end, in seconds since 1970; 0: it is not.
  std::int64_t deprecated_at = 0, sunset_at = 0;
  std::optional<auth::Area> area = std::nullopt;  // what the table of roles is asked for; none: by
                                                  // scope and resource
  bool takes_bytes = false;  // a body of any other media type is a file's bytes
  // The answer once more, when all that is left of the write is its commit; null: it follows from
  // the commit's files (recovered.h).
  Answer (*recover)(const Call& call, const CommitId& commit) = nullptr;

  std::string_view resource_name() const {
    return resource ? resource->name : std::string_view(id);
  }
};

inline constexpr std::string_view kApiRoot = "/api/v1";
inline constexpr std::string_view kJsonType = "application/json";
inline constexpr std::string_view kMergePatchType = "application/merge-patch+json";
inline constexpr std::string_view kJsonPatchType = "application/json-patch+json";

const std::vector<Route>& routes();

struct Match {
  const Route* route = nullptr;  // of the method that was asked for; null: none
  std::vector<std::pair<std::string, std::string>> parameters;
  std::vector<std::string_view> allowed;  // methods of the pattern that fits; empty: none fits
};
Match match_route(std::string_view method, std::string_view path);

// The media types that the route takes; "": it has no body.
std::string accepted_types(const Route& route);
// Where they are named: Accept-Patch (RFC 5789 3.1), Accept-Post, or Accept.
std::string_view accepting_field(std::string_view method);

// Deprecation (RFC 9745), Sunset (RFC 8594) and a link to what is said of both, where the route is
// going to end.
void add_retirement(const Route& route, http::Headers& headers);

// "GET, HEAD, PUT".
std::string allow_field(const std::vector<std::string_view>& methods);

// The API's path of an entry, percent-encoded: "/api/v1/posts/2020/10/x".
std::string entry_url(const change::Resource& resource,
                      std::string_view label,
                      std::string_view name);

}  // namespace stet::api
