// What happens in the server, for those who listen, with a cursor to go on from.
//
// Each event has a type, one line of JSON, and an id, "<run>-<number>": the numbers of one run of
// the server have no gaps. Who comes back with the last id that they have is told what came since,
// as far as it is remembered. Threads: every method from any thread; all listeners are told in the
// same order. Limits: kRemembered events, kListenersMax listeners.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "api/events/event_streams.h"

namespace stet::events {

class EventFeed {
 public:
  static constexpr std::size_t kRemembered = 1000;
  static constexpr std::size_t kListenersMax = 200;

  // `run` tells this run of the server from others: letters and digits.
  explicit EventFeed(std::string run) : run_(std::move(run)), streams_(kListenersMax) {}

  void tell(std::string_view type, std::string_view json);

  // `last_id`: "" for none. Begins with what came since, or, where that is not known, with a
  // "state" event that holds what `state` gives: all that there is to know now. It has the cursor
  // from which the events go on. `state` is called without a lock.
  void listen(const http::Responder& responder,
              http::Response head,
              std::string_view last_id,
              const std::function<std::string()>& state);

  void keep_alive() { streams_.keep_alive(); }
  void end() { streams_.end(); }
  std::size_t listeners() const { return streams_.size(); }

 private:
  std::string id_of(std::uint64_t number) const { return run_ + "-" + std::to_string(number); }
  // Under the lock. The number of the event that `id` names, where all that came since is known.
  bool find(std::string_view id, std::uint64_t& number) const;

  const std::string run_;
  std::mutex mutex_;
  std::uint64_t last_ = 0;              // number of the newest event
  std::deque<std::string> remembered_;  // as they travel; the newest last
  EventStreams streams_;
};

}  // namespace stet::events
