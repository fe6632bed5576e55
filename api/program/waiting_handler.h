// Stands at an origin before the site is ready: its port is known, its answer is "in a moment".
#pragma once

#include <atomic>

#include "api/http/server.h"

namespace stet::program {

// Threads: open() once, from any thread; all else as http::Handler.
class WaitingHandler final : public http::Handler {
 public:
  // From now on `handler` answers; it must outlive the server.
  void open(http::Handler& handler) { handler_.store(&handler, std::memory_order_release); }

  void handle(http::Request request, http::Responder responder) override {
    if (http::Handler* handler = get()) return handler->handle(std::move(request), responder);
    http::Response response = http::Response::problem(503, "the site is being made ready");
    response.headers.add("Retry-After", "1");
    responder.send(std::move(response));
  }
  bool is_quick(const http::Request& head) const override {
    return !get() || get()->is_quick(head);
  }
  std::optional<http::Response> refuse_early(const http::Request& head) const override {
    return get() ? get()->refuse_early(head) : std::nullopt;
  }
  std::uint64_t body_bytes_max(const http::Request& head) const override {
    return get() ? get()->body_bytes_max(head) : 64 * 1024;
  }

 private:
  http::Handler* get() const { return handler_.load(std::memory_order_acquire); }
  std::atomic<http::Handler*> handler_{nullptr};
};

}  // namespace stet::program
