// Browsers and programs that listen to server-sent events (text/event-stream, as the HTML standard
// has them).
//
// Who began to listen may lose the right to it; so each listener brings a question that is asked
// again. Threads: every method from any thread. Limits: so many listeners; one that does not take
// what it is sent is let go, and comes back by itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "api/http/responder.h"

namespace stet::events {

class EventStreams {
 public:
  explicit EventStreams(std::size_t listeners_max) : listeners_max_(listeners_max) {}

  // May look things up, and is called without a lock; empty: yes.
  using MayStay = std::function<bool()>;

  // Answers by a stream that begins with `first`; 503 where there are too many. `head`: of the
  // answer, without its type.
  void add(const http::Responder& responder,
           http::Response head,
           std::string first,
           MayStay may_stay = nullptr);
  void send(const std::string& text);
  // Keeps quiet connections from being taken for dead ones. Every few seconds.
  void keep_alive() { send(": here\n\n"); }
  // Ends the streams of those who may not stay.
  void review();
  // The streams end, so that a server can drain; new ones are a 503.
  void end();

  std::size_t size() const;

 private:
  struct Listener {
    std::uint64_t number;
    http::Stream stream;
    MayStay may_stay;
  };

  const std::size_t listeners_max_;
  mutable std::mutex mutex_;
  std::vector<Listener> listeners_;
  std::uint64_t last_number_ = 0;
  bool is_ended_ = false;
};

// One event as it travels; `id` empty: none. `data` has no line ends.
std::string event_text(std::string_view id, std::string_view type, std::string_view data);

}  // namespace stet::events
