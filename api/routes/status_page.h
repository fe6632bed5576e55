// How the site stands, as a page for people: GET /status of the admin origin.
//
// It is what GET /api/v1/status answers to whoever asks, and GET /api/v1/status/slow-writes to
// admins, with the same rights; who may not see these is told whether anything is served, and where
// to sign in. It needs no script and no editor, so that it is there when those are what fails; it
// loads itself again. Programs that want JSON get the API's answer. Threads: any.
#pragma once

#include "api/http/message.h"
#include "api/routes/backend.h"
#include "api/routes/router.h"

namespace stet::api {

class StatusPage {
 public:
  static constexpr char kPath[] = "/status";

  // Both must outlive it.
  StatusPage(const Backend& backend, const Router& router) : backend_(backend), router_(router) {}

  // `is_for_people`: HTML is wanted.
  Router::Answered answer(const http::Request& request, bool is_for_people) const;

 private:
  Router::Answered ask(const http::Request& request, std::string_view operation) const;

  const Backend& backend_;
  const Router& router_;
};

}  // namespace stet::api
