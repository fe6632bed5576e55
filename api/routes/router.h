// /api/v1: finds the route of a request, asks who it is from, and runs it.
//
// Everything below /api/v1 needs a valid token, or a session of somebody who is signed in, also to
// learn that there is nothing: 401 comes before 404, and 404 before 405, and 403 says which scope
// is missing, or which role. But for reads that the site opens to all (public_rules.h): these are
// answered without, and may be cached. Signing in itself, and setting a password by a reset's
// secret, need neither. Every error is an RFC 9457 problem. Threads: any. Limits: kBodyBytesMax a
// body.
#pragma once

#include <optional>
#include <string>

#include "api/http/message.h"
#include "api/routes/backend.h"
#include "api/routes/problem.h"

namespace stet::api {

class Router {
 public:
  // 5 MiB of text may be 30 MiB of JSON, if every character is an escape.
  static constexpr std::uint64_t kBodyBytesMax = std::uint64_t{32} << 20;
  // What somebody without a token may send before being told so.
  static constexpr std::uint64_t kAnonymousBodyBytesMax = 64 * 1024;

  explicit Router(const Backend& backend) : backend_(backend) {}

  // A response, or a stream. No problem: that has become a response.
  using Answered = std::variant<http::Response, StreamAnswer>;
  Answered answer(const http::Request& request) const;

  // See http::Handler.
  std::optional<http::Response> refuse_early(const http::Request& head) const;
  std::uint64_t body_bytes_max(const http::Request& head) const;

 private:
  const Backend& backend_;
};

}  // namespace stet::api
