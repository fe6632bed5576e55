// Publishes changes when their time has come.
//
// The time is in git (notes.h), so it is kept over restarts and restores; what fell due while no
// server ran is published by the first round after the start, in order of time, then of id. What
// cannot be published (a conflict by then, an approval that is gone, content that is broken) is
// told once, and tried again when the change or the served branch has moved. Threads: round() from
// one; blocked() from any. Failure of one change concerns no other.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "api/changes/publish.h"

namespace stet::changes {

// Why a change that is due is not published.
struct Blocked {
  CommitId head, served;  // that it was tried with
  std::string reason;
  bool is_hindered = false;  // it was not even tried: an approval is missing
  Instant since;
};

class Timetable {
 public:
  struct Parts {
    Changes& changes;
    storage::Committer& served;
    const Clock& clock;
    // Why the change may not be published, beside what the merge says; "": it may.
    std::function<Result<std::string>(const Record&)> hindrance;
    // "Name <mail>" of who has approved it.
    std::function<Result<std::vector<std::string>>(const Record&)> reviewers;
    // A change was published: makes it live, and tells of it.
    std::function<void(const RecordPtr&)> published;
    std::function<void(const RecordPtr&, const Blocked&)> blocked;
    std::function<void(std::string_view)> note;  // of what an operator should know
  };
  explicit Timetable(Parts parts) : parts_(std::move(parts)) {}

  // Publishes what is due; the next time that something will be, as far as is known now.
  std::optional<Instant> round();

  // None: it is not, or what hindered it is gone since.
  std::optional<Blocked> blocked(const Record& record) const;

 private:
  Status publish_one(const Record& record);
  void block(const Record& record, std::string reason, bool is_hindered);

  const Parts parts_;
  mutable std::mutex mutex_;
  std::map<std::string, Blocked, std::less<>> blocked_;  // by id
};

}  // namespace stet::changes
