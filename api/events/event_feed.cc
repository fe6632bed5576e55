#include "api/events/event_feed.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace stet::events {

void EventFeed::tell(std::string_view type, std::string_view json) {
  std::lock_guard lock(mutex_);
  remembered_.push_back(event_text(id_of(++last_), type, json));
  if (remembered_.size() > kRemembered) remembered_.pop_front();
  streams_.send(remembered_.back());
}

bool EventFeed::find(std::string_view id, std::uint64_t& number) const {
  if (!id.starts_with(run_ + "-")) return false;
  id.remove_prefix(run_.size() + 1);
  auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (error != std::errc() || end != id.data() + id.size()) return false;
  return number <= last_ && last_ - number <= remembered_.size();
}

// What is told while `state` is asked comes behind it once more.
void EventFeed::listen(const http::Responder& responder,
                       http::Response head,
                       std::string_view last_id,
                       const std::function<std::string()>& state) {
  std::string first = "retry: 2000\n\n";
  std::unique_lock lock(mutex_);
  std::uint64_t number = 0;
  if (!find(last_id, number)) {
    number = last_;
    lock.unlock();
    first += event_text(id_of(number), "state", state());
    lock.lock();
  }
  std::size_t since = std::min<std::size_t>(last_ - number, remembered_.size());
  for (std::size_t i = remembered_.size() - since; i < remembered_.size(); ++i) {
    first += remembered_[i];
  }
  streams_.add(responder, std::move(head), std::move(first));
}

}  // namespace stet::events
