#include "api/events/event_feed.h"

#include <algorithm>
#include <utility>

#include "api/events/event_json.h"
#include "storage/base/utf8.h"

namespace stet::events {
namespace {

// Of an id that is none, or that says nothing of commits.
ToldEvent lost(std::string_view last_id, const StreamPlace& reached) {
  Json json = {{"reason", "unknown"},
               {"id", printable(last_id, 100)},
               {"head", reached.commits ? Json(reached.commits->since.hex()) : Json(nullptr)},
               {"read", {"/api/v1/changes", "/api/v1/status"}}};
  return {std::string(kSkipped), dump(json)};
}

// Of an id of an earlier run, or of long ago.
ToldEvent forgotten(const EventCursor& named, const EventCursor& reached) {
  return {std::string(kSkipped),
          dump(skipped_json(Skipped::kForgotten, named.since, reached.since))};
}

struct Opened {
  std::string_view last_id;  // as it was sent
  std::optional<StreamId> id;
  StreamPlace until;
};

// Who is cut off in the midst of it goes on behind the last that they were told.
std::string opening_text(const Opened& opened,
                         const EventFeed::Opening& opening,
                         const std::string& last) {
  const auto& [last_id, id, until] = opened;
  StreamPlace place = id ? id->place : StreamPlace();
  std::vector<ToldEvent> events = opening(place, until);
  if (!last_id.empty() && !place.commits) {
    events.insert(events.begin(), lost(last_id, until));
  } else if (id && !id->run.empty() && place.commits && until.commits) {
    events.insert(events.begin(), forgotten(*place.commits, *until.commits));
  }
  std::string text;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].place.commits) place.commits = events[i].place.commits;
    if (events[i].place.news) place.news = events[i].place.news;
    bool is_last = i + 1 == events.size();
    text += event_text(is_last ? last : place.string(), events[i].type, events[i].json);
  }
  return text;
}

}  // namespace

std::string EventFeed::id_of(std::uint64_t number) const {
  return StreamId{run_, number, place_}.string();
}

void EventFeed::tell(std::string_view type, std::string_view json) {
  tell(ToldEvent{std::string(type), std::string(json)});
}

void EventFeed::tell(const ToldEvent& event) {
  std::lock_guard lock(mutex_);
  if (event.place.commits) place_.commits = event.place.commits;
  if (event.place.news) place_.news = std::max(place_.news.value_or(0), *event.place.news);
  remembered_.push_back(event_text(id_of(++last_), event.type, event.json));
  if (remembered_.size() > kRemembered) remembered_.pop_front();
  streams_.send(remembered_.back());
}

void EventFeed::reach_news(std::int64_t number) {
  std::lock_guard lock(mutex_);
  place_.news = std::max(place_.news.value_or(0), number);
}

void EventFeed::reach(const CommitId& commit) {
  std::lock_guard lock(mutex_);
  place_.commits = whole(commit);
}

bool EventFeed::begin_at(const CommitId& commit) {
  std::lock_guard lock(mutex_);
  if (place_.commits) return false;
  place_.commits = whole(commit);
  return true;
}

bool EventFeed::reach_untold(const CommitId& commit) {
  std::lock_guard lock(mutex_);
  if (streams_.size() > 0) return false;
  place_.commits = whole(commit);
  remembered_.clear();
  ++last_;  // who has the last event has not all
  return true;
}

std::optional<CommitId> EventFeed::reached() const {
  std::lock_guard lock(mutex_);
  return place_.commits ? std::optional(place_.commits->since) : std::nullopt;
}

bool EventFeed::find(const std::optional<StreamId>& id, std::uint64_t& number) const {
  if (!id || id->run != run_) return false;
  number = id->number;
  return number <= last_ && last_ - number <= remembered_.size();
}

void EventFeed::listen(const http::Responder& responder,
                       http::Response head,
                       std::string_view last_id,
                       const Opening& opening,
                       EventStreams::Caller caller) {
  constexpr int kTries = 3;  // for a gap that comes while the opening is made
  constexpr char kRetry[] = "retry: 2000\n\n";
  const std::optional<StreamId> id = StreamId::parse(last_id);
  std::string first = kRetry;
  std::unique_lock lock(mutex_);
  std::uint64_t number = 0;
  bool is_known = find(id, number);
  for (int i = 0; i < kTries && !is_known; ++i) {
    number = last_;
    const StreamPlace until = place_;
    const std::string last = id_of(number);
    lock.unlock();
    first = kRetry + opening_text({last_id, id, until}, opening, last);
    lock.lock();
    is_known = last_ - number <= remembered_.size();
  }
  std::size_t since = std::min<std::size_t>(last_ - number, remembered_.size());
  for (std::size_t i = remembered_.size() - since; i < remembered_.size(); ++i) {
    first += remembered_[i];
  }
  streams_.add(responder, std::move(head), std::move(first), std::move(caller));
}

}  // namespace stet::events
