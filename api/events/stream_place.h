// How far somebody who listens has come, and the ids of events, which say it.
//
// "<run>-<number>[-n<news>][-<commits>]" of what is told as it happens; "[n<news>-]<commits>" of
// what is told again at the beginning of a stream, and a commit alone. <commits> is a commit whose
// events have all been told, or an EventCursor: those of `since`, and of what `until` has beside it
// so many. <news> is the number of the last news of unpublished work
// (storage/sqlite/change_news.h). Each place has what its own event told: who goes on behind it is
// told nothing twice, and misses nothing. Threads: values. All input is hostile.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/events/commit_events.h"

namespace stet::events {

struct StreamPlace {
  std::optional<EventCursor> commits = std::nullopt;  // none: no commit is known
  std::optional<std::int64_t> news = std::nullopt;

  std::string string() const;  // "" where nothing is known
};

// That of all events up to a commit.
EventCursor whole(const CommitId& commit);
bool is_whole(const EventCursor& cursor);

struct StreamId {
  std::string run;  // "": of no run
  std::uint64_t number = 0;
  StreamPlace place;

  // None of what is no id.
  static std::optional<StreamId> parse(std::string_view text);
  std::string string() const;
};

}  // namespace stet::events
