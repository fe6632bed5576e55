// What one commit adds to what calendars have been told of a schedule: SEQUENCE and its kin.
//
// A slot is public from the first commit on in which its file lies in `_schedule`, is not
// `published: false`, and says when the slot is, while there is an event. Each later commit that
// changes its start, end, room or status raises its sequence by one; a `sequence` of the front
// matter is the least that it has. Which slot it is follows from its uid (uid.h). A file without
// `uid` keeps that of the path where it began when one commit takes it away and adds another one
// with the same bytes, or else one alone with the same title. A slot that goes before it has ended,
// by the commit's clock, is cancelled; calendars show that until the first commit that is
// kWithdrawnDays younger than its end. One that comes back goes on with its sequence. A file that
// cannot be read changes nothing. What a file does not say, `defaults` of `_config.yml` may.
//
// A version is released by the commit from which on `_data/schedule_releases.yml`, a list of maps,
// has one with that `version`; with it goes the schedule as that commit leaves it. Taken out of the
// list, it was never released. kReleasesMax count.
//
// Threads: pure function. Cost: the session files that the commit has changed, log n each; all of
// them where the event comes, goes, or changes its zone or how long types of sessions are, and
// where the defaults of sessions change.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cms/schedule/event.h"
#include "cms/site/config.h"
#include "cms/site/schedule_history.h"
#include "storage/diff/diff.h"
#include "storage/snapshot/snapshot.h"

namespace stet::schedule {

inline constexpr std::int64_t kWithdrawnDays = 30;
inline constexpr char kSessionFolder[] = "_schedule";
inline constexpr char kConfigPath[] = "_config.yml";
inline constexpr char kReleasesPath[] = "_data/schedule_releases.yml";
inline constexpr std::size_t kReleasesMax = 1000;

// What a step before has read, for the next one: most have the same.
struct KnownFiles {
  std::optional<BlobId> event_blob, config_blob;  // none: nothing is known yet
  Event event;
  // As far as it says what sessions have, and what it is made with; null: nothing.
  std::shared_ptr<reads::Names> names;
  std::shared_ptr<const site::Config> config;
  std::string defaults;  // the same of the same
};

struct HistoryStep {
  const storage::Snapshot& snapshot;  // after the commit
  const storage::Diff& diff;          // to it from its first parent; other files may be in it
  Instant when;                       // the committer's
  CommitId commit;
  KnownFiles* seen = nullptr;  // null: they are read
};

// An error: the repository cannot be read.
Result<site::ScheduleHistory> grown(const site::ScheduleHistory& before, const HistoryStep& step);

}  // namespace stet::schedule
