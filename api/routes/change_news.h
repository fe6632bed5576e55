// What happens to unpublished work, for those who listen and for webhooks: "change.created",
// "change.updated", "change.reviewed", "change.review_dismissed", "change.commented",
// "change.scheduled", "change.blocked", "change.published", "change.withdrawn".
//
// It is found and not reported: what the branches and the ledger say is compared with how far was
// told (storage/sqlite/change_news.h). So what a push did is told too, and what was done by a
// process that ended before it could tell. That a change is published is told when it is live.
// Threads: any; one looks at a time. Failure: what cannot be told is noted, fails nothing, and is
// found by the next look.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "api/changes/timetable.h"
#include "api/routes/call.h"
#include "storage/sqlite/change_news.h"

namespace stet::api {

class ChangeTeller {
 public:
  // What is there when a ledger sees its first teller is not told. `backend` must outlive it.
  static Result<std::unique_ptr<ChangeTeller>> make(Backend& backend,
                                                    const std::filesystem::path& ledger);

  void look();                        // at all changes
  void look_at(std::string_view id);  // at one, and at what people have said
  // What was told behind one number and up to another, each with its own; of more than
  // kReplayedMax only that there are more.
  static constexpr std::size_t kReplayedMax = 500;
  Result<std::vector<events::ToldEvent>> told_between(std::int64_t after, std::int64_t until);
  // Once for each state of the change and reason.
  void tell_blocked(const changes::Record& record, const changes::Blocked& blocked);

 private:
  struct Fresh;
  ChangeTeller(Backend& backend, std::unique_ptr<storage::ChangeNews> news)
      : backend_(backend), news_(std::move(news)) {}
  // Under the lock.
  Status look_at_branch(const std::string& id, const std::optional<CommitId>& head);
  Status look_at_words();
  Status add_dismissals(Fresh& fresh, storage::NewsStep& step) const;
  Result<bool> is_to_come(const CommitId& published_as) const;
  Result<std::string> pusher_of(const std::string& change, const CommitId& commit) const;
  Status add_commit(Fresh& fresh, const storage::CommitRecord& commit, std::string_view what) const;
  Status add_commits(Fresh& fresh, const changes::Line& line, const std::string& told) const;
  Status tell(const Fresh& fresh, const storage::NewsStep& step);
  void note(const Status& status) const;

  Backend& backend_;
  const std::unique_ptr<storage::ChangeNews> news_;
  std::mutex mutex_;
  storage::ChangeTold told_;
};

// Something was done to this change.
void tell_change(const Backend& backend, std::string_view id);
// Likewise, to the change in which the request has written.
void tell_written(const Call& call);

}  // namespace stet::api
