// Browsers and programs that listen to server-sent events (text/event-stream, as the HTML standard
// has them).
//
// Who began to listen may lose the right to it; so each listener brings a question, which is asked
// again before the next event wherever rights have been taken away since, and once its answer is
// old. Threads: every method from any thread. Limits: so many listeners, of one person and address;
// the last places are for those who have none yet. One that does not take what it is sent is let
// go, and comes back by itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/http/responder.h"
#include "storage/base/clock.h"

namespace stet::events {

struct StreamLimits {
  std::size_t listeners = 100;
  std::size_t reserved = 0;  // of them, for who has none yet
  std::size_t of_person = SIZE_MAX, of_address = SIZE_MAX;
};

// By which it is known that a question has to be asked again. Empty: only review() asks.
struct RightsWatch {
  const Clock* clock = nullptr;
  std::function<std::uint64_t()> revocations = {};  // grows with each right that is taken away
};

struct StreamCaller {
  // Until when they may listen, as far as is known now; none: no longer.
  using Question = std::function<std::optional<Instant>()>;

  std::string person = {}, address = {};  // "": counted with nobody
  // May look things up; called under a lock, it must not come back here. Empty: for good.
  Question question = {};
};

class EventStreams {
 public:
  using Limits = StreamLimits;
  using Watch = RightsWatch;
  using Question = StreamCaller::Question;
  using Caller = StreamCaller;
  explicit EventStreams(const Limits& limits, Watch watch = {})
      : limits_(limits), watch_(std::move(watch)) {}

  // Answers by a stream that begins with `first`; 503 where there are too many, 429 where these are
  // too many of one, 401 where they may no longer. `head`: of the answer, without its type.
  void add(const http::Responder& responder,
           http::Response head,
           std::string first,
           Caller caller = {});
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
    Caller caller;
    http::Stream stream;
    std::uint64_t revocations;  // when the question was asked last
    Instant until;
  };
  std::uint64_t revocations() const { return watch_.revocations ? watch_.revocations() : 0; }
  // Under the lock.
  bool may_stay(Listener& listener, std::uint64_t revocations) const;
  std::optional<http::Response> refusal_of(const Caller& caller) const;

  const Limits limits_;
  const Watch watch_;
  mutable std::mutex mutex_;
  std::vector<Listener> listeners_;
  bool is_ended_ = false;
};

// One event as it travels; `id` empty: none. `data` has no line ends.
std::string event_text(std::string_view id, std::string_view type, std::string_view data);

}  // namespace stet::events
