// /micropub of the admin origin: posts from Micropub clients (W3C Recommendation, 23 May 2017).
//
// A token comes in Authorization or as the form's access_token, and not both; it is one of stet's:
// `posts:write` is create, update, delete and undelete; any token asks (q=config, source,
// syndicate-to, category, post-types). What it may is asked as for every write of the API. A post's
// address is that of its page; of a draft, which has none, the API's. Delete hides a post
// (`published: false`), and undelete shows it. A new post's photo, video and audio may be files of
// a form: they are media of the site, in the post's own commit. /micropub/media is the media
// endpoint: a file, by itself, becomes an address. Refusals
// are {error, error_description} with invalid_request, unauthorized, forbidden, insufficient_scope
// (401, as the specification has it). Threads: any. Limits: kBodyBytesMax, and of files the
// media's; the API's.
#pragma once

#include <cstdint>

#include "api/http/message.h"
#include "api/micropub/received.h"
#include "api/routes/backend.h"

namespace stet::micropub {

class Endpoint {
 public:
  static constexpr std::uint64_t kBodyBytesMax = kTextBytesMax;

  // `backend` must outlive it.
  explicit Endpoint(const api::Backend& backend) : backend_(backend) {}

  http::Response answer(const http::Request& request) const;

 private:
  const api::Backend& backend_;
};

}  // namespace stet::micropub
