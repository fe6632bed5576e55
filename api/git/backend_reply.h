// The answer of `git http-backend` on its way to the client: a CGI head (RFC 3875 6), then bytes.
//
// Nothing is held back: what comes in goes out, and who writes waits while the client is slow.
// Threads: one at a time. Limits: kHeadBytesMax; of the head only the fields go on that git needs.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/responder.h"

namespace stet::git {

class BackendReply {
 public:
  static constexpr std::size_t kHeadBytesMax = 16 * 1024;
  static constexpr std::chrono::seconds kPatience{60};  // with a client that takes nothing

  enum class WhenGone {
    kStop,  // take() is false once the client has left
    kGoOn,  // the rest is taken and dropped: a push that has arrived is carried out
  };
  BackendReply(http::Responder responder, WhenGone when_gone)
      : responder_(std::move(responder)), when_gone_(when_gone) {}

  // The next piece of the program's output. False: no more is wanted.
  bool take(std::string_view piece);

  // Ends the answer. False where there was no head, and so no answer yet.
  bool finish();
  // Cuts it, so that the client knows that it is not whole. False likewise.
  bool abort();

 private:
  bool begin();
  bool pass_on(std::string piece);

  http::Responder responder_;
  const WhenGone when_gone_;
  std::string head_;
  bool is_broken_ = false;
  bool is_gone_ = false;
  std::optional<http::Stream> stream_;
};

// The head's status and fields; none where it is no CGI head.
std::optional<http::Response> parse_cgi_head(std::string_view head);

}  // namespace stet::git
