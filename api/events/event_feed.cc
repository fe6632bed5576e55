#include "api/events/event_feed.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "api/events/event_json.h"

namespace stet::events {
namespace {

// "<commit>", or the end of "<run>-<number>-<commit>".
std::optional<CommitId> commit_of(std::string_view id) {
  if (std::size_t dash = id.rfind('-'); dash != id.npos) id.remove_prefix(dash + 1);
  auto commit = CommitId::parse(id);
  return commit ? std::optional(*commit) : std::nullopt;
}

// Who is cut off in the midst of it begins at the commit that they named again.
std::string opening_text(std::string_view last_id,
                         const EventFeed::Opening& opening,
                         const std::optional<CommitId>& reached,
                         const std::string& id) {
  const std::optional<CommitId> named = commit_of(last_id);
  std::vector<ToldEvent> events = opening(named);
  const bool is_numbered = last_id.find('-') != last_id.npos;
  if (named && is_numbered && reached) {
    events.insert(
        events.begin(),
        {std::string(kSkipped), dump(skipped_json(Skipped::kForgotten, *named, *reached))});
  }
  std::string text;
  for (std::size_t i = 0; i < events.size(); ++i) {
    bool is_last = i + 1 == events.size();
    text += event_text(is_last ? id : named ? named->hex() : "", events[i].type, events[i].json);
  }
  return text;
}

}  // namespace

std::string EventFeed::id_of(std::uint64_t number, const std::optional<CommitId>& commit) const {
  std::string id = run_ + "-" + std::to_string(number);
  if (commit) id.append("-").append(commit->hex());
  return id;
}

void EventFeed::tell(std::string_view type, std::string_view json) {
  std::lock_guard lock(mutex_);
  remembered_.push_back(event_text(id_of(++last_, commit_), type, json));
  if (remembered_.size() > kRemembered) remembered_.pop_front();
  streams_.send(remembered_.back());
}

void EventFeed::reach(const CommitId& commit) {
  std::lock_guard lock(mutex_);
  commit_ = commit;
}

bool EventFeed::begin_at(const CommitId& commit) {
  std::lock_guard lock(mutex_);
  if (commit_) return false;
  commit_ = commit;
  return true;
}

bool EventFeed::reach_untold(const CommitId& commit) {
  std::lock_guard lock(mutex_);
  if (streams_.size() > 0) return false;
  commit_ = commit;
  remembered_.clear();
  return true;
}

std::optional<CommitId> EventFeed::reached() const {
  std::lock_guard lock(mutex_);
  return commit_;
}

bool EventFeed::find(std::string_view id, std::uint64_t& number) const {
  if (!id.starts_with(run_ + "-")) return false;
  id.remove_prefix(run_.size() + 1);
  id = id.substr(0, id.find('-'));
  auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (error != std::errc() || end != id.data() + id.size()) return false;
  return number <= last_ && last_ - number <= remembered_.size();
}

void EventFeed::listen(const http::Responder& responder,
                       http::Response head,
                       std::string_view last_id,
                       const Opening& opening,
                       EventStreams::Caller caller) {
  constexpr int kTries = 3;  // for a gap that comes while the opening is made
  constexpr char kRetry[] = "retry: 2000\n\n";
  std::string first = kRetry;
  std::unique_lock lock(mutex_);
  std::uint64_t number = 0;
  bool is_known = find(last_id, number);
  for (int i = 0; i < kTries && !is_known; ++i) {
    number = last_;
    const std::optional<CommitId> reached = commit_;
    lock.unlock();
    first = kRetry + opening_text(last_id, opening, reached, id_of(number, reached));
    lock.lock();
    is_known = last_ - number <= remembered_.size() && (commit_ == reached || last_ > number);
  }
  std::size_t since = std::min<std::size_t>(last_ - number, remembered_.size());
  for (std::size_t i = remembered_.size() - since; i < remembered_.size(); ++i) {
    first += remembered_[i];
  }
  streams_.add(responder, std::move(head), std::move(first), std::move(caller));
}

}  // namespace stet::events
