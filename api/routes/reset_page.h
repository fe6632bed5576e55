// The page at which somebody sets a password by the link that an admin has handed over.
//
// GET /reset/SECRET shows a form, or that the link is good no more; it uses nothing up, for what
// looks at links in mails asks for them too. POST sets the password, once. The page needs no
// script, and runs none: its policy allows a form that goes to this origin, and nothing else. The
// secret says who may, so that no cookie is looked at. Threads: any. Input: hostile.
#pragma once

#include <string>
#include <string_view>

#include "api/http/message.h"
#include "api/routes/backend.h"

namespace stet::api {

class ResetPage {
 public:
  static constexpr char kPrefix[] = "/reset/";
  static constexpr std::size_t kFormBytesMax = 16 * 1024;

  // `backend` must outlive it.
  explicit ResetPage(const Backend& backend) : backend_(backend) {}

  http::Response answer(const http::Request& request) const;

  // Where the page is: "https://cms.example/reset/stetr_...". What a request says of its host is
  // not looked at, for then whoever asks could say where the secret goes.
  static std::string address(const Backend& backend, std::string_view secret);

 private:
  http::Response use(const http::Request& request, const std::string& secret) const;

  const Backend& backend_;
};

}  // namespace stet::api
