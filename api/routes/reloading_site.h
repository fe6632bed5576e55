// The public origin for somebody who is at work on the site: pages load themselves again in the
// browser when they change.
//
// Each HTML page gets a small script before its end, which listens at /.stet/changes to
// server-sent events (text/event-stream, as the HTML standard has them). Threads: any.
#pragma once

#include <cstddef>

#include "api/events/event_streams.h"
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
  void keep_alive() { streams_.keep_alive(); }
  void end() { streams_.end(); }

 private:
  PublicSite& site_;
  events::EventStreams streams_{{.listeners = kListenersMax}};
};

}  // namespace stet::api
