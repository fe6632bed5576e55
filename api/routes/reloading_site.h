// The public origin for somebody who is at work on the site: pages load themselves again in the
// browser when they change.
//
// Each HTML page gets a small script before its end, which listens at /.stet/changes to
// server-sent events (text/event-stream, as the HTML standard has them). Threads: any.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "api/routes/public_site.h"

namespace stet::api {

class ReloadingSite final : public http::Handler {
 public:
  static constexpr std::size_t kListenersMax = 100;  // more are a 503

  // `site` must outlive it.
  explicit ReloadingSite(PublicSite& site) : site_(site) {}

  void handle(http::Request request, http::Responder responder) override;
  std::uint64_t body_bytes_max(const http::Request& head) const override {
    return site_.body_bytes_max(head);
  }

  // Tells every browser which URLs have new bytes, or will have when they are asked for.
  void tell(const pipeline::Published& published);
  // Keeps quiet connections from being taken for dead ones. Every few seconds.
  void keep_alive();
  // The browsers' connections end, so that a server can drain.
  void end();

 private:
  void listen(const http::Responder& responder);
  void send(const std::string& text);

  PublicSite& site_;
  std::mutex mutex_;
  std::vector<http::Stream> listeners_;
  bool is_ended_ = false;
};

}  // namespace stet::api
