// All that unpublished work needs, made for a backend; and what is done in it without a request.
//
// Threads: as its parts; round() from one. It refers to the backend, which outlives it, and the
// backend to it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "api/changes/timetable.h"
#include "api/routes/backend.h"
#include "api/routes/change_news.h"
#include "cms/pipeline/branch_previews.h"
#include "storage/base/random.h"
#include "storage/sqlite/reviews.h"

namespace stet::api {

class ChangeWork {
 public:
  struct Parts {
    storage::CommitterSettings commits;  // the served branch's
    std::filesystem::path ledger;
    RandomSource& random;
  };
  // Puts itself into `backend`.
  static Result<std::unique_ptr<ChangeWork>> make(Backend& backend, Parts parts);
  ~ChangeWork();
  ChangeWork(const ChangeWork&) = delete;
  ChangeWork& operator=(const ChangeWork&) = delete;

  // Publishes what is due, notes what somebody has merged by git, and tells what happened; when
  // there is more to publish.
  std::optional<Instant> round();

  const storage::BranchCommitters& branches() const { return branches_; }

 private:
  ChangeWork(Backend& backend,
             Parts parts,
             std::unique_ptr<storage::Reviews> reviews,
             std::unique_ptr<ChangeTeller> teller);
  changes::Timetable::Parts timetable_parts();
  void note(std::string_view text) const;

  Backend& backend_;
  const std::unique_ptr<storage::Reviews> reviews_;
  const std::unique_ptr<ChangeTeller> teller_;
  storage::BranchCommitters branches_;
  changes::Changes changes_;
  pipeline::BranchPreviews previews_;
  changes::Timetable timetable_;
};

}  // namespace stet::api
