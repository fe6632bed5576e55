// Browsers and programs that listen to server-sent events (text/event-stream, as the HTML standard
// has them).
//
// Threads: every method from any thread. Limits: so many listeners; one that does not take what it
// is sent is let go, and comes back by itself.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include "api/http/responder.h"

namespace stet::events {

class EventStreams {
 public:
  explicit EventStreams(std::size_t listeners_max) : listeners_max_(listeners_max) {}

  // Answers by a stream that begins with `first`; 503 where there are too many. `head`: of the
  // answer, without its type.
  void add(const http::Responder& responder, http::Response head, std::string first);
  void send(const std::string& text);
  // Keeps quiet connections from being taken for dead ones. Every few seconds.
  void keep_alive() { send(": here\n\n"); }
  // The streams end, so that a server can drain; new ones are a 503.
  void end();

  std::size_t size() const;

 private:
  const std::size_t listeners_max_;
  mutable std::mutex mutex_;
  std::vector<http::Stream> listeners_;
  bool is_ended_ = false;
};

// One event as it travels; `id` empty: none. `data` has no line ends.
std::string event_text(std::string_view id, std::string_view type, std::string_view data);

}  // namespace stet::events
