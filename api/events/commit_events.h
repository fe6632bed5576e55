// What commits have done to entries, as events: a pure function of a range of commits.
//
// The events of a range are those of every commit that `until` has in its history and `since` has
// not, parents before children (storage/history/commit_range.h); of a commit one for each file that
// it changed, in byte order of paths. A merge tells what is other than in each of its parents:
// what it brings together has been told by the commits that it brings. A file that goes while the
// same text comes at another path has moved; front matter's `redirect_from` does not count. An id
// is the commit and a number from 0, so that two servers on the same repository say the same.
//
// URLs are those of the commits' own configuration (cms/change/places.h). Threads: every method
// from any thread. Limits: kCommitsMax commits in a range. Cost: of a page, the commits of the
// range, the trees that differ in those that are looked at, and the files that are told.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/change/places.h"
#include "storage/git/repository.h"

namespace stet::events {

struct EntryEvent {
  enum class Kind { kCreated, kUpdated, kDeleted, kMoved };
  // The file on one side of the commit.
  struct Side {
    RepoPath path;
    BlobId blob;
    change::Place place;
  };

  std::string id;  // "<commit>-<number>"
  Kind kind = Kind::kUpdated;
  std::shared_ptr<const storage::CommitRecord> commit;  // never null
  std::optional<Side> before, after;                    // one of them at least
  std::vector<std::string> fields;  // JSON pointers of those that differ; kFieldsMax at most
  bool has_more_fields = false;
  std::size_t commit_number = 0, number = 0;  // of the commit in the range; in the commit

  const Side& side() const { return after ? *after : *before; }
};

std::string_view name_of(EntryEvent::Kind kind);  // "entry.created"

// How far somebody has come in a range. As text: "<since>.<until>.<commit>.<event>",
// and in no other way.
struct EventCursor {
  CommitId since, until;
  std::size_t commit = 0;  // of the range, by its place in it
  std::size_t event = 0;   // of that commit

  static std::optional<EventCursor> parse(std::string_view text);
  std::string string() const;

  friend bool operator==(const EventCursor&, const EventCursor&) = default;
};

struct EventPage {
  std::vector<EntryEvent> events;
  std::optional<EventCursor> next;  // none: the range is at its end
};

class CommitEvents {
 public:
  static constexpr std::size_t kCommitsMax = 10'000;
  static constexpr std::size_t kFieldsMax = 100;
  static constexpr std::size_t kCommitsLookedAt = 1000;  // for one page
  // Of files that go and that come in one commit; beyond these only equal files have moved.
  static constexpr std::size_t kMovesMax = 200;

  explicit CommitEvents(const storage::Repository& repository) : repository_(repository) {}

  // Up to `limit` events; fewer, though there are more, where many commits have none. Errors as
  // storage::commits_between; kInvalidInput also for a cursor beyond its range.
  Result<EventPage> page(const EventCursor& from, std::size_t limit) const;

 private:
  using Commits = std::shared_ptr<const std::vector<CommitId>>;
  Result<Commits> range(const CommitId& since, const CommitId& until) const;

  const storage::Repository& repository_;
  mutable std::mutex mutex_;  // of what follows: the last range that was listed
  mutable CommitId since_, until_;
  mutable Commits commits_;
};

}  // namespace stet::events
