#include "api/events/event_streams.h"

#include <algorithm>
#include <utility>

namespace stet::events {

std::string event_text(std::string_view id, std::string_view type, std::string_view data) {
  std::string text;
  if (!id.empty()) text.append("id: ").append(id).append("\n");
  return text.append("event: ").append(type).append("\ndata: ").append(data).append("\n\n");
}

namespace {

constexpr Instant kForGood{INT64_MAX};

http::Response refusal(int status, std::string_view why, std::string_view retry_after) {
  http::Response response = http::Response::problem(status, why);
  if (!retry_after.empty()) response.headers.add("Retry-After", retry_after);
  return response;
}

}  // namespace

std::optional<http::Response> EventStreams::refusal_of(const Caller& caller) const {
  if (is_ended_ || listeners_.size() >= limits_.listeners) {
    return refusal(503, "too many listen; try again later", "5");
  }
  auto same = [&](std::string Caller::*what) {
    return static_cast<std::size_t>(
        std::count_if(listeners_.begin(), listeners_.end(), [&](const Listener& listener) {
          return !(caller.*what).empty() && listener.caller.*what == caller.*what;
        }));
  };
  const std::size_t of_person = same(&Caller::person);
  if (of_person >= limits_.of_person) {
    return refusal(429,
                   "one person, with all of their tokens, may have " +
                       std::to_string(limits_.of_person) +
                       " streams of events at once; end one of them",
                   "30");
  }
  if (same(&Caller::address) >= limits_.of_address) {
    return refusal(429,
                   "one address may have " + std::to_string(limits_.of_address) +
                       " streams of events at once; end one of them. Where a proxy stands before "
                       "the server, its settings name it: [http] trusted_proxies",
                   "30");
  }
  if (of_person > 0 && listeners_.size() + limits_.reserved >= limits_.listeners) {
    return refusal(
        503, "the places that are left are for those who have no stream of events yet", "5");
  }
  return std::nullopt;
}

bool EventStreams::may_stay(Listener& listener, std::uint64_t revocations) const {
  if (!listener.caller.question) return true;
  listener.revocations = revocations;
  auto until = listener.caller.question();
  listener.until = until.value_or(Instant{});
  return until.has_value();
}

void EventStreams::add(const http::Responder& responder,
                       http::Response head,
                       std::string first,
                       Caller caller) {
  std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [](const Listener& listener) {
    return listener.stream.state() == http::Stream::State::kGone;
  });
  if (auto refused = refusal_of(caller)) {
    responder.send(std::move(*refused));
    return;
  }
  Listener listener{std::move(caller), http::Stream(nullptr), 0, kForGood};
  // Since they were let in they may have been thrown out.
  if (!may_stay(listener, revocations())) {
    responder.send(refusal(401, "this may not listen any more", ""));
    return;
  }
  head.status = 200;
  head.headers.set("Content-Type", "text/event-stream");
  head.headers.set("Cache-Control", "no-store");
  listener.stream = responder.start(std::move(head));
  listener.stream.write(std::move(first));
  listeners_.push_back(std::move(listener));
}

void EventStreams::send(const std::string& text) {
  std::lock_guard lock(mutex_);
  const std::uint64_t now_revoked = revocations();
  const Instant now = watch_.clock ? watch_.clock->now() : Instant{INT64_MIN};
  std::erase_if(listeners_, [&](Listener& listener) {
    bool is_known = listener.revocations == now_revoked && now < listener.until;
    bool stays = is_known || may_stay(listener, now_revoked);
    if (stays && listener.stream.write(text) == http::Stream::State::kRoom) return false;
    listener.stream.finish();
    return true;
  });
}

void EventStreams::review() {
  std::lock_guard lock(mutex_);
  const std::uint64_t now_revoked = revocations();
  std::erase_if(listeners_, [&](Listener& listener) {
    if (may_stay(listener, now_revoked)) return false;
    listener.stream.finish();
    return true;
  });
}

void EventStreams::end() {
  std::lock_guard lock(mutex_);
  is_ended_ = true;
  for (const Listener& listener : listeners_) listener.stream.finish();
  listeners_.clear();
}

std::size_t EventStreams::size() const {
  std::lock_guard lock(mutex_);
  return listeners_.size();
}

}  // namespace stet::events
