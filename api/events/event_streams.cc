#include "api/events/event_streams.h"

#include <algorithm>
#include <utility>

namespace stet::events {

std::string event_text(std::string_view id, std::string_view type, std::string_view data) {
  std::string text;
  if (!id.empty()) text.append("id: ").append(id).append("\n");
  return text.append("event: ").append(type).append("\ndata: ").append(data).append("\n\n");
}

void EventStreams::add(const http::Responder& responder,
                       http::Response head,
                       std::string first,
                       MayStay may_stay) {
  std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [](const Listener& listener) {
    return listener.stream.state() == http::Stream::State::kGone;
  });
  if (is_ended_ || listeners_.size() >= listeners_max_) {
    http::Response response = http::Response::problem(503, "too many listen; try again later");
    response.headers.add("Retry-After", "5");
    responder.send(std::move(response));
    return;
  }
  head.status = 200;
  head.headers.set("Content-Type", "text/event-stream");
  head.headers.set("Cache-Control", "no-store");
  http::Stream stream = responder.start(std::move(head));
  stream.write(std::move(first));
  listeners_.push_back({++last_number_, std::move(stream), std::move(may_stay)});
}

void EventStreams::send(const std::string& text) {
  std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [&](const Listener& listener) {
    if (listener.stream.write(text) == http::Stream::State::kRoom) return false;
    listener.stream.finish();
    return true;
  });
}

void EventStreams::review() {
  std::vector<std::pair<std::uint64_t, MayStay>> asked;
  {
    std::lock_guard lock(mutex_);
    for (const Listener& listener : listeners_) {
      if (listener.may_stay) asked.emplace_back(listener.number, listener.may_stay);
    }
  }
  std::erase_if(asked, [](const auto& one) { return one.second(); });
  std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [&](const Listener& listener) {
    bool goes = std::any_of(
        asked.begin(), asked.end(), [&](const auto& one) { return one.first == listener.number; });
    if (goes) listener.stream.finish();
    return goes;
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
